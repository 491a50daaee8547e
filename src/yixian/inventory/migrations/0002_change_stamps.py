"""Every change of what households have is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("inventory_inventoryitem")]
