"""Every change of entered budgets is stamped: whether any waits is asked on everybody's first page."""

from django.db import migrations

from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial"), ("kernel", "0002_change_stamps")]

    operations = [stamped("budget_budgetversion", "budget_budgetsettlement")]
