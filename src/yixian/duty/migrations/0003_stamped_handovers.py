"""What the worklist reads is stamped at every change, so that what was found there stands until one (`kernel.tracked_results`)."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("duty", "0002_change_stamps"), ("kernel", "0002_change_stamps")]

    operations = [
        stamped(
            "duty_handover",
            "duty_handoverstep",
            "duty_helperrequest",
        )
    ]
