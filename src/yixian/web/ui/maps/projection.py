"""投影: from degrees to the drawing's units, north up, and how long a kilometre is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from yixian.domain.geometry import Point

WIDTH = 720
MIN_HEIGHT, MAX_HEIGHT = 380, 760
MARGIN = 44

_KM_PER_DEGREE = 111.32
_SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
_MAX_BAR = 160
_MIN_SPAN = 0.004
"""Degrees: closer than some hundred metres no map is drawn."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, true to scale in the middle: a county is too small for the difference to show."""

    west: float
    north: float
    per_degree: float
    shrink: float
    height: int
    left: float

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point stands in the drawing."""
        return (
            self.left + (point[0] - self.west) * self.shrink * self.per_degree,
            MARGIN + (self.north - point[1]) * self.per_degree,
        )

    @property
    def bar(self) -> tuple[float, float]:
        """The scale bar: kilometres that read well, and their length in the drawing."""
        per_km = self.per_degree / _KM_PER_DEGREE
        km = max((one for one in _SCALES if one * per_km <= _MAX_BAR), default=_SCALES[0])
        return km, km * per_km


def projection_of(points: Iterable[Point]) -> Projection | None:
    """The projection in which all these points find room; None where there are none."""
    found = list(points)
    if not found:
        return None
    west, east = _span([lon for lon, _lat in found])
    south, north = _span([lat for _lon, lat in found])
    shrink = cos(radians((south + north) / 2))
    across, down = (east - west) * shrink, north - south
    per_degree = min((WIDTH - 2 * MARGIN) / across, (MAX_HEIGHT - 2 * MARGIN) / down)
    height = max(MIN_HEIGHT, round(down * per_degree + 2 * MARGIN))
    north += (height - 2 * MARGIN - down * per_degree) / 2 / per_degree
    left = MARGIN + (WIDTH - 2 * MARGIN - across * per_degree) / 2
    return Projection(west, north, per_degree, shrink, height, left)


def _span(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    missing = max(0.0, _MIN_SPAN - (high - low)) / 2
    return low - missing, high + missing
