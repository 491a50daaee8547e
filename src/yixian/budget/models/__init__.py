"""The budget's tables."""

from yixian.budget.models.version import BudgetAmount, BudgetSettlement, BudgetVersion

__all__ = ["BudgetAmount", "BudgetSettlement", "BudgetVersion"]
