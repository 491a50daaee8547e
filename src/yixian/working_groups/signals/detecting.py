"""发现信号: every hour, of every county, what rose beyond chance in the last weeks; each rise is said once.

A signal is of the week in which it was found. It holds the households of that moment; how many there are since is told in
steps of ten, so that nobody can be read from a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yixian.domain.areas import AreaLevel, path_chain
from yixian.engines.signals import MINIMUM, signals
from yixian.engines.signals import Signal as Rise
from yixian.kernel.actors import system_actor
from yixian.kernel.ledger import Entry, record
from yixian.matters.queries.similar_matters import first_matter_on, similar_matters
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Organisation
from yixian.working_groups.models import Signal
from yixian.working_groups.signals.counting import HouseholdTally, Series, clause_key, rows, tally_households
from yixian.working_groups.weeks import monday, week_at, week_of

SEED = "yixian signals 1"
"""From it the thresholds are simulated: the same on every machine."""

WEEKS = 104
"""So many weeks are looked at."""

LOOKED_BACK = 4
"""A rise that was found only now, because somebody sorted a matter late, is still said so many weeks after its own."""

_ACTOR = system_actor("signals")
_MIN_WATCHED = 64


def detect(*, at: datetime) -> dict[str, int]:
    """Write what rose, county by county. Returns how many signals are new."""
    counties = Area.objects.filter(level=AreaLevel.COUNTY).order_by("path")
    return {"signals": sum(_detect_in(county, at) for county in counties)}


def _detect_in(county: Area, at: datetime) -> int:
    begun = first_matter_on(county.path)
    if begun is None:
        return 0
    this_week = week_at(at)
    first_week = max(week_of(begun), this_week - WEEKS)
    series = tally_households(similar_matters(county.path, since=monday(first_week)), county.path)
    asked = list(rows(series, first_week, this_week))
    found = signals(
        asked, first_week=first_week, last_week=this_week, seed=SEED, watched=_watched(len(series))
    )
    recent = [rise for rise in found if rise.week >= this_week - LOOKED_BACK]
    return sum(_write(county, series, rises, at) for rises in _together(recent, county.path))


def _watched(series: int) -> int:
    """The number of series, rounded up to a power of two, so that thresholds are simulated seldom."""
    watched = _MIN_WATCHED
    while watched < series:
        watched *= 2
    return watched


def _together(rises: Iterable[Rise], county_path: str) -> Iterator[list[Rise]]:
    """Rises of one clause, topic and week: the county's own if it rose as a whole, else its townships'."""
    groups: dict[tuple[int, str, str], list[Rise]] = {}
    for rise in rises:
        groups.setdefault((rise.week, rise.topic, rise.clause), []).append(rise)
    for _key, group in sorted(groups.items()):
        whole = [rise for rise in group if rise.area == county_path]
        yield whole or group


def _write(county: Area, series: dict[Series, HouseholdTally], rises: list[Rise], at: datetime) -> int:
    topic, clause, week = rises[0].topic, rises[0].clause, rises[0].week
    since = min(rise.since_week for rise in rises)
    key = clause_key(clause)
    same = Signal.objects.filter(
        county_path=county.path, topic=topic, pack_id=key.pack_id, document=key.document, clause=key.clause
    )
    heard_in = [series[rise.area, topic, clause].between(since, week) for rise in rises]
    households = set[str]().union(*(one[0] for one in heard_in))
    path = rises[0].area if len(rises) == 1 else county.path
    if path == county.path:
        path = _where_all_live(series, county.path, topic, clause, since, week, len(households))
    said = list(same.filter(week__gte=since).values_list("area_path", "week", "households"))
    if any(_is_said(one, path, week, len(households)) for one in said):
        return 0
    if path == county.path and _is_the_rest_small(said, len(households)):
        return 0
    villages = set[str]().union(*(one[1] for one in heard_in))
    signal = Signal(
        area=Area.objects.get(path=path),
        area_path=path,
        county_path=county.path,
        townships=_townships(series, county.path, topic, clause, since, week, path),
        topic=topic,
        pack_id=key.pack_id,
        document=key.document,
        clause=key.clause,
        since_week=since,
        week=week,
        households=len(households),
        villages=len(villages),
        others=sum(one[2] for one in heard_in),
        expected_tenths=round(sum(rise.expected for rise in rises) * 10),
        owner=owner_at(path, at=at),
        detected_at=at,
    )
    try:
        with transaction.atomic():
            signal.save(force_insert=True)
            record(Entry("signal.given", "signal", signal.pk, path, {"week": week}), actor=_ACTOR, at=at)
    except IntegrityError:  # another process was faster
        return 0
    return 1


def _where_all_live(
    series: dict[Series, HouseholdTally],
    county: str,
    topic: str,
    clause: str,
    since: int,
    week: int,
    households: int,
) -> str:
    """The township that all the households belong to; the county where there is none."""
    for (area, one_topic, one_clause), one in series.items():
        is_same = (one_topic, one_clause) == (topic, clause) and area != county
        if is_same and len(one.between(since, week)[0]) == households:
            return area
    return county


def _is_said(before: tuple[str, int, int], path: str, week: int, households: int) -> bool:
    """Whether this rise was said before, or differs from what was said of another place by fewer than ten households."""
    area_path, said_week, said_households = before
    return area_path == path or said_week == week or abs(said_households - households) < MINIMUM


def _is_the_rest_small(said: list[tuple[str, int, int]], households: int) -> bool:
    """Whether fewer than ten households of the county are in none of the townships that were told of one by one."""
    return bool(said) and households - sum(count for _path, _week, count in said) < MINIMUM


def _townships(
    series: dict[Series, HouseholdTally],
    county: str,
    topic: str,
    clause: str,
    since: int,
    week: int,
    path: str,
) -> list[str]:
    """The townships, within the signal's place, with ten households or more."""
    found = []
    for (area, one_topic, one_clause), one in series.items():
        if area == county or not area.startswith(path) or (one_topic, one_clause) != (topic, clause):
            continue
        if len(one.between(since, week)[0]) >= MINIMUM:
            found.append(area)
    return sorted(found)


def owner_at(area_path: str, *, at: datetime) -> Organisation | None:
    """Who answers for what a clause says at a place: its resettlement bureau."""
    day = timezone.localdate(at)
    rows = Organisation.objects.filter(
        kind=OrganisationKind.RESETTLEMENT_BUREAU, area__path__in=path_chain(area_path), valid_from__lte=day
    )
    return rows.filter(valid_until=None).order_by("-area__path", "pk").first()
