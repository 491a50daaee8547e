"""Wrong guesses with their times, so that only those of the last day count; and the networks that an account is known from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_key_check")]

    operations = [
        migrations.RemoveField(model_name="attempt", name="failures"),
        migrations.AddField(model_name="attempt", name="times", field=models.JSONField(default=list)),
        migrations.CreateModel(
            name="KnownNetwork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pair", models.CharField(max_length=64, unique=True)),
                ("last_at", models.DateTimeField()),
            ],
        ),
    ]
