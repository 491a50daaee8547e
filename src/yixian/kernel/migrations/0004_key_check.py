"""The table of key check values: which keys the sealed rows of this database need."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_event_kind")]

    operations = [
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("sealed", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
    ]
