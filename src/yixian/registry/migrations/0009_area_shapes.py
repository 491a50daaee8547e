"""Outlines of places and the rivers through them, for maps."""

import django.db.models.deletion
from django.db import migrations, models

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_rows_and_leavings"), ("kernel", "0002_change_stamps")]

    operations = [
        migrations.CreateModel(
            name="AreaShape",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="shape",
                        serialize=False,
                        to="registry.area",
                    ),
                ),
                ("outline", models.TextField(blank=True)),
                ("waterline", models.TextField(blank=True)),
            ],
        ),
        stamped("registry_areashape"),
    ]
