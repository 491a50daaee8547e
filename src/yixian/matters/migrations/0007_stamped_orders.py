"""Supervision orders and formal papers are stamped: where there are none, nobody's first page looks for them."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_formal_papers")]

    operations = [stamped("matters_supervisionorder", "matters_formalpaper")]
