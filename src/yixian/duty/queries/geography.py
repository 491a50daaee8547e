"""地图查询: where households and helpers lie, and how each stands on a day; only what the actor reaches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from yixian.duty.models import Pairing
from yixian.duty.queries.coverage_board import state_of, states_of
from yixian.duty.queries.presence import present
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import below, household_scope
from yixian.registry.models import Area, Helper


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
