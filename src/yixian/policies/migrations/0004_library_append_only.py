"""Clauses, answers and what they cite are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_library")]
    operations = [append_only("policies_packclause", "policies_policyanswer", "policies_policycitation")]
