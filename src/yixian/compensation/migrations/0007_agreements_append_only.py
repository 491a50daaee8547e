"""Agreements, their signatures and ends, and what a version's paper shows are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("compensation", "0006_agreements")]
    operations = [
        append_only(
            "compensation_agreement",
            "compensation_agreementsignature",
            "compensation_voidproposal",
            "compensation_agreementend",
            "compensation_statementpaper",
        )
    ]
