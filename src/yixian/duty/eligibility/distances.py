"""位置: where households are and helpers set out from, and the way between them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from yixian.domain.areas import AreaLevel, path_at
from yixian.lazy_imports import np
from yixian.registry.models import Helper, Household

UNKNOWN_METRES = 20_000
_EARTH_METRES = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Places:
    """Places as parallel arrays; angles in radians, NaN where unknown."""

    lon: np.ndarray
    lat: np.ndarray

    def at(self, positions: np.ndarray) -> Places:
        """The places at some positions."""
        return Places(self.lon[positions], self.lat[positions])


def villages_of(household: Household) -> set[str]:
    """The paths of the household's own village, and of the one that takes it in where that is settled."""
    own = {path_at(household.area_path, AreaLevel.VILLAGE)}
    return own | {household.host_area.path} if household.host_area is not None else own


def places_of(rows: list[Household] | list[Helper]) -> Places:
    """Where each of them is."""
    points = [point(row) for row in rows]
    return Places(
        np.radians(np.array([point[0] for point in points], dtype=np.float64)),
        np.radians(np.array([point[1] for point in points], dtype=np.float64)),
    )


def point(row: Household | Helper) -> tuple[float, float]:
    """Where it is: its own place, else its area's seat, else unknown (NaN)."""
    area = row.area if isinstance(row, Household) else row.home_area
    for place in (row, area):
        if place is not None and place.lon is not None and place.lat is not None:
            return float(place.lon), float(place.lat)
    return float("nan"), float("nan")


def metres(homes: Places, helpers: Places) -> np.ndarray:
    """Great-circle metres, households down and helpers across, whole metres (haversine on a sphere)."""
    lat1, lat2 = homes.lat[:, None], helpers.lat[None, :]
    half_lat = np.sin((lat2 - lat1) / 2) ** 2
    half_lon = np.sin((helpers.lon[None, :] - homes.lon[:, None]) / 2) ** 2
    chord = np.clip(half_lat + np.cos(lat1) * np.cos(lat2) * half_lon, 0.0, 1.0)
    way = 2 * _EARTH_METRES * np.arcsin(np.sqrt(chord))
    return np.where(np.isnan(way), UNKNOWN_METRES, np.rint(way)).astype(np.int64)


def ways(household: Household, helpers: Iterable[Helper]) -> list[int]:
    """The same for one household, in plain Python: a page that shows one household asks for no arrays."""
    home = tuple(map(math.radians, point(household)))
    return [_metres(home, tuple(map(math.radians, point(helper)))) for helper in helpers]


def way(household: Household, helper: Helper) -> int:
    """Metres from where the helper sets out to the household: the cost of the pair."""
    return ways(household, [helper])[0]


def _metres(home: tuple[float, ...], base: tuple[float, ...]) -> int:
    (lon1, lat1), (lon2, lat2) = home, base
    half_lat, half_lon = math.sin((lat2 - lat1) / 2) ** 2, math.sin((lon2 - lon1) / 2) ** 2
    chord = half_lat + math.cos(lat1) * math.cos(lat2) * half_lon
    if math.isnan(chord):
        return UNKNOWN_METRES
    return round(2 * _EARTH_METRES * math.asin(math.sqrt(min(max(chord, 0.0), 1.0))))
