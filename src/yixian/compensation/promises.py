"""承诺不超概算: before a county binds itself to an account, every head that the account falls under must hold it."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from yixian.budget.limits import require_within
from yixian.budget.queries import hold_room
from yixian.compensation.models import Statement
from yixian.compensation.queries.agreements import commitment_by_head
from yixian.compensation.queries.runs import ONCE


def require_budget(statement: Statement, *, on: date) -> None:
    """Raise `Refused` ``budget.beyond`` if agreeing to an account would go beyond a head of the budget in force.

    Where no budget has been entered nothing is refused: the budget's page says so in plain words. Inside a transaction
    the budget is held, so that two agreements cannot both take the last of a head.
    """
    room = hold_room(statement.area_path, on)
    if room is None:
        return
    lines = statement.lines.filter(paid=ONCE).order_by().values_list("head").annotate(Sum("amount_fen"))
    asked = {head: fen for head, fen in lines if fen > 0}
    committed = commitment_by_head(room.area.path)
    require_within(room, {head: committed.get(head, 0) + fen for head, fen in asked.items()})
