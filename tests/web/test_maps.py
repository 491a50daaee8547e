"""地图: everything lies where it is, names cover nothing, marks are links that say what they mark, and the scale is true."""

from __future__ import annotations

import re
from itertools import pairwise
from math import cos, radians

import pytest

from yixian.web.ui.maps import MapMark, MapPlace, MapView, draw_map
from yixian.web.ui.maps.names import place_names
from yixian.web.ui.maps.projection import MARGIN, WIDTH, projection_of

pytestmark = pytest.mark.sqlite_enough

RING = [(103.0, 28.0), (103.4, 28.0), (103.4, 28.2), (103.0, 28.2), (103.0, 28.0)]


def view(*marks: MapMark, places: list[MapPlace] | None = None) -> MapView:
    given = [MapPlace("云岭<镇>", [RING], (103.2, 28.1))] if places is None else places
    return MapView(
        name="map",
        title="Map",
        places=given,
        water=[[(103.0, 28.1), (103.4, 28.1)]],
        marks=list(marks),
        legend=[],
    )


def test_north_is_up_and_everything_finds_room() -> None:
    projection = projection_of(RING)
    assert projection is not None
    west, north = projection.at((103.0, 28.2))
    east, south = projection.at((103.4, 28.0))
    assert west < east
    assert north < south
    assert (west, east) == pytest.approx((MARGIN, WIDTH - MARGIN))
    assert (east - west) / (south - north) == pytest.approx(0.4 * cos(radians(28.1)) / 0.2)
    assert projection_of([]) is None


def test_the_scale_is_true() -> None:
    projection = projection_of(RING)
    assert projection is not None
    km, length = projection.bar
    assert km == 5
    assert length == pytest.approx(5 / 111.32 * projection.per_degree)


def test_a_mark_is_a_link_that_says_what_it_marks() -> None:
    mark = MapMark((103.2, 28.1), "<b>3 lack</b>", "/staff/?a=1&b=2", "bad", "3", 1.0)
    svg = str(draw_map(view(mark)).svg)
    assert (
        '<a class="mark mark-bad" href="/staff/?a=1&amp;b=2" aria-label="&lt;b&gt;3 lack&lt;/b&gt;">' in svg
    )
    assert "云岭&lt;镇&gt;" in svg
    assert 'role="group"' in svg


def test_looks_differ_in_shape() -> None:
    shapes = {
        look: re.findall(
            r'aria-label="x"><title>x</title><(\w+)',
            str(draw_map(view(MapMark((103.2, 28.1), "x", "/", look))).svg),
        )
        for look in ("bad", "warn", "loss")
    }
    assert shapes == {"bad": ["circle"], "warn": ["rect"], "loss": ["polygon"]}


def test_names_cover_neither_each_other_nor_marks() -> None:
    wanted = [
        ("云岭镇", 300.0, 200.0),
        ("平川乡", 310.0, 205.0),
        ("石门坎乡", 320.0, 202.0),
        ("云岭镇二", 305.0, 210.0),
    ]
    placed = place_names(wanted, [(280, 190, 320, 210)], 400)
    assert {one.name for one in placed if not one.is_wide} < {name for name, _x, _y in wanted}
    lines = sorted(one.y for one in placed)
    assert all(later - earlier > 10 for earlier, later in pairwise(lines))


def test_a_name_that_finds_no_room_is_left_out() -> None:
    assert place_names([("云岭镇", 300.0, 200.0)], [(0, 0, WIDTH, 400)], 400) == []


def test_where_nothing_lies_anywhere_there_is_no_drawing() -> None:
    assert draw_map(view(places=[MapPlace("云岭镇", [], None)])).svg == ""


def test_an_outline_around_homes_is_said_to_be_approximate() -> None:
    drawn = draw_map(view(places=[MapPlace("云岭镇", [RING], None, is_approximate=True)]))
    assert drawn.is_approximate
    assert "is-approximate" in drawn.svg
