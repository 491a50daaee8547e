"""走访情况: how often households are visited against the county's rule, by township and by body, and who waits longest.

Everything is counted in the database, over all households at once. Places and bodies stand in their own order, never by
their figures; no person has a row, and households are ordered by days since the last visit and by nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
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
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.permission import require
from yixian.policies.queries import duty_rules_at
from yixian.registry.access import household_scope
from yixian.registry.models import Area, Household, Organisation
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Promise, Visit
from yixian.visits.promise_state import BROKEN, waiting, with_words
from yixian.visits.visit_read_models import VisitFigures

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

MAX_UNVISITED = 50
"""Households unvisited longest that are shown."""

_Days = dict[date | None, tuple[int, int]]
"""Households by the day of their last visit (None: never), and how many of them within the rule."""

_OF_ORGANISATION = F("helper__organisation_id")
_TOWNSHIP = SEGMENT * (LEVELS.index(AreaLevel.TOWNSHIP) + 1)


@dataclass(frozen=True, slots=True)
class VisitBoard:
    """The figures of all households in reach, of each township, and of each body's own people."""

    whole: VisitFigures
    townships: list[VisitFigures]
    organisations: list[VisitFigures]


def visit_board(actor: Actor, *, on: date) -> VisitBoard:
    """The board of the households in reach on a day. Raises `NotPermitted` for whoever answers for none and checks none."""
    reached = _reached(actor, on)
    townships = list(reached.order_by().values_list(_prefix("area_path"), flat=True).distinct())
    rules = {path: rule.visit_every_days for path, rule in duty_rules_at(townships, on).items()}
    since = _since(rules, on)
    places, organisations = (
        _by_day(_households(reached), since),
        _by_day(_assigned_helpers(reached, on), since),
    )
    promises = with_words(Promise.objects.filter(household__in=reached.values("pk")))
    of_places, of_organisations = _promised(promises, on)
    names = {area.path: area.label for area in Area.objects.filter(path__in=places)}
    shown = [
        _figures(names.get(path, ""), days, of_places.get(path, _Promised()), on, rules[path])
        for path, days in sorted(places.items())
    ]
    of_organisations_shown = [
        _figures(
            organisation.label,
            organisations[organisation.pk],
            of_organisations.get(organisation.pk, _Promised()),
            on,
        )
        for organisation in Organisation.objects.filter(pk__in=organisations).order_by("kind", "code")
    ]
    return VisitBoard(_whole(shown, places, on), shown, of_organisations_shown)


class LastVisit(TypedDict):
    """The day of a household's latest visit; None if there was none."""

    last_on: date | None


def longest_unvisited(actor: Actor, *, on: date) -> QuerySet[WithAnnotations[Household, LastVisit]]:
    """The households in reach that wait longest for a visit, never visited first, with place and head."""
    rows = _reached(actor, on).annotate(last_on=_last())
    return (
        rows.order_by(F("last_on").asc(nulls_first=True), "valid_from", "household_no")
        .select_related("area", "head")
        .defer("phone", "bank_account", "head__id_number", "head__phone")[:MAX_UNVISITED]
    )


def _reached(actor: Actor, on: date) -> QuerySet[Household]:
    require(actor, FIGURE_READERS)
    return household_scope(actor.acting_as(FIGURE_READERS)).filter(in_force(on))


def _last() -> Subquery:
    """The day of a household's latest visit by anybody."""
    rows = Visit.objects.filter(household=OuterRef("pk"), corrected_by=None).order_by("-on")
    return Subquery(rows.values("on")[:1])


def _households(reached: QuerySet[Household]) -> QuerySet[Any]:
    """A row for each household, with its township as key and its latest visit by anybody."""
    return reached.order_by().annotate(
        township=_prefix("area_path"), key=_prefix("area_path"), last=_last(), household_id=F("pk")
    )


