"""修订不超概算: what every account would come to under a draft, beside what the budget holds."""

from __future__ import annotations

from datetime import date

from yixian.budget.limits import require_within
from yixian.budget.queries import hold_room
from yixian.budget.rows import Room
from yixian.compensation.queries import forecast_by_head
from yixian.revisions.models import RevisionComparison
from yixian.revisions.queries import RevisionView, compared_groups


def forecast_under(comparison: RevisionComparison, room: Room, *, on: date) -> dict[str, int]:
    """What the accounts of the budget's whole area would come to by head, in fen, for the heads that would rise."""
    now = forecast_by_head(room.area.path, on=on)
    rising = [
        row for row in compared_groups(comparison, "heads") if row.paid == "once" and row.difference_fen > 0
    ]
    return {row.key: now.get(row.key, 0) + row.difference_fen for row in rising}


def require_budget(view: RevisionView, *, on: date) -> None:
    """Raise `Refused` ``budget.beyond`` where a head that the draft raises would not hold what all accounts come to.

    Where no budget has been entered nothing is refused.
    """
    room = hold_room(view.revision.area.path, on)
    if room is not None and view.comparison is not None:
        require_within(room, forecast_under(view.comparison, room, on=on))
