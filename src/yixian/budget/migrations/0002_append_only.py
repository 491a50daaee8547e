"""What was entered, with its sums and how it was settled, is never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial")]
    operations = [append_only("budget_budgetversion", "budget_budgetamount", "budget_budgetsettlement")]
