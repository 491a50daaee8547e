"""Every change of places, bodies, helpers, households and their members is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [
        stamped("registry_area", "registry_organisation", "registry_helper", "registry_household"),
        stamped("registry_areacode", "registry_post", "registry_person", "registry_householdmember"),
    ]
