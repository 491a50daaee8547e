"""The chain of digests over the ledger."""

from django.db import migrations, models

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_sealed_factors")]

    operations = [
        migrations.CreateModel(
            name="EventSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        append_only("kernel_eventseal"),
    ]
