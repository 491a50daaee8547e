"""Roles that a second person confirms, and one-time codes with which people choose their password."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_sliding_day")]

    operations = [
        migrations.AddField(model_name="rolegrant", name="waiting", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="rolegrant", name="given_by_id", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="rolegrant", name="confirmed_by_id", field=models.BigIntegerField(null=True)
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_by_id", models.BigIntegerField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("waiting", models.BooleanField(default=False)),
                ("confirmed_by_id", models.BigIntegerField(null=True)),
                ("clears_factor", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
