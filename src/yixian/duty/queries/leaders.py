"""挂乡与驻村查询: which leaders and bodies stand with a place, on any day. All of it is public."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yixian.domain.areas import path_chain
from yixian.duty.models import Leadership, Stationing
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.models import Area, Organisation


def stationings_of_area(area: Area, *, on: date) -> list[Stationing]:
    """The bodies stationed at an area or above it on a day. Public."""
    return list(_stationings(area.path, on))


@memoised(Stationing, Organisation, Area)
def _stationings(path: str, on: date) -> tuple[Stationing, ...]:
    rows = Stationing.objects.filter(in_force(on), area_path__in=path_chain(path))
    return tuple(rows.select_related("organisation", "area").order_by("-area_path", "organisation__code"))


def stationings_of_organisation(organisation: Organisation, *, on: date) -> QuerySet[Stationing]:
    """The areas a body is stationed at on a day. Public."""
    return (
        Stationing.objects.filter(in_force(on), organisation=organisation)
        .select_related("area")
        .order_by("area_path")
    )


def leaders_of_area(area: Area, *, on: date) -> QuerySet[Leadership]:
    """The county leaders and the lead of the township that an area is, or lies in, on a day. Public."""
    return _leaders(on).filter(area_path__in=path_chain(area.path))


def leadership_history(area: Area) -> QuerySet[Leadership]:
    """Everybody who leads, led or is going to lead at a township, the latest first. Public."""
    rows = Leadership.objects.filter(area=area).select_related("helper__person", "helper__organisation")
    return rows.order_by("-valid_from", "-pk")


def stationing_history(area: Area) -> QuerySet[Stationing]:
    """Every body that is, was or is going to be stationed at an area itself, the latest first. Public."""
    return Stationing.objects.filter(area=area).select_related("organisation").order_by("-valid_from", "-pk")


def _leaders(on: date) -> QuerySet[Leadership]:
    rows = Leadership.objects.filter(in_force(on)).select_related(
        "helper__person", "helper__organisation", "area"
    )
    return rows.order_by("area_path", "kind", "valid_from")


def is_to_come(row: Leadership | Stationing, on: date) -> bool:
    """Whether it begins later and nobody has ended it."""
    return row.valid_from > on and row.valid_until is None
