"""Every change of a fact is stamped too: what an account was reckoned from is compared with what stands today."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_change_stamps"), ("kernel", "0002_change_stamps")]

    operations = [stamped("inventory_householdfact", "inventory_itemfact")]
