"""走势查询: on how many days households were without somebody, week by week, and on how many they will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, groupby

from django.db.models import Count, Min, Q

from yixian.duty.coverage import GAP, Uncovered, uncovered
from yixian.duty.models import Absence, Leadership, Pairing
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.memo import memoised
from yixian.registry.access import below, household_scope, reaching
from yixian.registry.models import Helper, Household

WEEKS_BACK, WEEKS_AHEAD = 26, 8


@dataclass(frozen=True, slots=True)
class Week:
    """Household-days of a week from a Monday on: with nobody in some role, with the township's lead in their place, and all."""

    monday: date
    gap: int
    lead: int
    is_ahead: bool
    household_days: int = 0

    @property
    def total(self) -> int:
        """Both."""
        return self.gap + self.lead

    @property
    def gap_percent(self) -> Decimal:
        """Household-days with nobody in some role, in per cent of all."""
        return self._percent(self.gap)

    @property
    def lead_percent(self) -> Decimal:
        """Household-days with the township's lead in their place, in per cent of all."""
        return self._percent(self.lead)

    def _percent(self, days: int) -> Decimal:
        """To two decimals, half-up; nothing where there were no households."""
        if not self.household_days:
            return Decimal(0)
        return (Decimal(days) * 100 / self.household_days).quantize(Decimal("0.01"), ROUND_HALF_UP)


def weeks(actor: Actor, *, on: date, area_path: str = "") -> list[Week]:
    """The last 26 weeks, the week of the day, and what is announced for the next 8; households in reach below an area.

    Nothing is counted before the first pairing there: until then nobody could stand beside anybody. A household that lacks
    both on one day counts once for it, as a gap if one of the two is a gap.
    """
    return list(_weeks(reaching(actor), on, area_path))


@memoised(Pairing, Absence, Leadership, Helper, Household)
def _weeks(grants: tuple[Grant, ...], on: date, area_path: str) -> tuple[Week, ...]:
    """The same for everybody who reaches households by these grants."""
    monday = on - timedelta(days=on.weekday())
    until = monday + timedelta(weeks=WEEKS_AHEAD + 1)
    within = Q(pk__in=household_scope(Actor("", grants=grants)).values("pk"))
    paired_from = Pairing.objects.filter(below(area_path)).aggregate(first=Min("valid_from"))["first"]
    if paired_from is None or paired_from >= until:
        return ()
    first = max(monday - timedelta(weeks=WEEKS_BACK), paired_from - timedelta(days=paired_from.weekday()))
    counted_from = max(first, paired_from)
    gap, lead = _by_day(uncovered(counted_from, until, area_path=area_path, within=within), first, until)
    days = _household_days(within & below(area_path), first, counted_from, until)
    return tuple(
        Week(
            monday=first + timedelta(days=start),
            gap=sum(gap[start : start + 7]),
            lead=sum(lead[start : start + 7]),
            is_ahead=first + timedelta(days=start) > on,
            household_days=sum(days[start : start + 7]),
        )
        for start in range(0, (until - first).days, 7)
    )


def _household_days(within: Q, first: date, counted_from: date, until: date) -> list[int]:
    """For each day of [first, until), how many households there were; none before what is counted begins."""
    changes = [0] * ((until - first).days + 1)
    rows = Household.objects.filter(within, valid_from__lt=until).exclude(valid_until__lte=counted_from)
    counted = rows.order_by().values_list("valid_from", "valid_until").annotate(count=Count("pk"))
    for begins, ends, count in counted:
        changes[(max(begins, counted_from) - first).days] += count
        changes[(min(ends or until, until) - first).days] -= count
    return list(accumulate(changes))[:-1]


def _by_day(rows: list[Uncovered], first: date, until: date) -> tuple[list[int], list[int]]:
    """For each day of [first, until), how many households had nobody in some role, and how many only the lead."""
    length = (until - first).days
    changes = {True: [0] * (length + 1), False: [0] * (length + 1)}
    for _household, own in groupby(rows, key=lambda row: row.household_id):
        parts = list(own)
        gaps = _merged([_days(row, first) for row in parts if row.kind == GAP])
        anything = _merged([_days(row, first) for row in parts])
        for is_gap, sign, intervals in ((True, 1, gaps), (False, 1, anything), (False, -1, gaps)):
            for start, stop in intervals:
                changes[is_gap][start] += sign
                changes[is_gap][stop] -= sign
    gap, lead = (list(accumulate(changes[is_gap]))[:length] for is_gap in (True, False))
    return gap, lead


def _days(row: Uncovered, first: date) -> tuple[int, int]:
    return (row.valid_from - first).days, (row.valid_until - first).days


def _merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same days as intervals that have none in common."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], stop)
        else:
            merged.append((start, stop))
    return merged
