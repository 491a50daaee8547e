"""The steps of a hand-over are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("duty", "0003_standing_beside")]
    operations = [append_only("duty_handoverstep")]
