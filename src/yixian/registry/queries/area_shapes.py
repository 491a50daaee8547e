"""区划图形查询: where places lie and how far they reach, for maps. Outlines of places are public, as their names are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yixian.domain.areas import path_chain
from yixian.domain.geometry import Point, hull, lines_of, middle_of
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.access import below, household_scope
from yixian.registry.models import Area, AreaShape


@dataclass(frozen=True, slots=True)
class PlaceShape:
    """A place by its path: its rings, and where its seat lies, if that is known.

    ``is_approximate``: no outline is recorded, and the ring is drawn around the homes that the actor reaches.
    """

    path: str
    rings: list[list[Point]]
    seat: Point | None
    is_approximate: bool = False


def place_shapes(actor: Actor, areas: Sequence[Area], *, on: date) -> dict[str, PlaceShape]:
    """The shapes of some places by their paths, as recorded, or as the homes in reach on a day lie."""
    recorded, _rivers = _recorded()
    homes = _homes(actor, [area.path for area in areas if area.path not in recorded], on)
    return {area.path: _shape(area, recorded.get(area.path), homes[area.path]) for area in areas}


def waterlines_at(path: str) -> list[list[Point]]:
    """The rivers recorded with a place, with one above it, or with one below."""
    above = path_chain(path) if path else []
    _outlines, rivers = _recorded()
    return [line for own, lines in rivers.items() if own in above or own.startswith(path) for line in lines]


def _shape(area: Area, rings: list[list[Point]] | None, homes: list[Point]) -> PlaceShape:
    seat = (float(area.lon), float(area.lat)) if area.lon is not None and area.lat is not None else None
    if rings is not None:
        return PlaceShape(area.path, rings, seat or middle_of(rings[0]))
    ring = hull(homes)
    return PlaceShape(area.path, [ring] if ring else [], seat or middle_of(homes), is_approximate=bool(ring))


@memoised(Area, AreaShape)
def _recorded() -> tuple[dict[str, list[list[Point]]], dict[str, list[list[Point]]]]:
    """Outlines and rivers, by the path of the place with which they are recorded."""
    rows = list(AreaShape.objects.values_list("area__path", "outline", "waterline"))
    outlines = {path: lines_of(outline) for path, outline, _water in rows if outline}
    return outlines, {path: lines_of(water) for path, _outline, water in rows if water}


def _homes(actor: Actor, paths: list[str], on: date) -> dict[str, list[Point]]:
    """Where the homes in reach lie, by the place of these in which they lie."""
    found: dict[str, list[Point]] = defaultdict(list)
    if not paths:
        return found
    within = Q(pk__in=())
    for path in paths:
        within |= below(path)
    rows = household_scope(actor).filter(in_force(on)).filter(within, lon__isnull=False, lat__isnull=False)
    for home, lon, lat in rows.order_by().values_list("area_path", "lon", "lat"):
        for path in paths:
            if home.startswith(path) and lon is not None and lat is not None:
                found[path].append((float(lon), float(lat)))
    return found
