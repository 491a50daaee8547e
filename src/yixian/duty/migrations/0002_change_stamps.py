"""Every change of who stands beside whom, and of what boards of it are calculated from, is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("duty", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("duty_pairing", "duty_absence", "duty_leadership", "duty_stationing")]
