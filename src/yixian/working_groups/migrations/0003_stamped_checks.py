"""What the worklist reads is stamped at every change, so that what was found there stands until one (`kernel.tracked_results`)."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("working_groups", "0002_stamped_signals"), ("kernel", "0002_change_stamps")]

    operations = [
        stamped(
            "working_groups_checkassignment",
            "working_groups_checkresult",
            "working_groups_sample",
            "working_groups_sampledhousehold",
            "working_groups_sampledraw",
            "working_groups_workinggroup",
        )
    ]
