"""几何: outlines and lines as people hand them in, in one form; what is none is named by its rule."""

from __future__ import annotations

import json

import pytest

from yixian.domain.geometry import (
    MAX_POINTS,
    GeometryError,
    hull,
    lines_of,
    middle_of,
    normalise_line,
    normalise_outline,
    outline_text,
)

SQUARE = [[103.0, 28.0], [103.1, 28.0], [103.1, 28.1], [103.0, 28.1], [103.0, 28.0]]


def text(kind: str, coordinates: object) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates})


def test_equal_outlines_are_written_alike() -> None:
    written = normalise_outline(text("Polygon", [[[lon + 1e-9, lat, 600] for lon, lat in SQUARE]]))
    assert written == normalise_outline(text("Polygon", [SQUARE])) == normalise_outline(written)
    assert lines_of(written) == [[tuple(point) for point in SQUARE]]
    assert outline_text([[tuple(point) for point in SQUARE]]) == written


def test_several_parts_and_lines() -> None:
    assert len(lines_of(normalise_outline(text("MultiPolygon", [[SQUARE], [SQUARE]])))) == 2
    assert lines_of(normalise_line(text("LineString", SQUARE[:2]))) == [[(103.0, 28.0), (103.1, 28.0)]]
    assert len(lines_of(normalise_line(text("MultiLineString", [SQUARE[:2], SQUARE[2:]])))) == 2
    assert lines_of("") == []


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("云岭镇", "shape.form"),
        ("[1, 2]", "shape.form"),
        ("[" * 5000, "shape.form"),
        (text("Polygon", None), "shape.form"),
        (text("Polygon", [[["a", "b"]]]), "shape.form"),
        (text("Polygon", [[[203.0, 28.0]] * 4]), "shape.form"),
        (text("Point", [103.0, 28.0]), "shape.kind"),
        (text("LineString", SQUARE), "shape.kind"),
        (text("Polygon", [SQUARE[:-1]]), "shape.ring"),
        (text("Polygon", [SQUARE[:1] * 2]), "shape.ring"),
        (text("Polygon", [[SQUARE[0]] * (MAX_POINTS + 1)]), "shape.points"),
    ],
)
def test_what_is_no_outline_is_named(given: str, rule: str) -> None:
    with pytest.raises(GeometryError) as refused:
        normalise_outline(given)
    assert refused.value.key == rule


def test_a_line_of_one_point_is_none() -> None:
    with pytest.raises(GeometryError) as refused:
        normalise_line(text("LineString", SQUARE[:1]))
    assert refused.value.key == "shape.ring"


def test_a_hull_goes_around_all_points() -> None:
    inside = [(103.05, 28.05), (103.02, 28.03)]
    corners = {tuple(point) for point in SQUARE}
    ring = hull([*(tuple(point) for point in SQUARE), *inside])
    assert {*ring} == corners
    assert ring[0] == ring[-1]
    assert hull(inside) == []
    assert middle_of([(1.0, 2.0), (3.0, 4.0)]) == (2.0, 3.0)
    assert middle_of([]) is None
