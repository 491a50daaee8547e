"""The table of change stamps: which state each stamped table is in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ChangeStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=64)),
                ("stamp", models.CharField(max_length=36)),
            ],
            options={"indexes": [models.Index(fields=["table", "id"], name="change_stamp_table")]},
        ),
    ]
