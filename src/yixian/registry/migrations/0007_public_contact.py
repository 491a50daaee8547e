"""How the public reaches a body: telephone, address, hours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_divisions_are_proposed")]

    operations = [
        migrations.AddField("organisation", "phone", models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.AddField("organisation", "address", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("organisation", "hours", models.CharField(blank=True, default="", max_length=80), preserve_default=False),
    ]
