"""Agreements and signatures are counted by day: every change of them is stamped."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("compensation", "0004_stamped_endings"), ("kernel", "0002_change_stamps")]

    operations = [stamped("compensation_agreement", "compensation_agreementsignature")]
