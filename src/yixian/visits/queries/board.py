"""走访情况: how often households are visited against the county's rule, by township and by body, and who waits longest.

Everything is counted in the database, over all households at once. Places and bodies stand in their own order, never by
their figures; no person has a row, and households are ordered by days since the last visit and by nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

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
    Window,
)
from django.db.models.functions import RowNumber, Substr

from yixian.domain.areas import LEVELS, SEGMENT, AreaLevel
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.intervals import in_force
from yixian.policies.queries import duty_rules_at
from yixian.registry.access import household_scope
from yixian.registry.models import Area, Body, Household
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Promise, Visit
from yixian.visits.rows import VisitFigures
from yixian.visits.standing import BROKEN, waiting, with_words

LONGEST = 50
"""Households unvisited longest that are shown."""

_TOWNSHIP = SEGMENT * (LEVELS.index(AreaLevel.TOWNSHIP) + 1)


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of all households in reach, of each township, and of each body's own people."""

    whole: VisitFigures
    townships: list[VisitFigures]
    bodies: list[VisitFigures]


def visit_board(actor: Actor, *, on: date) -> Board:
    """The board of the households in reach on a day. Raises `NotPermitted` for whoever answers for none and checks none."""
    reached = _reached(actor, on)
    townships = list(reached.order_by().values_list(_prefix("area_path"), flat=True).distinct())
    since = _since(townships, on)
    promises = with_words(Promise.objects.filter(household__in=reached.values("pk")))
    places = _figures(_households(reached), "township", since, on, promises, _prefix("area_path"))
    bodies = _figures(_beside(reached, on), "body", since, on, promises, F("helper__body_id"))
    names = {area.path: area.label for area in Area.objects.filter(path__in=townships).order_by("code")}
    every = {path: rules.visit_every_days for path, rules in duty_rules_at(townships, on).items()}
    of_places = [(path, places[path], every[path]) for path in sorted(places)]
    return Board(
        whole=_whole(reached, of_places, on),
        townships=[_view(names.get(path, ""), row, days) for path, row, days in of_places],
        bodies=[
            _view(body.label, bodies[body.pk], 0)
            for body in Body.objects.filter(pk__in=bodies).order_by("kind", "code")
        ],
    )


def unvisited_longest(actor: Actor, *, on: date) -> QuerySet[Household]:
    """The households in reach that wait longest for a visit, never visited first; with ``last_on``, place and head."""
    rows = _reached(actor, on).annotate(last_on=_last())
    return (
        rows.order_by(F("last_on").asc(nulls_first=True), "valid_from", "household_no")
        .select_related("area", "head")
        .defer("phone", "bank_account", "head__id_number", "head__phone")[:LONGEST]
    )


def _reached(actor: Actor, on: date) -> QuerySet[Household]:
    if actor.roles.isdisjoint(FIGURE_READERS):
        raise NotPermitted("visit.figures", "Your role does not include this.")
    grants = tuple(grant for grant in actor.grants if grant.role in FIGURE_READERS)
    return household_scope(actor.with_grants(grants)).filter(in_force(on))


def _last() -> Subquery:
    """The day of a household's latest visit by anybody."""
    rows = Visit.objects.filter(household=OuterRef("pk"), corrected_by=None).order_by("-on")
    return Subquery(rows.values("on")[:1])


def _households(reached: QuerySet[Household]) -> QuerySet[Any]:
    return reached.order_by().annotate(township=_prefix("area_path"), key=_prefix("area_path"), last=_last())


def _beside(reached: QuerySet[Household], on: date) -> QuerySet[Any]:
    """A row for each household that a body's people stand beside, with the latest visit by one of that body's people."""
    own = Visit.objects.filter(
        household=OuterRef("household_id"), helper__body=OuterRef("helper__body_id"), corrected_by=None
    )
    return (
        Pairing.objects.filter(in_force(on), household__in=reached.values("pk"))
        .order_by()
        .annotate(
            township=_prefix("area_path"),
            key=F("helper__body_id"),
            last=Subquery(own.order_by("-on").values("on")[:1]),
        )
    )


def _figures(
    rows: QuerySet[Any], what: str, since: Case, on: date, promises: QuerySet[Promise], key: Any
) -> dict[Any, dict[str, Any]]:
    """Counts by key: households, visited within the rule, never visited, the median, and promises."""
    of = "pk" if what == "township" else "household_id"
    counted = rows.values("key").annotate(
        households=Count(of, distinct=True),
        within=Count(of, distinct=True, filter=Q(last__gte=since)),
        visited=Count(of, distinct=True, filter=Q(last__isnull=False)),
    )
    found: dict[Any, dict[str, Any]] = {row["key"]: dict(row) for row in counted}
    middles = _middles(rows)
    for name, days in middles.items():
        found[name]["median"] = _median(days, on)
    counted_promises = promises.order_by().annotate(key=key).values("key")
    for row in counted_promises.annotate(
        open=Count("pk", filter=waiting(on, overdue=False)),
        overdue=Count("pk", filter=waiting(on, overdue=True)),
        broken=Count("pk", filter=BROKEN),
    ):
        found.setdefault(row["key"], {}).update(row)
    found.pop(None, None)
    return {name: row for name, row in found.items() if row.get("households")}


def _middles(rows: QuerySet[Any]) -> dict[Any, list[date]]:
    """The one or two days in the middle of the latest visits of each key, picked by the database."""
    visited = rows.filter(last__isnull=False).annotate(
        number=Window(RowNumber(), partition_by=[F("key")], order_by=[F("last").asc(), F("pk").asc()]),
        of=Window(Count("pk"), partition_by=[F("key")]),
    )
    picked = visited.filter(Q(number=(F("of") + 1) / 2) | Q(number=(F("of") + 2) / 2))
    found: dict[Any, list[date]] = defaultdict(list)
    for name, last in picked.values_list("key", "last"):
        found[name].append(last)
    return found


def _median(days: Iterable[date], on: date) -> float:
    counted = [(on - day).days for day in days]
    return sum(counted) / len(counted)


def _whole(
    reached: QuerySet[Household], places: list[tuple[str, dict[str, Any], int]], on: date
) -> VisitFigures:
    """All places together; the median is that of all households, not of the places'."""
    rows = reached.order_by().annotate(key=Value(1), last=_last())
    middle = _middles(rows).get(1)
    total = {
        name: sum(row.get(name) or 0 for _path, row, _days in places)
        for name in ("households", "within", "visited", "open", "overdue", "broken")
    }
    every = {days for _path, _row, days in places}
    return _view("", total | {"median": _median(middle, on) if middle else None}, max(every, default=0))


def _view(label: str, row: dict[str, Any], every_days: int) -> VisitFigures:
    return VisitFigures(
        label=label,
        households=row["households"],
        within=row["within"],
        never=row["households"] - row["visited"],
        median_days=row.get("median"),
        open=row.get("open") or 0,
        overdue=row.get("overdue") or 0,
        broken=row.get("broken") or 0,
        every_days=every_days,
    )


def _since(townships: list[str], on: date) -> Case:
    """From which day on a visit counts as within the rule, by township."""
    rules = duty_rules_at(townships, on)
    days: dict[int, list[str]] = defaultdict(list)
    for path, rule in rules.items():
        days[rule.visit_every_days].append(path)
    whens = [
        When(township__in=paths, then=Value(on - timedelta(days=every))) for every, paths in days.items()
    ]
    return Case(*whens, default=Value(on), output_field=DateField())


def _prefix(field: str) -> Substr:
    return Substr(field, 1, _TOWNSHIP)
