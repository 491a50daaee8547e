"""走访情况: how often households are visited against the county's rule, by township and by body, and who waits longest.

Everything is counted in the database, over all households at once. Places and bodies stand in their own order, never by
their figures; no person has a row, and households are ordered by days since the last visit and by nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Substr

from yixian.domain.areas import LEVELS, SEGMENT, AreaLevel
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.permission import require
from yixian.policies.queries import duty_rules_at
from yixian.registry.models import Area, Helper, Household, Organisation
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Promise, PromiseOutcome, Visit
from yixian.visits.promise_state import NOBODY_SAID, said_broken
from yixian.visits.queries.visit_reach import (
    current_visits,
    grants_for_figures,
    households_reached,
    within_reach,
)
from yixian.visits.visit_read_models import VisitFigures

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

MAX_UNVISITED = 50
"""Households unvisited longest that are shown."""

_Days = dict[date | None, int]
"""Households by the day of their last visit (None: never)."""

_OF_ORGANISATION = F("helper__organisation_id")
_TOWNSHIP = SEGMENT * (LEVELS.index(AreaLevel.TOWNSHIP) + 1)


@dataclass(frozen=True, slots=True)
class VisitBoard:
    """The figures of all households in reach and of each township; ``rules`` says in how many days every household is to
    be visited, by the township's path."""

    whole: VisitFigures
    townships: list[VisitFigures]
    rules: Mapping[str, int]


def visit_board(actor: Actor, *, on: date) -> VisitBoard:
    """The board of the households in reach on a day. Raises `NotPermitted` for whoever answers for none and checks none."""
    require(actor, FIGURE_READERS)
    grants = grants_for_figures(actor)
    places, promised = _days_by_township(grants, on), _promised_by_township(grants, on)
    rules = {path: rule.visit_every_days for path, rule in duty_rules_at(places, on).items()}
    names = {area.path: area.label for area in Area.objects.filter(path__in=places)}
    shown = [
        _figures(names.get(path, ""), {rules[path]: days}, promised.get(path, _NONE), on, rules[path])
        for path, days in sorted(places.items())
    ]
    return VisitBoard(_whole(shown, places, rules, on), shown, rules)


def assigned_organisations(actor: Actor, *, on: date) -> QuerySet[Organisation]:
    """The bodies whose people stand beside a household in reach, in their own order."""
    require(actor, FIGURE_READERS)
    return Organisation.objects.filter(pk__in=_organisation_ids(grants_for_figures(actor), on)).order_by(
        "kind", "code"
    )


@memoised(Pairing, Helper, Household, Organisation)
def _organisation_ids(grants: tuple[Grant, ...], on: date) -> tuple[int, ...]:
    beside = Pairing.objects.filter(
        in_force(on), within_reach(grants, on), helper__organisation=OuterRef("pk")
    )
    return tuple(Organisation.objects.filter(Exists(beside)).values_list("pk", flat=True))


def visits_by_organisation(
    actor: Actor, organisations: Sequence[Organisation], rules: Mapping[str, int], *, on: date
) -> list[VisitFigures]:
    """The figures of some bodies' own people; ``rules`` are the board's."""
    require(actor, FIGURE_READERS)
    ids, grants = tuple(organisation.pk for organisation in organisations), grants_for_figures(actor)
    found = _days_by_organisation(grants, ids, tuple(sorted(rules.items())), on)
    promised = _promised_by_organisation(grants, ids, on)
    return [
        _figures(organisation.label, found.get(organisation.pk, {}), promised.get(organisation.pk, _NONE), on)
        for organisation in organisations
    ]


@memoised(Visit, Pairing, Helper, Household)
def _days_by_organisation(
    grants: tuple[Grant, ...], ids: tuple[int, ...], rules: tuple[tuple[str, int], ...], on: date
) -> dict[int, dict[int, _Days]]:
    """By body and rule, the households that its people stand beside, by the day of their own latest visit."""
    found: dict[int, dict[int, _Days]] = defaultdict(lambda: defaultdict(dict))
    rows = (
        _assigned_helpers(within_reach(grants, on), ids, on)
        .annotate(every=_every(dict(rules)))
        .values("key", "every", "last")
    )
    for key, every, last, households in rows.annotate(
        households=Count("household_id", distinct=True)
    ).values_list("key", "every", "last", "households"):
        found[key][every][last] = households
    return {key: dict(days) for key, days in found.items()}


@memoised(Promise, PromiseOutcome, Helper, Household)
def _promised_by_organisation(
    grants: tuple[Grant, ...], ids: tuple[int, ...], on: date
) -> dict[int, _Promised]:
    rows = _promises(within_reach(grants, on)).filter(helper__organisation__in=ids)
    return dict(_promised(rows, _OF_ORGANISATION, on))


@memoised(Visit, Household)
def _days_by_township(grants: tuple[Grant, ...], on: date) -> dict[str, _Days]:
    """By township, the households that these grants reach, by the day of their latest visit."""
    homes = (
        households_reached(grants, on).annotate(key=_prefix("area_path"), last=_last()).values("key", "last")
    )
    return dict(_by_day(homes.annotate(households=Count("pk"))))


@memoised(Promise, PromiseOutcome, Household)
def _promised_by_township(grants: tuple[Grant, ...], on: date) -> dict[str, _Promised]:
    return dict(_promised(_promises(within_reach(grants, on)), _prefix("area_path"), on))


class LastVisit(TypedDict):
    """The day of a household's latest visit; None if there was none."""

    last_on: date | None