def _assigned_helpers(reached: QuerySet[Household], on: date) -> QuerySet[Any]:
    """A row for each household that a body's people stand beside, with the latest visit by one of that body's people."""
    own = Visit.objects.filter(
        household=OuterRef("household_id"),
        helper__organisation=OuterRef("helper__organisation_id"),
        corrected_by=None,
    )
    return (
        Pairing.objects.filter(in_force(on), household__in=reached.values("pk"))
        .order_by()
        .annotate(
            township=_prefix("area_path"),
            key=_OF_ORGANISATION,
            last=Subquery(own.order_by("-on").values("on")[:1]),
        )
    )


def _by_day(rows: QuerySet[Any], since: Case) -> dict[Any, _Days]:
    """How many households of each key were last visited on each day, and how many of those within the rule."""
    counted = rows.values("key", "last").annotate(
        households=Count("household_id", distinct=True),
        within=Count("household_id", distinct=True, filter=Q(last__gte=since)),
    )
    found: dict[Any, _Days] = defaultdict(dict)
    for key, last, households, within in counted.values_list("key", "last", "households", "within"):
        found[key][last] = households, within
    return found


class _Promised(NamedTuple):
    """How many promises are open, overdue and not kept."""

    open: int = 0
    overdue: int = 0
    broken: int = 0


def _promised(promises: QuerySet[Promise], on: date) -> tuple[dict[str, _Promised], dict[int, _Promised]]:
    """Promises open, overdue and not kept, by township and by the body of who promised; each is looked at once."""
    counted = (
        promises.order_by()
        .annotate(township=_prefix("area_path"))
        .values("township", "helper__organisation_id")
    )
    rows = counted.annotate(
        open=Count("pk", filter=waiting(on, overdue=False)),
        overdue=Count("pk", filter=waiting(on, overdue=True)),
        broken=Count("pk", filter=BROKEN),
    )
    of_places: dict[str, _Promised] = defaultdict(_Promised)
    of_organisations: dict[int, _Promised] = defaultdict(_Promised)
    for township, organisation, *figures in rows.values_list(
        "township", "helper__organisation_id", "open", "overdue", "broken"
    ):
        of_places[township] = _added(of_places[township], figures)
        of_organisations[organisation] = _added(of_organisations[organisation], figures)
    return of_places, of_organisations


def _added(before: _Promised, figures: Sequence[int]) -> _Promised:
    return _Promised(*(one + more for one, more in zip(before, figures, strict=True)))


def _median(days: _Days, on: date) -> float | None:
    """The middle of the days since the last visit, among households that were visited; None if none was."""
    since = sorted(
        ((on - day).days, households) for day, (households, _within) in days.items() if day is not None
    )
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


def _whole(shown: list[VisitFigures], places: dict[str, _Days], on: date) -> VisitFigures:
    """All places together; the median is that of all households, not of the places'."""
    together: _Days = {}
    for days in places.values():
        for day, (households, within) in days.items():
            before = together.get(day, (0, 0))
            together[day] = before[0] + households, before[1] + within
    promised = _Promised(
        sum(row.open for row in shown), sum(row.overdue for row in shown), sum(row.broken for row in shown)
    )
    return _figures("", together, promised, on, max((row.every_days for row in shown), default=0))


def _figures(label: str, days: _Days, promised: _Promised, on: date, every_days: int = 0) -> VisitFigures:
    return VisitFigures(
        label=label,
        households=sum(households for households, _within in days.values()),
        within=sum(within for _households, within in days.values()),
        never=days.get(None, (0, 0))[0],
        median_days=_median(days, on),
        open=promised.open,
        overdue=promised.overdue,
        broken=promised.broken,
        every_days=every_days,
    )


def _since(rules: dict[str, int], on: date) -> Case:
    """From which day on a visit counts as within the rule, by township."""
    days: dict[int, list[str]] = defaultdict(list)
    for path, every in rules.items():
        days[every].append(path)
    whens = [
        When(township__in=paths, then=Value(on - timedelta(days=every))) for every, paths in days.items()
    ]
    return Case(*whens, default=Value(on), output_field=DateField())


def _prefix(field: str) -> Substr:
    return Substr(field, 1, _TOWNSHIP)
