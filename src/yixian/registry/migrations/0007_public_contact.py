"""How the public reaches a body: telephone, address, hours."""

from django.db import migrations, models

from yixian.kernel.change_stamps import lift_stamped, stamped

LENGTHS = {"phone": 20, "address": 120, "hours": 80}


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_divisions_are_proposed"), ("kernel", "0002_change_stamps")]

    operations = [
        lift_stamped("registry_organisation"),
        *(
            migrations.AddField(
                "organisation",
                name,
                models.CharField(blank=True, default="", max_length=length),
                preserve_default=False,
            )
            for name, length in LENGTHS.items()
        ),
        stamped("registry_organisation"),
    ]
