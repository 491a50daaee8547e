"""修订不超概算: what every account would come to under a draft, beside what the budget holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yixian.budget.budget_read_models import BudgetAllocation
from yixian.budget.limits import require_within
from yixian.budget.queries import allocation_at, lock_allocation
from yixian.compensation.queries import forecast_by_budget_head
from yixian.revisions.models import RevisionComparison
from yixian.revisions.queries import compared_groups
from yixian.revisions.revision_read_models import RevisionView


@dataclass(frozen=True, slots=True)
class BudgetHeadGap:
    """One head, in fen: what the budget holds, and what all accounts of its area would come to."""

    budget_head: str
    held_fen: int
    then_fen: int
    rises: bool

    @property
    def left_fen(self) -> int:
        """What would be left; less than nothing where it would not suffice."""
        return self.held_fen - self.then_fen

    @property
    def is_beyond(self) -> bool:
        """Whether the draft goes beyond the head: one that it does not raise is not its doing."""
        return self.rises and self.left_fen < 0


def budget_head_gaps(comparison: RevisionComparison, *, on: date) -> list[BudgetHeadGap]:
    """Every head that is paid once, beside the budget in force on a day; empty where none is."""
    allocation = allocation_at(comparison.revision.area.path, on)
    return [] if allocation is None else _gaps(comparison, allocation, on)


def require_budget(view: RevisionView, *, on: date) -> None:
    """Raise `Refused` ``budget.beyond`` where a head that the draft raises would not hold what all accounts come to.

    Where no budget has been entered nothing is refused.
    """
    allocation = lock_allocation(view.revision.area.path, on)
    if allocation is not None and view.comparison is not None:
        rising = {
            gap.budget_head: gap.then_fen for gap in _gaps(view.comparison, allocation, on) if gap.rises
        }
        require_within(allocation, rising)


def _gaps(comparison: RevisionComparison, allocation: BudgetAllocation, on: date) -> list[BudgetHeadGap]:
    now = forecast_by_budget_head(allocation.area.path, on=on)
    rows = [row for row in compared_groups(comparison, "heads") if row.paid == "once"]
    return [
        BudgetHeadGap(
            row.key,
            allocation.total(row.key),
            now.get(row.key, 0) + row.difference_fen,
            row.difference_fen > 0,
        )
        for row in rows
    ]
