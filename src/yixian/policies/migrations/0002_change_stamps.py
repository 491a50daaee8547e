"""Every change of packs, and of which is in force where, is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("policies_packadoption", "policies_packversion")]
