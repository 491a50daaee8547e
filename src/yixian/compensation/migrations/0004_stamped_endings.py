"""Proposals that an agreement be void, and ends of agreements, are stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("compensation", "0003_confirmed_facts"), ("kernel", "0002_change_stamps")]

    operations = [stamped("compensation_voidproposal", "compensation_agreementend")]
