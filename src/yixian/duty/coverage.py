"""覆盖: on which days a household has no cadre or no party member beside it, worked out from the dated rows alone.

This is the checking side of duty. It shares nothing with what plans pairings: it takes every pairing's days, takes out
those on which the helper was not in service or away, and looks at what is left of each household's own days.

- ``lead``: the helper was suddenly away and the township's lead stood in; shown as such, never as covered.
- ``gap``: nobody stood beside the household. There must be none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.choices import AbsenceKind, LeadershipKind
from yixian.duty.models import Absence, Leadership, Pairing
from yixian.registry.access import below
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

GAP, LEAD = "gap", "lead"

_Days = tuple[int, int]
"""Days as ordinals, [from, until)."""

_NEVER = date.max.toordinal()

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Days [valid_from, valid_until) on which a household had nobody in a role, or only the township's lead."""

    household_id: int
    area_path: str
    role: HelperKind
    kind: str
    valid_from: date
    valid_until: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.valid_until - self.valid_from).days


def uncovered(first: date, until: date, *, area_path: str = "", within: Q | None = None) -> list[Uncovered]:
    """All uncovered days in [first, until) of the households below an area, by household, role and day.

    ``within`` limits the households further.
    """
    window = first.toordinal(), until.toordinal()
    households = _overlapping(Household.objects.filter(below(area_path)), first, until)
    if within is not None:
        households = households.filter(within)
    away, suddenly = _absences(first, until)
    pieces = _covered_pieces(first, until, area_path, away, suddenly)
    leads = _leads(first, until, away)
    found: list[Uncovered] = []
    for pk, path, begins, ends in households.order_by("pk").values_list(
        "pk", "area_path", "valid_from", "valid_until"
    ):
        own = _within((begins.toordinal(), _end(ends)), window)
        lead = leads.get(path_at(path, AreaLevel.TOWNSHIP), [])
        for role in HelperKind:
            covered, sudden = pieces.get((pk, role.value), ([], []))
            for days in _minus([own], covered):
                nobody = _minus([days], _common(_common([days], sudden), lead))
                for kind, parts in ((LEAD, _minus([days], nobody)), (GAP, nobody)):
                    found += [
                        Uncovered(pk, path, role, kind, date.fromordinal(part[0]), date.fromordinal(part[1]))
                        for part in parts
                    ]
    return sorted(found, key=lambda row: (row.household_id, row.role, row.valid_from))


@dataclass(frozen=True, slots=True)
class Sudden:
    """A sudden absence: since when, until when its households had only the township's lead, and how many they were."""

    absence_id: int
    helper_id: int
    noticed_at: datetime
    covered_at: datetime | None
    households: int

    def lasted(self, at: datetime) -> timedelta:
        """How long, as of a moment."""
        return (self.covered_at or at) - self.noticed_at

    def is_late(self, hours: int, at: datetime) -> bool:
        """Whether it lasted longer than the county's rule allows."""
        return self.lasted(at) > timedelta(hours=hours)


def sudden_absences(first: date, until: date) -> list[Sudden]:
    """Every sudden absence that was noticed in [first, until), the oldest first."""
    rows = Absence.objects.filter(
        kind=AbsenceKind.SUDDEN, valid_from__gte=first, valid_from__lt=until
    ).order_by("noticed_at", "pk")
    found = []
    for row in rows:
        beside = Pairing.objects.filter(helper_id=row.helper_id, valid_from__lte=row.valid_from).filter(
            Q(valid_until=None) | Q(valid_until__gt=row.valid_from)
        )
        if row.noticed_at is not None:
            found.append(
                Sudden(
                    row.pk,
                    row.helper_id,
                    row.noticed_at,
                    row.covered_at,
                    beside.values("household").distinct().count(),
                )
            )
    return found


def _covered_pieces(
    first: date,
    until: date,
    area_path: str,
    away: dict[int, list[_Days]],
    suddenly: dict[int, list[_Days]],
) -> dict[tuple[int, str], tuple[list[_Days], list[_Days]]]:
    """For each household and role the days somebody stood beside it, and those on which somebody was suddenly away."""
    pieces: dict[tuple[int, str], tuple[list[_Days], list[_Days]]] = defaultdict(lambda: ([], []))
    rows = _overlapping(Pairing.objects.filter(below(area_path)), first, until)
    columns = ("household_id", "role", "helper_id", "valid_from", "valid_until")
    for household, role, helper, begins, ends, serves, leaves in rows.values_list(
        *columns, "helper__valid_from", "helper__valid_until"
    ):
        served = _common([(begins.toordinal(), _end(ends))], [(serves.toordinal(), _end(leaves))])
        covered, sudden = pieces[household, role]
        covered += _minus(served, away.get(helper, []))
        sudden += _common(served, suddenly.get(helper, []))
    return pieces


def _absences(first: date, until: date) -> tuple[dict[int, list[_Days]], dict[int, list[_Days]]]:
    away: dict[int, list[_Days]] = defaultdict(list)
    suddenly: dict[int, list[_Days]] = defaultdict(list)
    rows = _overlapping(Absence.objects.all(), first, until)
    for helper, kind, begins, ends in rows.values_list("helper_id", "kind", "valid_from", "valid_until"):
        days = begins.toordinal(), _end(ends)
        away[helper].append(days)
        if kind == AbsenceKind.SUDDEN:
            suddenly[helper].append(days)
    return away, suddenly


def _leads(first: date, until: date, away: dict[int, list[_Days]]) -> dict[str, list[_Days]]:
    """The days on which each township has its lead, who is there."""
    leads: dict[str, list[_Days]] = defaultdict(list)
    rows = _overlapping(Leadership.objects.filter(kind=LeadershipKind.TOWNSHIP_LEAD), first, until)
    columns = ("area_path", "helper_id", "valid_from", "valid_until")
    for path, helper, begins, ends in rows.values_list(*columns):
        leads[path] += _minus([(begins.toordinal(), _end(ends))], away.get(helper, []))
    return leads


def _overlapping(rows: QuerySet[Row], first: date, until: date) -> QuerySet[Row]:
    return rows.filter(valid_from__lt=until).filter(Q(valid_until=None) | Q(valid_until__gt=first))


def _end(day: date | None) -> int:
    return _NEVER if day is None else day.toordinal()


def _within(days: _Days, window: _Days) -> _Days:
    return max(days[0], window[0]), min(days[1], window[1])


def _common(left: Iterable[_Days], right: Iterable[_Days]) -> list[_Days]:
    """The days in both; each side's intervals may overlap, and so may those returned."""
    right = list(right)
    pairs = (_within(one, other) for one in left for other in right)
    return [days for days in pairs if days[0] < days[1]]


def _minus(days: Iterable[_Days], taken: Iterable[_Days]) -> list[_Days]:
    """The days that are not taken."""
    left = [one for one in days if one[0] < one[1]]
    for begins, ends in sorted(taken):
        left = [
            part
            for start, stop in left
            for part in ((start, min(stop, begins)), (max(start, ends), stop))
            if part[0] < part[1]
        ]
    return left
