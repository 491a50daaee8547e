"""区划图形的来回: an outline comes with the workbook, is corrected by it, and goes out again; what is none is named."""

from __future__ import annotations

import json

from tests.workbook.books import with_cell
from yixian.domain.geometry import lines_of
from yixian.kernel.models import Event
from yixian.registry.models import AreaShape
from yixian.workbook.cells_shown import shown_text
from yixian.workbook.queries import faults_of
from yixian.workbook.register_rows import area_rows
from yixian.workbook.schema import sheet

SQUARE = [[103.0, 28.0], [103.1, 28.0], [103.1, 28.1], [103.0, 28.0]]
OUTLINE = json.dumps({"type": "Polygon", "coordinates": [SQUARE]}, indent=1)


def test_an_outline_comes_and_goes_with_the_workbook(entered, county_file, enter) -> None:
    before = AreaShape.objects.count()
    assert before == sum(bool(row["outline"]) for row in area_rows()) > 0
    first = next(iter(area_rows()))
    enter(with_cell(county_file, "areas", "outline", OUTLINE))
    shape = AreaShape.objects.get(area__code=first["code"])
    assert lines_of(shape.outline) == [[tuple(point) for point in SQUARE]]
    assert next(iter(area_rows()))["outline"] == shape.outline
    event = Event.objects.filter(kind="area.changed", subject_id=shape.area_id).latest("pk")
    assert "103.1" not in json.dumps(event.data)


def test_a_text_that_is_no_outline_is_named(entered, county_file, bring) -> None:
    batch = bring(with_cell(county_file, "areas", "outline", "东到大河"))
    assert {fault.rule for fault in faults_of(batch)} == {"shape.form"}


def test_a_geometry_is_shown_by_its_points() -> None:
    column = sheet("areas").column("outline")
    assert shown_text(column, OUTLINE.replace("\n", "")) in {"4 points", "4 个点"}
