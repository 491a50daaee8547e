"""地图查询: where villages, households and helpers lie, and how each stands on a day; only what the actor reaches."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, Q

from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.models import Pairing
from yixian.duty.queries.coverage_board import (
    BOTH,
    STATES,
    CoverageFigures,
    counted_in_reach,
    state_of,
    states_of,
)
from yixian.duty.queries.presence import present
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import below, household_scope
from yixian.registry.models import Area, Helper


@dataclass(frozen=True, slots=True)
class VillagePoint:
    """A village with its figures; where it lies if that is known."""

    area: Area
    figures: CoverageFigures
    lon: float | None
    lat: float | None

    @property
    def state(self) -> str:
        """The worst of `STATES` that any of its households is in."""
        return next((state for state in reversed(STATES) if getattr(self.figures, state)), BOTH)


@dataclass(frozen=True, slots=True)
class HouseholdPoint:
    """A household: where it lies, what it has, and who is beside it."""

    household_id: int
    household_no: str
    name: str
    place: str
    lon: float | None
    lat: float | None
    state: str
    helper_ids: list[int]
    helpers: list[str]


@dataclass(frozen=True, slots=True)
class HelperPoint:
    """A helper who works in the place: where they set out from, how many households they have, how many places are free."""

    helper_id: int
    name: str
    kind: str
    kind_label: str
    lon: float | None
    lat: float | None
    load: int
    free: int


def villages_of(actor: Actor, area: Area | None, *, on: date) -> list[VillagePoint]:
    """The villages with households in reach below an area, or in all of the reach."""
    path = area.path if area else ""
    rows = household_scope(actor).filter(in_force(on)).filter(below(path)).order_by()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    points: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for home, has, count in counted_in_reach(actor, path, on):
        counted[path_at(home, AreaLevel.VILLAGE)].update(
            {
                "households": count,
                "with_cadre": count * has.cadre,
                "with_member": count * has.member,
                state_of(cadre=has.cadre, member=has.member, lead=has.lead): count,
            }
        )
    placed = rows.values_list("area_path").annotate(count=Count("pk"), lon=Avg("lon"), lat=Avg("lat"))
    for home, count, lon, lat in placed:
        if lon is not None and lat is not None:
            points[path_at(home, AreaLevel.VILLAGE)].append((float(lon), float(lat), count))
    areas = Area.objects.filter(path__in=counted)
    return [_village(row, CoverageFigures(**counted[row.path]), points[row.path]) for row in areas]


def _village(area: Area, figures: CoverageFigures, points: list[tuple[float, float, int]]) -> VillagePoint:
    """Where its seat is; else the middle of its households."""
    if area.lon is not None and area.lat is not None:
        return VillagePoint(area, figures, float(area.lon), float(area.lat))
    whole = sum(count for _lon, _lat, count in points)
    if not whole:
        return VillagePoint(area, figures, None, None)
    lon = sum(lon * count for lon, _lat, count in points) / whole
    lat = sum(lat * count for _lon, lat, count in points) / whole
    return VillagePoint(area, figures, lon, lat)


def points_of(actor: Actor, area: Area, *, on: date) -> tuple[list[HouseholdPoint], list[HelperPoint]]:
    """The households in reach below an area, by number, and everybody who stands beside one of them."""
    rows = household_scope(actor).filter(in_force(on)).filter(below(area.path)).select_related("area", "head")
    stated = states_of(rows, on).defer("phone", "bank_account", "head__id_number", "head__phone")
    beside: dict[int, list[tuple[int, str]]] = defaultdict(list)
    pairs = present(on).filter(below(area.path)).order_by("household_id", "role", "part")
    for household, helper, name in pairs.values_list("household_id", "helper_id", "helper__person__name"):
        beside[household].append((helper, name))
    households = [
        HouseholdPoint(
            household_id=row.pk,
            household_no=row.household_no,
            name=row.head.name if row.head else "",
            place=row.area.label,
            lon=None if row.lon is None else float(row.lon),
            lat=None if row.lat is None else float(row.lat),
            state=state_of(cadre=bool(row.cadre), member=bool(row.member), lead=bool(row.lead)),
            helper_ids=[helper for helper, _name in beside[row.pk]],
            helpers=[name for _helper, name in beside[row.pk]],
        )
        for row in stated.order_by("household_no")
    ]
    return households, _helpers({pk for row in households for pk in row.helper_ids}, on)


def _helpers(ids: set[int], on: date) -> list[HelperPoint]:
    counted = Pairing.objects.filter(in_force(on), in_force(on, "household__"), helper__in=ids).order_by()
    taken = dict(counted.values_list("helper_id").annotate(Count("household_id", distinct=True)))
    rows = Helper.objects.filter(Q(pk__in=ids)).select_related("person", "home_area").order_by("helper_no")
    return [_helper(row, taken.get(row.pk, 0)) for row in rows]


def _helper(row: Helper, load: int) -> HelperPoint:
    place = row if row.lon is not None and row.lat is not None else row.home_area
    known = place is not None and place.lon is not None and place.lat is not None
    return HelperPoint(
        helper_id=row.pk,
        name=row.person.name,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        lon=float(place.lon) if known and place else None,
        lat=float(place.lat) if known and place else None,
        load=load,
        free=max(0, row.places - load),
    )
