"""What the worklist reads is stamped at every change, so that what was found there stands until one (`kernel.tracked_results`)."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [
        stamped(
            "outreach_explanation",
            "outreach_explanationconfirmation",
            "outreach_explanationobjection",
            "outreach_explanationquestion",
            "outreach_meetingabsence",
            "outreach_meetingattendance",
            "outreach_meetinginvitation",
            "outreach_onsitedecisionstep",
            "outreach_onsitesession",
            "outreach_policymeeting",
            "outreach_reachedafterwards",
        )
    ]
