"""Decisions and ends of runs are never edited, like the lines, whose guard is put back."""

from django.db import migrations, models

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("compensation", "0004_kept_versions")]
    operations = [
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('monthly_fen', None), ('status', 'withheld'), ('total_fen', None), ('yearly_fen', None)), models.Q(('monthly_fen__isnull', False), ('status', 'issued'), ('total_fen__isnull', False), ('yearly_fen__isnull', False)), _connector='OR'), name='total_exactly_when_issued'),
        ),
        append_only(
            "compensation_statementline",
            "compensation_runend",
            "compensation_accountcase",
            "compensation_casedecision",
        ),
    ]
