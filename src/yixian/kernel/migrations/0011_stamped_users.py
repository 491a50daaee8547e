"""What the worklist reads is stamped at every change, so that what was found there stands until one (`kernel.tracked_results`)."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_no_replacing")]

    operations = [
        stamped(
            "kernel_user",
        )
    ]
