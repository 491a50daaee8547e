"""What the worklist reads is stamped at every change, so that what was found there stands until one (`kernel.tracked_results`)."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_stamped_orders"), ("kernel", "0002_change_stamps")]

    operations = [
        stamped(
            "matters_formalstep",
            "matters_matter",
            "matters_matterevent",
            "matters_matterparty",
            "matters_matterprojection",
            "matters_mattersubject",
            "matters_mattertext",
            "matters_procedureversion",
            "matters_supervisionstep",
        )
    ]
