"""看板查询: coverage of a place and of every place below it on any day, counted in two statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from yixian.duty.queries.presence import has_lead, has_present
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Household
from yixian.registry.queries import area_children, first_forks

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

_CADRE, _MEMBER = HelperKind.CADRE, HelperKind.PARTY_MEMBER

BOTH, ONE, LEAD, NOBODY = "both", "one", "lead", "nobody"
"""What a household has on a day: both; only one of the two; the township's lead in place of somebody suddenly away; nobody."""

STATES = (BOTH, ONE, LEAD, NOBODY)


@dataclass(frozen=True, slots=True)
class CoverageFigures:
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
    figures: CoverageFigures


@dataclass(frozen=True, slots=True)
class CoverageBoard:
    """The figures of a place, and of each place directly below it that has households."""

    whole: CoverageFigures
    places: list[PlaceFigures]


def coverage_board(actor: Actor, area: Area | None, *, on: date) -> CoverageBoard:
    """Coverage of the households in reach below an area, and of each area directly below it.

    Without an area: of everything in reach, and of each place where somebody's reach begins to spread out.
    """
    path = area.path if area else ""
    places = list(area_children(actor, area)) if area else first_forks(actor)
    counted: dict[str, Counter[_Has]] = defaultdict(Counter)
    whole: Counter[_Has] = Counter()
    for home, has, count in _counted(_households(actor, path, on), on):
        whole[has] += count
        for place in places:
            if home.startswith(place.path):
                counted[place.path][has] += count
    shown = [PlaceFigures(place, _figures(counted[place.path])) for place in places if place.path in counted]
    return CoverageBoard(_figures(whole), shown)


def figures_of(actor: Actor, within: Q, *, on: date) -> CoverageFigures:
    """Coverage of the households in reach that fit a filter."""
    found: Counter[_Has] = Counter()
    for _home, has, count in _counted(_households(actor, "", on).filter(within), on):
        found[has] += count
    return _figures(found)


class States(TypedDict):
    """Whether a household has them on the day: a cadre, a party member, the township's lead in place of one of them."""

    cadre: bool
    member: bool
    lead: bool


def states_of(rows: QuerySet[Household], on: date) -> QuerySet[WithAnnotations[Household, States]]:
    """The households, each with its `States`."""
    cadre, member = has_present(_CADRE, on), has_present(_MEMBER, on)
    lead = (Q(has_lead(_CADRE, on)) & ~Q(cadre)) | (Q(has_lead(_MEMBER, on)) & ~Q(member))
    told = Case(When(lead, then=Value(1)), default=Value(0), output_field=BooleanField())
    return rows.annotate(cadre=cadre, member=member, lead=told)


def lacking_somebody(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """Those of the households that lack a cadre or a party member on a day."""
    return rows.exclude(has_present(_CADRE, on), has_present(_MEMBER, on))


def state_of(*, cadre: bool, member: bool, lead: bool) -> str:
    """Which of `STATES` it is."""
    if cadre and member:
        return BOTH
    if lead:
        return LEAD
    return ONE if cadre or member else NOBODY


def _households(actor: Actor, path: str, on: date) -> QuerySet[Household]:
    return household_scope(actor).filter(in_force(on)).filter(below(path))


class _Has(NamedTuple):
    """What a household has on a day: see `States`."""

    cadre: bool
    member: bool
    lead: bool


_EVERYBODY = _Has(cadre=True, member=True, lead=False)


def _counted(rows: QuerySet[Household], on: date) -> Iterable[tuple[str, _Has, int]]:
    """Households counted by where they live, to the group, and by what they have.

    Nearly all have both, so all are counted by place, which an index answers, and only those that lack somebody are looked
    at one by one.
    """
    rows = rows.order_by()
    left = Counter(dict(rows.values_list("area_path").annotate(count=Count("pk"))))
    lacking = states_of(lacking_somebody(rows, on), on)
    kinds = Counter(lacking.values_list("area_path", "cadre", "member", "lead"))
    for (home, cadre, member, lead), count in kinds.items():
        left[home] -= count
        yield home, _Has(bool(cadre), bool(member), bool(lead)), count
    for home, count in left.items():
        if count:
            yield home, _EVERYBODY, count


def _figures(counted: Counter[_Has]) -> CoverageFigures:
    """Households by what they have, as figures."""
    found: Counter[str] = Counter()
    for has, count in counted.items():
        state = state_of(cadre=has.cadre, member=has.member, lead=has.lead)
        found.update(
            households=count, with_cadre=count * has.cadre, with_member=count * has.member, **{state: count}
        )
    return CoverageFigures(**found)
