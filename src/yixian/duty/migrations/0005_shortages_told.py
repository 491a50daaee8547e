"""A shortage keeps who could serve it, its sentences and what would end it."""

from django.db import migrations, models

from yixian.kernel.append_only import append_only, lift_append_only


class Migration(migrations.Migration):
    dependencies = [("duty", "0004_steps_append_only")]
    operations = [
        lift_append_only("duty_pairingshortage"),
        migrations.AddField("pairingshortage", "helper_ids", models.JSONField(default=list)),
        migrations.AddField("pairingshortage", "sentences", models.JSONField(default=dict)),
        migrations.AddField("pairingshortage", "remedies", models.JSONField(default=list)),
        append_only("duty_pairingshortage"),
    ]
