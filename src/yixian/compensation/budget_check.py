"""承诺不超概算: before a county binds itself to an account, every head that the account falls under must hold it."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from yixian.budget.limits import require_within
from yixian.budget.queries import lock_allocation
from yixian.compensation.models import Statement
from yixian.compensation.queries.agreements import commitments_by_budget_head
from yixian.compensation.queries.runs import ONCE


def require_budget(statement: Statement, *, on: date) -> None:
    """Raise `Refused` ``budget.beyond`` if agreeing to an account would go beyond a head of the budget in force.

    Where no budget has been entered nothing is refused: the budget's page says so in plain words. Inside a transaction
    the budget is held, so that two agreements cannot both take the last of a head.
    """
    allocation = lock_allocation(statement.area_path, on)
    if allocation is None:
        return
    lines = (
        statement.lines.filter(paid=ONCE).order_by().values_list("budget_head").annotate(Sum("amount_fen"))
    )
    asked = {budget_head: fen for budget_head, fen in lines if fen > 0}
    committed = commitments_by_budget_head(allocation.area.path)
    require_within(
        allocation, {budget_head: committed.get(budget_head, 0) + fen for budget_head, fen in asked.items()}
    )
