"""示范概算: an invented approval of every budget head, which holds what the demonstration's accounts come to and little more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yixian.budget.actions.enter_budget import Approved, confirm_budget, enter_budget
from yixian.budget.models import BudgetVersion
from yixian.budget.queries import budget_heads_for
from yixian.compensation.queries import forecast_by_budget_head
from yixian.demo.sign_ins import CLERK, LEAD, user_actor
from yixian.registry.models import Area

_MARGIN = 106
"""The approved sums in hundredths of what the accounts come to under a head."""

_PUBLIC_WORKS = 35
"""Heads under which no household is paid, in hundredths of all that households are paid."""

_ROUND_FEN = 1_000_000_00
"""Approved sums are whole millions of yuan in a county, and whole ten thousands in a small one."""

_ROUND_SMALL_FEN = 10_000_00


def is_budget_made() -> bool:
    """Whether the budget has been entered and confirmed."""
    return BudgetVersion.objects.filter(settlement__isnull=False).exists()


@transaction.atomic
def make_budget(county: Area, *, at: datetime) -> None:
    """Enter it as the clerk and confirm it as the bureau's lead."""
    on = timezone.localdate(at)
    forecast = forecast_by_budget_head(county.path, on=on)
    public_works = sum(forecast.values()) * _PUBLIC_WORKS // 100
    step = _ROUND_FEN if public_works > 100 * _ROUND_FEN else _ROUND_SMALL_FEN
    amounts = {
        budget_head.code: _rounded_up(
            forecast.get(budget_head.code, 0) * _MARGIN // 100 or public_works // rank, step
        )
        for rank, budget_head in enumerate(budget_heads_for(county.path, on), 1)
    }
    given = Approved(
        f"云发改审〔2024〕11号 {county.name}移民安置规划概算批复（演示）",
        "初步设计概算经审查批准。金额为演示而设。",
        on,
        amounts,
    )
    version = enter_budget(county.pk, given, actor=user_actor(CLERK, at=at), at=at)
    confirm_budget(version.pk, actor=user_actor(LEAD, at=at), at=at)


def _rounded_up(fen: int, step: int) -> int:
    return -(-fen // step) * step
