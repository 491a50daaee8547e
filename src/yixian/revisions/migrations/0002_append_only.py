"""Drafts, steps and comparisons are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("revisions", "0001_initial")]
    operations = [
        append_only("revisions_revisiondraft", "revisions_revisionstep", "revisions_revisioncomparison")
    ]
