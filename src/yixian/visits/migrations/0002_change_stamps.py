"""Every change of visits and promises is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("visits_visit", "visits_promise", "visits_promiseoutcome")]
