"""A message that was asked for, and an attempt to send it, are never edited and never taken away."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_outgoing_messages")]
    operations = [append_only("kernel_outgoingmessage", "kernel_sendingattempt")]
