"""看板查询: coverage of a place and of every place below it on any day, counted in one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from yixian.domain.areas import SEGMENT
from yixian.duty.queries.presence import has_lead, has_present
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Household
from yixian.registry.queries import area_children

_CADRE, _MEMBER = HelperKind.CADRE, HelperKind.PARTY_MEMBER

BOTH, ONE, LEAD, NOBODY = "both", "one", "lead", "nobody"
"""What a household has on a day: both; only one of the two; the township's lead in place of somebody suddenly away; nobody."""

STATES = (BOTH, ONE, LEAD, NOBODY)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many households there are, and what they have. ``both``, ``one``, ``lead`` and ``nobody`` add up to all."""

    households: int = 0
    with_cadre: int = 0
    with_member: int = 0
    both: int = 0
    one: int = 0
    lead: int = 0
    nobody: int = 0

    @property
    def uncovered(self) -> int:
        """Households that lack a cadre, a party member, or both."""
        return self.households - self.both


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """The figures of one place."""

    area: Area
    figures: Figures


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a place, and of each place directly below it that has households."""

    whole: Figures
    places: list[PlaceFigures]


def board(actor: Actor, area: Area, *, on: date) -> Board:
    """Coverage of the households in reach below an area, and of each area directly below it."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for place, cadre, member, lead, count in _counted(_households(actor, area.path, on), on, area.path):
        _add(counted[place], cadre=cadre, member=member, lead=lead, count=count)
    whole: Counter[str] = Counter()
    for figures in counted.values():
        whole.update(figures)
    children = area_children(actor, area)
    below_it = [
        PlaceFigures(child, Figures(**counted[child.path])) for child in children if child.path in counted
    ]
    return Board(Figures(**whole), below_it)


def figures_of(actor: Actor, within: Q, *, on: date) -> Figures:
    """Coverage of the households in reach that fit a filter."""
    found: Counter[str] = Counter()
    for _place, cadre, member, lead, count in _counted(_households(actor, "", on).filter(within), on, ""):
        _add(found, cadre=cadre, member=member, lead=lead, count=count)
    return Figures(**found)


def states_of(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """The households, each with ``cadre``, ``member`` and ``lead``: whether they have them on the day."""
    cadre, member = has_present(_CADRE, on), has_present(_MEMBER, on)
    lead = (Q(has_lead(_CADRE, on)) & ~Q(cadre)) | (Q(has_lead(_MEMBER, on)) & ~Q(member))
    told = Case(When(lead, then=Value(1)), default=Value(0), output_field=BooleanField())
    return rows.annotate(cadre=cadre, member=member, lead=told)


def state_of(*, cadre: bool, member: bool, lead: bool) -> str:
    """Which of `STATES` it is."""
    if cadre and member:
        return BOTH
    if lead:
        return LEAD
    return ONE if cadre or member else NOBODY


def _households(actor: Actor, path: str, on: date) -> QuerySet[Household]:
    return household_scope(actor).filter(in_force(on)).filter(below(path))


def _counted(rows: QuerySet[Household], on: date, path: str) -> Iterable[tuple[str, bool, bool, bool, int]]:
    place = Substr("area_path", 1, len(path) + SEGMENT)
    grouped = states_of(rows.order_by(), on).annotate(place=place).values("place", "cadre", "member", "lead")
    return grouped.annotate(count=Count("pk")).values_list("place", "cadre", "member", "lead", "count")


def _add(figures: Counter[str], *, cadre: bool, member: bool, lead: bool, count: int) -> None:
    figures["households"] += count
    figures["with_cadre"] += count if cadre else 0
    figures["with_member"] += count if member else 0
    figures[state_of(cadre=bool(cadre), member=bool(member), lead=bool(lead))] += count
