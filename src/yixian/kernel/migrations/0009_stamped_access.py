"""Roles and one-time codes are stamped: whether any waits is asked on everybody's first page."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_event_seal")]

    operations = [stamped("kernel_rolegrant", "kernel_signincode")]
