"""峡谷的边界: outlines of the invented county's places along its river, townships one after another, villages around their seats.

The county is a band along the river's main direction. A village is what of it lies nearest to its seat, a township its villages
together. All of it follows from where the villages lie: nothing is drawn by lot.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import sin

from yixian.demo.gorge import RIVER, Spot, Township
from yixian.demo.numbers import COUNTY_CODE
from yixian.domain.geometry import Point, normalise_line, outline_text

_EAST, _NORTH = 0.645, 0.764
"""The direction in which the river runs, of length one: across it, it never turns back."""

_HALF_WIDTH, _BEFORE = 0.125, 0.06
"""Half the band's width, and how far the county reaches beyond the first and last villages, in degrees."""

_COMES_FROM, _LEAVES_TO = (103.2, 27.49), (104.11, 28.49)
"""Where the river crosses the county's border."""

_CORNERS, _SIDE = 7, 60
"""Points of the border across the river, and along it on either side."""


def with_shapes(rows: list[dict[str, object]], townships: Sequence[Township]) -> list[dict[str, object]]:
    """The rows of areas with the workbook's columns of outline and river."""
    shapes = _shapes(townships)
    return [row | {"outline": "", "waterline": ""} | shapes.get(str(row["code"]), {}) for row in rows]


def _shapes(townships: Sequence[Township]) -> dict[str, dict[str, object]]:
    """The columns by the code of the place."""
    county = _county(townships)
    seats = [village.spot for township in townships for village in township.villages]
    rows: dict[str, dict[str, object]] = {
        COUNTY_CODE: {"outline": outline_text([[*county, county[0]]]), "waterline": _river()}
    }
    for township in townships:
        cells = [_nearest(county, village.spot, seats) for village in township.villages]
        rows[township.code] = {"outline": outline_text(_around(cells))}
        for village, cell in zip(township.villages, cells, strict=True):
            rows[village.code] = {"outline": outline_text([[*cell, cell[0]]])}
    return rows


def _river() -> str:
    points = [_COMES_FROM, *((lon, lat) for lon, lat, _metres in RIVER), _LEAVES_TO]
    return normalise_line(json.dumps({"type": "LineString", "coordinates": points}))


def _along(lon: float, lat: float) -> float:
    return (lon - RIVER[0][0]) * _EAST + (lat - RIVER[0][1]) * _NORTH


def _at(along: float, across: float) -> Point:
    """A point of the band by how far along and across it lies, bent a little so that no border is a ruler's."""
    bent = along + 0.012 * sin(37 * across + 11 * along)
    wide = across * (1 + 0.16 * sin(9 * along) + 0.05 * sin(31 * along))
    middle = _middle(along)
    return (
        RIVER[0][0] + bent * _EAST - (wide + middle) * _NORTH,
        RIVER[0][1] + bent * _NORTH + (wide + middle) * _EAST,
    )


def _middle(along: float) -> float:
    """How far the river lies to the left of its main direction there."""
    bends = [
        (_along(lon, lat), -(lon - RIVER[0][0]) * _NORTH + (lat - RIVER[0][1]) * _EAST)
        for lon, lat, _m in RIVER
    ]
    if along <= bends[0][0]:
        return bends[0][1]
    for (start, left), (end, right) in pairwise(bends):
        if along <= end:
            return left + (right - left) * (along - start) / (end - start)
    return bends[-1][1]


def _county(townships: Sequence[Township]) -> list[Point]:
    """The band's border, counterclockwise."""
    along = [_along(one.spot.lon, one.spot.lat) for township in townships for one in township.villages]
    first, last = min(along) - _BEFORE, max(along) + _BEFORE
    shares = [step / (_CORNERS - 1) for step in range(_CORNERS)]
    side = [first + (last - first) * step / _SIDE for step in range(_SIDE)]
    ring = [_at(here, -_HALF_WIDTH) for here in side]
    ring += [_at(last, _HALF_WIDTH * (2 * share - 1)) for share in shares]
    ring += [_at(here, _HALF_WIDTH) for here in reversed(side[1:])]
    ring += [_at(first, _HALF_WIDTH * (1 - 2 * share)) for share in shares[:-1]]
    return [_rounded(point) for point in ring]


def _rounded(point: Point) -> Point:
    return round(point[0], 5), round(point[1], 5)


def _nearest(ring: list[Point], seat: Spot, others: Sequence[Spot]) -> list[Point]:
    """What of a ring lies nearer to a seat than to any other: cut off along the line in the middle between each two."""
    for other in others:
        if other is not seat:
            ring = _cut_off(ring, seat, other)
    rounded = [_rounded(point) for point in ring]
    return [here for here, before in zip(rounded, [rounded[-1], *rounded], strict=False) if here != before]


def _around(cells: Sequence[list[Point]]) -> list[list[Point]]:
    """The rings around cells that border on each other: a border between two is run through both ways, and falls out."""
    edges = {edge for cell in cells for edge in pairwise([*cell, cell[0]])}
    onward: dict[Point, list[Point]] = defaultdict(list)
    for here, there in sorted(edge for edge in edges if edge[::-1] not in edges):
        onward[here].append(there)
    rings = []
    while onward:
        start = min(onward)
        ring = [start]
        while len(ring) == 1 or ring[-1] != start:
            ahead = onward[ring[-1]]
            ring.append(ahead.pop())
            if not ahead:
                del onward[ring[-2]]
        rings.append(ring)
    return sorted(rings, key=len, reverse=True)


def _cut_off(ring: list[Point], seat: Spot, other: Spot) -> list[Point]:
    """Sutherland and Hodgman's clipping by one line."""

    def beyond(point: Point) -> float:
        east, north = other.lon - seat.lon, other.lat - seat.lat
        return (point[0] - (seat.lon + other.lon) / 2) * east + (
            point[1] - (seat.lat + other.lat) / 2
        ) * north

    kept: list[Point] = []
    for here, there in pairwise([*ring, ring[0]]):
        before, after = beyond(here), beyond(there)
        if before <= 0:
            kept.append(here)
        if (before <= 0) != (after <= 0):
            share = before / (before - after)
            kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
    return kept
