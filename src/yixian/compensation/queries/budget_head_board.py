"""概算总览: every budget head of a place with what is approved, agreed and expected, for bureau and public alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yixian.budget.budget_read_models import BudgetAllocation
from yixian.budget.limits import title_of
from yixian.budget.queries import allocation_at, budget_heads_for
from yixian.compensation.queries.agreements import commitments_by_budget_head
from yixian.compensation.queries.runs import forecast_by_budget_head, uncalculated
from yixian.kernel.languages import language
from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class BudgetHeadRow:
    """One head, in fen. ``total_fen`` is None where no budget is in force; ``note`` is the policy's own."""

    title: str
    approved_fen: int | None
    added_fen: int
    committed_fen: int
    forecast_fen: int
    note: str = ""

    @property
    def total_fen(self) -> int | None:
        """What may be promised: as approved, and what decisions added."""
        return None if self.approved_fen is None else self.approved_fen + self.added_fen

    @property
    def left_fen(self) -> int | None:
        """What the forecast leaves; less than nothing where it does not suffice."""
        return None if self.total_fen is None else self.total_fen - self.forecast_fen

    @property
    def is_short(self) -> bool:
        """Whether the forecast goes beyond what may be promised."""
        return self.left_fen is not None and self.left_fen < 0


@dataclass(frozen=True, slots=True)
class BudgetHeadBoard:
    """A place's heads with their sum, the budget in force, and how many households have no sum yet."""

    area: Area
    allocation: BudgetAllocation | None
    rows: list[BudgetHeadRow]
    total: BudgetHeadRow
    uncalculated: int


def budget_head_board(area: Area, on: date) -> BudgetHeadBoard:
    """The board of the area whose budget holds at a place; of the place itself where none is in force."""
    allocation = allocation_at(area.path, on)
    place = allocation.area if allocation else area
    committed = commitments_by_budget_head(place.path)
    forecast = forecast_by_budget_head(place.path, on=on)
    heads = list(budget_heads_for(place.path, on))
    titles = {head.code: head.title(language()) for head in heads}
    notes = {head.code: head.note(language()) for head in heads}
    if allocation:
        titles = {code: title_of(allocation, code, language()) for code in allocation.budget_heads} | titles
    for code in sorted({*committed, *forecast} - set(titles)):
        titles[code] = code or _("Under no head")
    rows = [
        BudgetHeadRow(
            title=title,
            approved_fen=None
            if allocation is None
            else (allocation.budget_heads[code].approved_fen if code in allocation.budget_heads else 0),
            added_fen=allocation.budget_heads[code].added_fen
            if allocation and code in allocation.budget_heads
            else 0,
            committed_fen=committed.get(code, 0),
            forecast_fen=forecast.get(code, 0),
            note=notes.get(code, ""),
        )
        for code, title in titles.items()
    ]
    return BudgetHeadBoard(place, allocation, rows, _sum(rows), uncalculated(place.path, on=on))


def _sum(rows: list[BudgetHeadRow]) -> BudgetHeadRow:
    approved = [row.approved_fen for row in rows if row.approved_fen is not None]
    return BudgetHeadRow(
        title=_("All heads"),
        approved_fen=sum(approved) if approved else None,
        added_fen=sum(row.added_fen for row in rows),
        committed_fen=sum(row.committed_fen for row in rows),
        forecast_fen=sum(row.forecast_fen for row in rows),
    )
