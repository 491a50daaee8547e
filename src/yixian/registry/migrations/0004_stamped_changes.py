"""Proposed changes are stamped: whether any waits is asked on everybody's first page."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_proposed_changes"), ("kernel", "0002_change_stamps")]

    operations = [stamped("registry_proposedchange")]
