"""几何: outlines of places and lines of rivers as GeoJSON (RFC 7946): checked, written in one form, and their points.

Degrees (WGS 84) are no money: they are floats, rounded to five decimals, which is a metre.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from yixian.domain.errors import DomainError, gettext_noop

Point = tuple[float, float]
"""Longitude and latitude."""

MAX_POINTS = 1500
"""So many points fit into the cell of a spreadsheet, and are more than a screen can show."""

OUTLINE_KINDS = ("Polygon", "MultiPolygon")
LINE_KINDS = ("LineString", "MultiLineString")

_DECIMALS = 5
_DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
"""How many lists stand around the list of points."""

_MIN_RING, _MIN_LINE = 4, 2


class GeometryError(DomainError):
    """A text that is no outline or line. ``key`` names the rule that it breaks."""


def normalise_outline(text: str) -> str:
    """The outline of a place, a Polygon or MultiPolygon, in its one form. Raises `GeometryError`."""
    return _normalised(text, OUTLINE_KINDS)


def normalise_line(text: str) -> str:
    """The line of a river, a LineString or MultiLineString, in its one form. Raises `GeometryError`."""
    return _normalised(text, LINE_KINDS)


def lines_of(text: str) -> list[list[Point]]:
    """The rings or lines of a geometry in its one form; none of an empty text."""
    if not text:
        return []
    found = json.loads(text)
    return [
        [(point[0], point[1]) for point in one] for one in _lists(found["coordinates"], _DEPTH[found["type"]])
    ]


def outline_text(rings: list[list[Point]]) -> str:
    """Rings as the outline of a place."""
    return normalise_outline(json.dumps({"type": "Polygon", "coordinates": rings}))


def hull(points: Iterable[Point]) -> list[Point]:
    """The convex hull of points as a closed ring (Andrew's monotone chain); none of fewer than three that differ."""
    ordered = sorted(set(points))
    if len(ordered) < _MIN_RING - 1:
        return []
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return [*lower[:-1], *upper[:-1], lower[0]]


def _chain(points: list[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(first: Point, second: Point, third: Point) -> float:
    """More than nothing for a turn to the left."""
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])


def middle_of(points: Iterable[Point]) -> Point | None:
    """The mean of points; None of none."""
    found = list(points)
    if not found:
        return None
    return sum(lon for lon, _lat in found) / len(found), sum(lat for _lon, lat in found) / len(found)


def _normalised(text: str, kinds: tuple[str, ...]) -> str:
    try:
        found = json.loads(text)
        kind, coordinates = found["type"], found["coordinates"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise GeometryError("shape.form", gettext_noop("This is no geometry in GeoJSON.")) from error
    if kind not in kinds:
        raise GeometryError(
            "shape.kind", gettext_noop("A geometry of this kind does not fit here."), kinds=", ".join(kinds)
        )
    try:
        lists = list(_lists(coordinates, _DEPTH[kind]))
        rounded = [[_point(point) for point in one] for one in lists]
    except (TypeError, ValueError, IndexError) as error:
        raise GeometryError("shape.form", gettext_noop("This is no geometry in GeoJSON.")) from error
    _check(rounded, is_ring=kind in OUTLINE_KINDS)
    return json.dumps(
        {"type": kind, "coordinates": _nested(coordinates, _DEPTH[kind])}, separators=(",", ":")
    )


def _lists(coordinates: Any, depth: int) -> list[Any]:
    if not isinstance(coordinates, list):
        raise TypeError("no list")
    return [coordinates] if not depth else [one for part in coordinates for one in _lists(part, depth - 1)]


def _nested(coordinates: Any, depth: int) -> Any:
    if depth:
        return [_nested(part, depth - 1) for part in coordinates]
    return [list(_point(point)) for point in coordinates]


def _point(value: Any) -> Point:
    lon, lat = value[0], value[1]
    if isinstance(lon, bool) or isinstance(lat, bool) or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError("not on this earth")
    return round(float(lon), _DECIMALS), round(float(lat), _DECIMALS)


def _check(lists: list[list[Point]], *, is_ring: bool) -> None:
    if sum(len(one) for one in lists) > MAX_POINTS:
        raise GeometryError("shape.points", gettext_noop("There are too many points."), most=MAX_POINTS)
    for one in lists:
        if is_ring and (len(one) < _MIN_RING or one[0] != one[-1]):
            raise GeometryError("shape.ring", gettext_noop("The outline is not closed."))
        if len(one) < _MIN_LINE:
            raise GeometryError("shape.ring", gettext_noop("The outline is not closed."))
