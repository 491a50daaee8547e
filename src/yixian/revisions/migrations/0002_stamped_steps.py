"""Steps of revisions are stamped: whether one waits for approval is asked on everybody's first page."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("revisions", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("revisions_revisionstep")]
