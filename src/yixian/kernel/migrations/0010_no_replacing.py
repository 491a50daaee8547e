"""Append-only tables of SQLite refuse replacing, too: what is done after every migration is done for those that stand already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0009_stamped_access")]

    operations = []
