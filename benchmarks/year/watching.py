"""前后对照: who stood beside whom before and after an event, and whom the event names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from yixian.duty.actions.ask_another import NOT_GIVEN_BACK
from yixian.duty.models import HelperRequest, Pairing

Rows = set[tuple[int, int, str, int, date, date | None]]


@dataclass(slots=True)
class Watch:
    """Notes every household that changed hands although the event did not name it, in words."""

    found: list[str] = field(default_factory=list)
    compared: int = 0

    def compare(self, what: str, before: Rows, after: Rows, named: Collection[int]) -> None:
        """Nobody but those named may have other rows afterwards."""
        self.compared += 1
        changed = {row[1] for row in before ^ after}
        self.found += [f"{what}: household {pk} changed hands" for pk in sorted(changed - set(named))]


def standing(today: date) -> Rows:
    """Every pairing that holds on a day or will."""
    rows = Pairing.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today))
    columns = ("pk", "household_id", "part", "helper_id", "valid_from", "valid_until")
    return set(rows.values_list(*columns))


def still_standing(rows: Rows, today: date) -> Rows:
    """Those of them that still hold on a later day or will: what is there before the first event of that day."""
    return {row for row in rows if row[5] is None or row[5] > today}


def given_back() -> list[str]:
    """Households that had the helper they asked to have replaced again within the year after they were settled."""
    found = []
    for row in HelperRequest.objects.filter(withdrawn_at=None):
        if row.settled_at is None:
            continue
        first = row.settled_at.date() + timedelta(days=2)  # the day after settling, in whatever time zone
        again = Pairing.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=first),
            household=row.household_id,
            helper=row.helper_id,
            valid_from__lt=first + NOT_GIVEN_BACK - timedelta(days=2),
        )
        found += [f"household {row.household_id} has helper {row.helper_id} back" for _one in again]
    return found
