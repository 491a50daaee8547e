"""看板查询: coverage of a place and of every place below it on any day, counted in two statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from yixian.duty.models import Absence, Leadership, Pairing
from yixian.duty.queries.presence import has_lead, has_present
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.access import below, household_scope, reaching
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household
from yixian.registry.queries import area_children, first_forks

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

_CADRE, _MEMBER = HelperKind.CADRE, HelperKind.PARTY_MEMBER

BOTH, ONE, LEAD, NOBODY = "both", "one", "lead", "nobody"
"""What a household has on a day: both; only one of the two; the township's lead in place of somebody suddenly away; nobody."""

STATES = (BOTH, ONE, LEAD, NOBODY)

_MAX_LISTED = 500
"""More households than this are looked for anew in each query instead of being named in it: before anybody is paired."""


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
    counted: dict[str, Counter[Has]] = defaultdict(Counter)
    whole: Counter[Has] = Counter()
    for home, has, count in counted_in_reach(actor, path, on):
        whole[has] += count
        for place in places:
            if home.startswith(place.path):
                counted[place.path][has] += count
    shown = [PlaceFigures(place, _figures(counted[place.path])) for place in places if place.path in counted]
    return CoverageBoard(_figures(whole), shown)


def counted_in_reach(actor: Actor, path: str, on: date) -> tuple[tuple[str, Has, int], ...]:
    """The households in reach below an area path, as `counted_by_place` counts them."""
    return _counted_in_reach(reaching(actor), path, on)


@memoised(Pairing, Absence, Leadership, Helper, Household)
def _counted_in_reach(grants: tuple[Grant, ...], path: str, on: date) -> tuple[tuple[str, Has, int], ...]:
    return tuple(counted_by_place(_households(Actor("", grants=grants), path, on), on))


def figures_of(actor: Actor, within: Q, *, on: date) -> CoverageFigures:
    """Coverage of the households in reach that fit a filter."""
    found: Counter[Has] = Counter()
    for _home, has, count in counted_by_place(_households(actor, "", on).filter(within), on):
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
    """Those of these households of the register on a day that lack a cadre or a party member on it."""
    ids = lacking_ids(on)
    return _lacking(rows, on) if ids is None else rows.filter(pk__in=ids)


@memoised(Pairing, Absence, Helper, Household)
def lacking_ids(on: date) -> tuple[int, ...] | None:
    """All of them, whoever may see them; None where they are too many to be named in a query."""
    rows = _lacking(Household.objects.filter(in_force(on)), on).order_by()
    ids = tuple(rows.values_list("pk", flat=True)[: _MAX_LISTED + 1])
    return ids if len(ids) <= _MAX_LISTED else None


def _lacking(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
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


class Has(NamedTuple):
    """What a household has on a day: see `States`."""

    cadre: bool
    member: bool
    lead: bool


_EVERYBODY = Has(cadre=True, member=True, lead=False)


def counted_by_place(rows: QuerySet[Household], on: date) -> Iterable[tuple[str, Has, int]]:
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
        yield home, Has(bool(cadre), bool(member), bool(lead)), count
    for home, count in left.items():
        if count:
            yield home, _EVERYBODY, count


def _figures(counted: Counter[Has]) -> CoverageFigures:
    """Households by what they have, as figures."""
    found: Counter[str] = Counter()
    for has, count in counted.items():
        state = state_of(cadre=has.cadre, member=has.member, lead=has.lead)
        found.update(
            households=count, with_cadre=count * has.cadre, with_member=count * has.member, **{state: count}
        )
    return CoverageFigures(**found)
