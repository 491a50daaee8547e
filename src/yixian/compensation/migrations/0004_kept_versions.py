"""What was issued before: every run of then was finished, and nothing was paid monthly or yearly."""

from django.db import migrations
from django.db.models import F


def complete(apps, _editor):
    statement, run, end = (
        apps.get_model("compensation", name) for name in ("Statement", "StatementRun", "RunEnd")
    )
    statement.objects.filter(total_fen__isnull=False).update(monthly_fen=0, yearly_fen=0)
    statement.objects.update(confirmed_by=F("run"))
    ends = [end(run=row, outcome="finished", at=row.at) for row in run.objects.all()]
    end.objects.bulk_create(ends)


class Migration(migrations.Migration):
    dependencies = [("compensation", "0003_versions")]
    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
