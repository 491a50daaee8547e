"""Decisions, remedies and requests for more time are stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_mails"), ("kernel", "0002_change_stamps")]

    operations = [stamped("matters_matterdecision", "matters_remedydone", "matters_matterextension")]
