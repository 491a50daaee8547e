"""The ledger and the record of readings are never edited and never shortened."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_search_index")]
    operations = [append_only("kernel_event", "kernel_recordread")]
