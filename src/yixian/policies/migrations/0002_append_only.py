"""Rows of these tables are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [append_only("policies_packversion")]