def longest_unvisited(actor: Actor, *, on: date) -> QuerySet[WithAnnotations[Household, LastVisit]]:
    """The households in reach that wait longest for a visit, never visited first, with place and head."""
    require(actor, FIGURE_READERS)
    return (  # first which, then what is shown of them: else place and head of every household are looked up
        Household.objects.filter(pk__in=_longest_ids(grants_for_figures(actor), on))
        .annotate(last_on=_last())
        .order_by(*_BY_LAST_VISIT)
        .select_related("area", "head")
        .defer("phone", "bank_account", "head__id_number", "head__phone")
    )


_BY_LAST_VISIT = (F("last_on").asc(nulls_first=True), "valid_from", "household_no")


@memoised(Visit, Household)
def _longest_ids(grants: tuple[Grant, ...], on: date) -> tuple[int, ...]:
    longest = households_reached(grants, on).annotate(last_on=_last()).order_by(*_BY_LAST_VISIT)
    return tuple(longest.values_list("pk", flat=True)[:MAX_UNVISITED])


def _last() -> Subquery:
    """The day of a household's latest visit by anybody."""
    return Subquery(current_visits().filter(household=OuterRef("pk")).values("on")[:1])


def _assigned_helpers(within: Q, organisations: Sequence[int], on: date) -> QuerySet[Any]:
    """A row for each household that a body's people stand beside, with the latest visit by one of that body's people."""
    own = current_visits().filter(
        household=OuterRef("household_id"), helper__organisation=OuterRef("helper__organisation_id")
    )
    rows = Pairing.objects.filter(in_force(on), within, helper__organisation__in=organisations)
    return rows.order_by().annotate(
        township=_prefix("area_path"), key=_OF_ORGANISATION, last=Subquery(own.values("on")[:1])
    )


def _by_day(rows: QuerySet[Any]) -> dict[Any, _Days]:
    """How many households of each key were last visited on each day."""
    found: dict[Any, _Days] = defaultdict(dict)
    for key, last, households in rows.values_list("key", "last", "households"):
        found[key][last] = households
    return found


class _Promised(NamedTuple):
    """How many promises are open, overdue and not kept."""

    open: int = 0
    overdue: int = 0
    broken: int = 0


_NONE = _Promised()


def _promises(within: Q) -> QuerySet[Promise]:
    return Promise.objects.filter(within).order_by()


def _promised(rows: QuerySet[Promise], key: F | Substr, on: date) -> dict[Any, _Promised]:
    """Promises open, overdue and not kept, by a key."""
    waiting = rows.filter(NOBODY_SAID).annotate(key=key).values("key")
    counted = waiting.annotate(
        open=Count("pk", filter=Q(due_on__gte=on)), overdue=Count("pk", filter=Q(due_on__lt=on))
    )
    broken = Counter(said_broken(rows).annotate(key=key).values_list("key", flat=True))
    found = defaultdict(_Promised, {of: _Promised(broken=number) for of, number in broken.items()})
    for of, open_ones, overdue in counted.values_list("key", "open", "overdue"):
        found[of] = _Promised(open_ones, overdue, broken[of])
    return found


def _median(days: _Days, on: date) -> float | None:
    """The middle of the days since the last visit, among households that were visited; None if none was."""
    since = sorted(((on - day).days, households) for day, households in days.items() if day is not None)
    visited = sum(households for _ago, households in since)
    if not visited:
        return None
    return (_at(since, (visited + 1) // 2) + _at(since, (visited + 2) // 2)) / 2


def _at(since: list[tuple[int, int]], number: int) -> int:
    """The days since the last visit of the household with this number, counted from the one visited last."""
    reached = 0
    for ago, households in since:
        reached += households
        if reached >= number:
            return ago
    raise ValueError("there are fewer households")


def _whole(
    shown: list[VisitFigures], places: dict[str, _Days], rules: Mapping[str, int], on: date
) -> VisitFigures:
    """All places together; the median is that of all households, not of the places'."""
    together: dict[int, _Days] = defaultdict(lambda: defaultdict(int))
    for path, days in places.items():
        for day, households in days.items():
            together[rules[path]][day] += households
    promised = _Promised(
        sum(row.open for row in shown), sum(row.overdue for row in shown), sum(row.broken for row in shown)
    )
    return _figures("", together, promised, on, max((row.every_days for row in shown), default=0))


def _figures(
    label: str, rules: Mapping[int, _Days], promised: _Promised, on: date, every_days: int = 0
) -> VisitFigures:
    """The figures of households, given for each rule (visited every so many days) by the day of their last visit."""
    together: dict[date | None, int] = defaultdict(int)
    within = 0
    for every, days in rules.items():
        since = on - timedelta(days=every)
        for day, households in days.items():
            together[day] += households
            within += households if day is not None and day >= since else 0
    return VisitFigures(
        label=label,
        households=sum(together.values()),
        within=within,
        never=together.get(None, 0),
        median_days=_median(together, on),
        open=promised.open,
        overdue=promised.overdue,
        broken=promised.broken,
        every_days=every_days,
    )


def _every(rules: Mapping[str, int]) -> Case:
    """In how many days a household is to be visited, by its township. Most counties have one rule, and nothing is asked."""
    places: dict[int, list[str]] = defaultdict(list)
    for path, every in rules.items():
        places[every].append(path)
    usual = max(places, key=lambda every: len(places[every]), default=0)
    whens = [When(township__in=paths, then=Value(every)) for every, paths in places.items() if every != usual]
    return Case(*whens, default=Value(usual), output_field=IntegerField())


def _prefix(field: str) -> Substr:
    return Substr(field, 1, _TOWNSHIP)
