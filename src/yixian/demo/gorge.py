"""峡谷: the invented county's places along its river — townships, villages and groups, with where they lie.

Names and codes are invented; the longitudes and latitudes lie in a region of gorges but point at nobody's village.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import atan2, cos, hypot, radians, sin
from random import Random

from yixian.demo.numbers import COUNTY_CODE
from yixian.demo.place_names import COUNTY, PROVINCE, Name, township_names, village_names
from yixian.demo.shape import Shape, split_whole

RIVER = (
    (103.262, 27.548, 641), (103.318, 27.604, 628), (103.296, 27.689, 611), (103.371, 27.742, 594),
    (103.458, 27.731, 578), (103.497, 27.816, 560), (103.463, 27.897, 541), (103.552, 27.948, 522),
    (103.641, 27.936, 503), (103.668, 28.027, 486), (103.617, 28.113, 465), (103.702, 28.171, 447),
    (103.811, 28.158, 428), (103.853, 28.243, 411), (103.814, 28.329, 394), (103.918, 28.402, 379),
    (104.021, 28.447, 365),
)  # fmt: skip
"""The river's bends from its entry to its leaving: longitude, latitude, metres above the sea."""

_KM_PER_DEGREE = 111.0


@dataclass(slots=True)
class Spot:
    """A point: degrees and metres above the sea."""

    lon: float
    lat: float
    metres: float = 0.0

    def moved(self, east_km: float, north_km: float) -> Spot:
        """Another point so far away, at the same height."""
        lat = self.lat + north_km / _KM_PER_DEGREE
        return Spot(self.lon + east_km / (_KM_PER_DEGREE * cos(radians(self.lat))), lat, self.metres)

    def columns(self) -> dict[str, object]:
        """The workbook's two columns."""
        return {"lon": degrees(self.lon), "lat": degrees(self.lat)}


@dataclass(slots=True)
class Group:
    """村民组."""

    code: str
    name: Name
    spot: Spot
    households: int


@dataclass(slots=True)
class Village:
    """A village with its groups; ``tongue`` is what is spoken at home beside Mandarin ("" for Mandarin only)."""

    code: str
    name: Name
    spot: Spot
    households: int
    tongue: str = ""
    is_town: bool = False
    groups: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Township:
    """A township with its villages."""

    code: str
    name: Name
    spot: Spot
    villages: list[Village] = field(default_factory=list)

    @property
    def households(self) -> int:
        """Households of all its villages."""
        return sum(village.households for village in self.villages)


def degrees(angle: float) -> Decimal:
    """Degrees to six decimals, as the workbook takes them."""
    return Decimal(round(angle * 1_000_000)).scaleb(-6)


