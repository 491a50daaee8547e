"""峡谷的边界: villages tile their townships, townships the county, and every seat lies within its own."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from yixian.demo.gorge import area_rows, lay_out
from yixian.demo.gorge_outlines import with_shapes
from yixian.demo.shape import shape_of
from yixian.domain.geometry import Point, lines_of


def area_of(ring: list[Point]) -> float:
    """Gauss's formula, in square degrees; clockwise rings (holes) count less than nothing."""
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring)) / 2


def is_inside(point: Point, ring: list[Point]) -> bool:
    crossed = False
    for one, other in pairwise(ring):
        if (one[1] > point[1]) != (other[1] > point[1]):
            share = (point[1] - one[1]) / (other[1] - one[1])
            crossed ^= point[0] < one[0] + share * (other[0] - one[0])
    return crossed


@pytest.mark.parametrize("households", [160, 12_000])
def test_places_tile_the_county_and_hold_their_seats(households: int) -> None:
    townships = lay_out(shape_of(households), Random(3))
    rows = {row["code"]: row for row in with_shapes(area_rows(townships), townships)}
    areas = {
        code: sum(area_of(ring) for ring in lines_of(str(row["outline"])))
        for code, row in rows.items()
        if row["outline"]
    }
    for township in townships:
        villages = sum(areas[village.code] for village in township.villages)
        assert areas[township.code] == pytest.approx(villages, rel=1e-4)
        for village in township.villages:
            (ring,) = lines_of(str(rows[village.code]["outline"]))
            assert is_inside((village.spot.lon, village.spot.lat), ring)
    county = next(row for row in rows.values() if row["level"] == "county")
    assert areas[county["code"]] == pytest.approx(sum(areas[one.code] for one in townships), rel=1e-4)
    assert len(lines_of(str(county["waterline"]))) == 1
