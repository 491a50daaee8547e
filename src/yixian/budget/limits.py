"""限额: nothing is promised beyond what a head holds."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yixian.budget.budget_read_models import BudgetAllocation
from yixian.domain.money import format_fen
from yixian.kernel.errors import Refused
from yixian.kernel.languages import language


def overruns(allocation: BudgetAllocation, promised: Mapping[str, int]) -> dict[str, int]:
    """By how many fen sums by head go beyond what each head holds; only the heads that do."""
    return {
        budget_head: fen - allocation.total(budget_head)
        for budget_head, fen in promised.items()
        if fen > allocation.total(budget_head)
    }


def require_within(allocation: BudgetAllocation, promised: Mapping[str, int]) -> None:
    """Raise `Refused` ``budget.beyond``, naming every head that ``promised`` (fen by head) would go beyond.

    A sum under no head at all is beyond the budget, too. Source: Order 471, Art. 16 and 35; domain 1.7.
    """
    over = overruns(allocation, promised)
    if not over:
        return
    lang = language()
    pairs = [
        f"{title_of(allocation, budget_head, lang)} {format_fen(fen)}" for budget_head, fen in over.items()
    ]
    budget_heads = ("；" if lang == "zh" else "; ").join(pairs)
    raise Refused(
        "budget.beyond",
        _(
            "Beyond the approved budget, by so many yuan: %(budget_heads)s. First a decision beyond that head must be "
            "entered and confirmed."
        ),
        budget_heads=budget_heads,
    )


def title_of(allocation: BudgetAllocation, budget_head: str, lang: str) -> str:
    """A head in words; its code where the budget does not name it."""
    if budget_head in allocation.budget_heads:
        return allocation.budget_heads[budget_head].budget_head.title(lang)
    return budget_head or "—"