def lay_out(shape: Shape, rng: Random) -> list[Township]:
    """All townships down the river, with villages, groups and the number of households in each."""
    weights = [rng.lognormvariate(0, 0.38) for _ in range(shape.villages)]
    sizes = split_whole(shape.households, weights, least=min(10, shape.households // shape.villages))
    townships: list[Township] = []
    names = village_names(rng)
    per_township = split_whole(
        shape.villages, [rng.uniform(0.8, 1.2) for _ in range(shape.townships)], least=2
    )
    place = 0
    for number, (count, name) in enumerate(zip(per_township, township_names(rng), strict=False), 1):
        code = f"{COUNTY_CODE}{_township_code(number, name):03d}"
        own = [
            _village(
                code, row + 1, next(names), sizes[place + row], (place + row + 0.5) / shape.villages, rng
            )
            for row in range(count)
        ]
        townships.append(Township(code, name, own[count // 2].spot, own))
        place += count
    _settle_towns(townships)
    _settle_tongues([village for township in townships for village in township.villages])
    return townships


def area_rows(townships: list[Township]) -> list[dict[str, object]]:
    """The sheet of areas, from the province down."""
    province = COUNTY_CODE[:2]
    seat = townships[len(townships) // 2].spot
    rows = [
        _row(province, "province", "", PROVINCE, Spot(102.9, 26.4)),
        _row(COUNTY_CODE, "county", province, COUNTY, seat),
    ]
    for township in townships:
        rows.append(_row(township.code, "township", COUNTY_CODE, township.name, township.spot))
        for village in township.villages:
            rows.append(_row(village.code, "village", township.code, village.name, village.spot))
            rows.extend(
                _row(group.code, "group", village.code, group.name, group.spot) for group in village.groups
            )
    return rows


def _row(code: str, level: str, parent: str, name: Name, spot: Spot) -> dict[str, object]:
    row: dict[str, object] = {"code": code, "level": level, "parent_code": parent}
    return row | {"name": name.zh, "name_en": name.en} | spot.columns()


def _township_code(number: int, name: Name) -> int:
    """Towns are numbered from 100 on, townships from 200 on (GB/T 10114)."""
    return (100 if name.zh.endswith("镇") else 200) + number


def _village(township: str, number: int, name: Name, size: int, along: float, rng: Random) -> Village:
    code = f"{township}{200 + number:03d}"
    spot = _near_river(along, rng)
    village = Village(code, name, spot, size)
    count = max(1, min(5, round(size / 43 + rng.uniform(-0.3, 0.4))))
    sizes = split_whole(size, [rng.uniform(0.7, 1.3) for _ in range(count)], least=1)
    for order, households in enumerate(sizes, 1):
        group_spot = spot.moved(rng.gauss(0, 0.7), rng.gauss(0, 0.7))
        group_spot.metres = max(380.0, spot.metres + rng.gauss(0, 60))
        group_name = Name(f"{name.zh}{_NUMERALS[order]}组", f"{name.en}, Group {order}")
        village.groups.append(Group(f"{code}{order:02d}", group_name, group_spot, households))
    return village


def _near_river(along: float, rng: Random) -> Spot:
    """A point at a share of the river's length, off to one side and up its slope."""
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(RIVER)]
    left = along * sum(legs)
    place = 0
    while left > legs[place] and place < len(legs) - 1:
        left -= legs[place]
        place += 1
    share = left / legs[place]
    (lon, lat, low), (next_lon, next_lat, next_low) = RIVER[place], RIVER[place + 1]
    bearing = atan2(next_lat - lat, next_lon - lon)
    off = rng.choice((-1, 1)) * (0.3 + rng.gammavariate(1.6, 1.5))
    spot = Spot(
        lon + share * (next_lon - lon), lat + share * (next_lat - lat), low + share * (next_low - low)
    )
    spot = spot.moved(-sin(bearing) * off, cos(bearing) * off)
    spot.metres += abs(off) * rng.uniform(140, 300)
    return spot


def _settle_towns(townships: list[Township]) -> None:
    """A village of every other township is a market town, whose people live at town prices."""
    for township in townships[::2]:
        village = township.villages[len(township.villages) // 2]
        village.is_town = True
        stem = village.name.zh.removesuffix("村")
        village.name = Name(f"{stem}社区", village.name.en.replace(" Village", " Community"))
        for group in village.groups:
            group.name = Name(
                group.name.zh.replace(f"{stem}村", f"{stem}社区", 1),
                group.name.en.replace(" Village", " Community"),
            )


def _settle_tongues(villages: list[Village]) -> None:
    """The highest villages speak Yi or Miao at home: one in seven Yi, one in eighteen Miao."""
    high = sorted((v for v in villages if not v.is_town), key=lambda village: -village.spot.metres)
    yi, miao = max(1, len(villages) // 7), len(villages) // 18
    for place, village in enumerate(high[: yi + miao]):
        village.tongue = "hmd" if place % 4 == 3 and miao > 0 else "iii"
        miao -= village.tongue == "hmd"


_NUMERALS = "零一二三四五六七八九"
