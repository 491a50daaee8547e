"""Signals, groups and everything that was found, sent and answered are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("working_groups", "0001_initial")]
    operations = [
        append_only(
            "working_groups_signal",
            "working_groups_signalanswer",
            "working_groups_workinggroup",
            "working_groups_groupmember",
            "working_groups_groupstep",
            "working_groups_sample",
            "working_groups_sampledraw",
            "working_groups_sampledhousehold",
            "working_groups_checkassignment",
            "working_groups_checkresult",
            "working_groups_checkmeasure",
            "working_groups_checkphoto",
            "working_groups_groupreport",
            "working_groups_reportdispatch",
            "working_groups_reportreply",
        )
    ]
