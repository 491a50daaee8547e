"""至今: distinct households by now, published in steps of ten so that differences reveal nobody (k-anonymity)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yixian.domain.areas import AreaLevel, path_at
from yixian.matters.intake import ClauseKey
from yixian.matters.queries.similar_matters import SimilarMatter, similar_matters
from yixian.working_groups.limits import MIN_HOUSEHOLDS
from yixian.working_groups.weeks import monday, week_of

STEP = 10


@dataclass(frozen=True, slots=True)
class CountPeriod:
    """一段: so many households (ten or more) asked first between two days, both counted."""

    first: date
    last: date
    households: int


@dataclass(frozen=True, slots=True)
class HouseholdCount:
    """众声: how many households in how many villages are told of, when they asked, and the others in whole tens.

    ``households`` is 0 and ``count_periods`` empty while there are fewer than ten.
    """

    households: int
    villages: int
    others: int
    count_periods: tuple[CountPeriod, ...]


def household_count(
    area_path: str, clause: ClauseKey, *, since: date, known: int = 0, topic: str = ""
) -> HouseholdCount:
    """The households of a place that cite a clause from a day on. ``known`` is what was told of them before.

    They are told of in steps of ten from there, the earliest first, so that what is told at two moments differs by ten or
    not at all. Weeks are put together until each stretch holds ten.
    """
    rows = [one for one in similar_matters(area_path, since=since, clause=clause) if topic in ("", one.topic)]
    return count_of(rows, known)


def count_of(rows: Iterable[SimilarMatter], known: int = 0) -> HouseholdCount:
    """The same of voices at hand, in the order in which they came."""
    asked: dict[str, SimilarMatter] = {}
    others = 0
    for similar_matter in rows:
        if similar_matter.household:
            asked.setdefault(similar_matter.household, similar_matter)
        else:
            others += 1
    told = _rounded(len(asked), known)
    counted = list(asked.values())[:told]
    villages = {path_at(one.place, AreaLevel.VILLAGE) for one in counted}
    return HouseholdCount(told, len(villages), others // STEP * STEP, tuple(_count_periods(counted)))


def _rounded(households: int, known: int) -> int:
    if households < MIN_HOUSEHOLDS:
        return 0
    if MIN_HOUSEHOLDS <= known <= households:
        return known + (households - known) // STEP * STEP
    return households // STEP * STEP


def _count_periods(counted: list[SimilarMatter]) -> list[CountPeriod]:
    """Weeks from the first to the last, put together until ten have asked; what is left over joins the one before."""
    weeks: dict[int, int] = {}
    for one in counted:
        weeks[week_of(one.day)] = weeks.get(week_of(one.day), 0) + 1
    found: list[list[int]] = []
    begun, gathered = None, 0
    for week in sorted(weeks):
        begun = week if begun is None else begun
        gathered += weeks[week]
        if gathered >= MIN_HOUSEHOLDS:
            found.append([begun, week, gathered])
            begun, gathered = None, 0
    if gathered and found:
        found[-1][1], found[-1][2] = max(weeks), found[-1][2] + gathered
    return [
        CountPeriod(monday(first), date.fromordinal(monday(last).toordinal() + 6), households)
        for first, last, households in found
    ]
