"""Django's entry to the budget."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Registers the budget under its short label."""

    name = "yixian.budget"
    label = "budget"
    verbose_name = "Budget"
