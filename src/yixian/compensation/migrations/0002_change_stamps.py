"""Every change of accounts is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("compensation", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("compensation_statement", "compensation_statementline")]
