"""Steps of working groups, signals and their answers are stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("working_groups", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("working_groups_groupstep", "working_groups_signal", "working_groups_signalanswer")]
