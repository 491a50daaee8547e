"""走访周报: how many households were visited as the rule asks, at the end of each of the last weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.memo import memoised
from yixian.kernel.permission import require
from yixian.policies.queries import duty_rules_at
from yixian.registry.models import Household
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Visit
from yixian.visits.queries.visit_reach import (
    current_visits,
    grants_for_figures,
    households_reached,
    within_reach,
)

WEEKS = 13
"""A quarter: so many weeks are shown, the last of which ends today."""


@dataclass(frozen=True, slots=True)
class VisitWeek:
    """A week that ends on a day: of the households there then, how many had been visited as the rule asks."""

    ends_on: date
    within: int
    households: int

    @property
    def per_cent(self) -> int | None:
        """The share in whole per cent; None where there was no household."""
        return self.within * 100 // self.households if self.households else None


def visit_weeks(actor: Actor, *, on: date, weeks: int = WEEKS) -> list[VisitWeek]:
    """The last weeks of the households that are in reach on a day, the latest last. Raises `NotPermitted`.

    Each is counted by the rule of its township as it is on the day asked about, and only from its first day in the register.
    """
    require(actor, FIGURE_READERS)
    grants = grants_for_figures(actor)
    ends = [on - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    townships = {path_at(path, AreaLevel.TOWNSHIP) for path, _begins in _households(grants, on).values()}
    rules = {path: rule.visit_every_days for path, rule in duty_rules_at(sorted(townships), on).items()}
    return list(_weeks(grants, on, tuple(ends), tuple(sorted(rules.items()))))


@memoised(Household)
def _households(grants: tuple[Grant, ...], on: date) -> dict[int, tuple[str, date]]:
    rows = households_reached(grants, on).values_list("pk", "area_path", "valid_from")
    return {pk: (path, begins) for pk, path, begins in rows}


@memoised(Visit, Household)
def _weeks(
    grants: tuple[Grant, ...], on: date, ends: tuple[date, ...], rules: tuple[tuple[str, int], ...]
) -> tuple[VisitWeek, ...]:
    every = dict(rules)
    longest = max(every.values(), default=0)
    places = {
        pk: (path_at(path, AreaLevel.TOWNSHIP), begins)
        for pk, path, begins in households_reached(grants, on).values_list("pk", "area_path", "valid_from")
    }
    seen: list[set[int]] = [set() for _end in ends]
    visits = current_visits().filter(
        within_reach(grants, on), on__gt=ends[0] - timedelta(days=longest + 1), on__lte=on
    )
    for household, day in visits.order_by().values_list("household_id", "on"):
        if household in places:
            _mark(household, day, every[places[household][0]], ends, seen)
    return tuple(
        VisitWeek(end, len(found), sum(begins <= end for _path, begins in places.values()))
        for end, found in zip(ends, seen, strict=True)
    )


def _mark(household: int, day: date, every: int, ends: Sequence[date], seen: list[set[int]]) -> None:
    """A visit counts at the end of every week from its day on, for as many days as the rule allows until the next."""
    for end, found in zip(ends, seen, strict=True):
        if day <= end <= day + timedelta(days=every):
            found.add(household)
