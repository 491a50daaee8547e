"""图表: bars as long as their values, axes that read well, looks that differ without colour, nothing unescaped, a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from yixian.web.ui.cells import NUMBER, PERCENT
from yixian.web.ui.charts import Chart, ChartKind, Series, draw_chart
from yixian.web.ui.charts.amounts import large_yuan
from yixian.web.ui.charts.scales import round_up, scale_of
from yixian.web.ui.tables import Column, Empty, Table

pytestmark = pytest.mark.sqlite_enough


@dataclass(frozen=True)
class Place:
    name: str
    done: int
    late: int | None = None


TABLE = Table[Place](
    "Places",
    (
        Column("name", "Place", lambda row: row.name, place="lead"),
        Column("done", "Done", lambda row: row.done, NUMBER),
    ),
    Empty("No place"),
)
PLACES = [Place("云岭", 40, 4), Place("<b>平川</b>", 10)]


def drawn(kind: ChartKind, rows: list[Place] = PLACES, **more: Any) -> str:
    series = (
        Series[Place]("Done", lambda row: row.done),
        Series[Place]("Late", lambda row: row.late, "bad"),
    )
    chart = Chart[Place](
        name="places",
        kind=kind,
        title="How far",
        unit="Households",
        table=TABLE,
        label=lambda row: row.name,
        series=series,
        **more,
    )
    return str(draw_chart(chart, rows).svg)


def widths(svg: str) -> list[float]:
    return [float(one) for one in re.findall(r'<rect x="[\d.]+%" y="[^"]+" width="([\d.]+)%"', svg)]


@pytest.mark.parametrize(
    ("value", "top"), [(0, 2), (1, 2), (7, 8), (18, 20), (41, 50), (1181, 2000), (3001, 4000)]
)
def test_an_axis_ends_at_a_number_that_reads_well(value: int, top: int) -> None:
    assert round_up(Decimal(value)) == top


def test_an_axis_of_losses_is_symmetrical() -> None:
    scale = scale_of([-30, 12, None])
    assert scale.marks == (-40, 0, 40)
    assert scale.at(0) == 50
    assert scale.at(-20) == 25


def test_bars_are_as_long_as_their_values() -> None:
    done, late, least = widths(drawn(ChartKind.BARS))
    assert done == pytest.approx(4 * least, abs=0.01)
    assert done == pytest.approx(10 * late, abs=0.05)


def test_a_row_without_a_value_has_no_bar_and_a_target_is_a_line() -> None:
    assert len(widths(drawn(ChartKind.BARS))) == 3
    svg = drawn(ChartKind.BARS, target=lambda row: row.done * 2, target_name="Goal")
    assert svg.count('<line class="target"') == 2
    assert "Goal 80" in svg


def test_a_value_is_not_written_across_the_line_of_the_target() -> None:
    svg = drawn(ChartKind.BARS, target=lambda row: row.done * Decimal("1.05"), target_name="Goal")
    written = re.findall(r'<text class="value" x="([\d.]+)%"', svg)
    assert written == ["68.88", "6.56", "17.22"]  # at the line for 40 and 10, at the bar's own end for 4


def test_shares_of_a_whole_fill_it() -> None:
    svg = drawn(ChartKind.SHARES)
    found = [float(one) for one in re.findall(r'class="share"[^>]* width="([\d.]+)%"', svg)]
    assert found[0] + found[1] == pytest.approx(100, abs=0.02)
    assert found[2] == 100
    assert ">91%<" in svg


def test_columns_stand_on_each_other_and_what_is_ahead_stands_apart() -> None:
    svg = drawn(ChartKind.COLUMNS, is_ahead=lambda row: row.late is None)
    heights = [
        float(one) for one in re.findall(r'<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"', svg)
    ]
    assert heights[0] == pytest.approx(10 * heights[1], abs=0.5)
    assert svg.count('<g class="ahead">') == 1
    assert svg.count('class="now"') == 1


def test_lines_break_where_there_is_no_value() -> None:
    rows = [Place("a", 1, 1), Place("b", 2), Place("c", 3, 3)]
    late = re.findall(r'<path class="path series-2 is-bad" d="([^"]+)"', drawn(ChartKind.LINES, rows))[0]
    assert late.count("M") == 2
    assert "L" not in late


def test_looks_differ_without_colour_and_names_are_escaped() -> None:
    svg = drawn(ChartKind.BARS)
    first, second = re.findall(r"<pattern.*?</pattern>", svg)
    assert "<path" not in first
    assert "<path" in second
    assert "<b>" not in svg
    assert "&lt;b&gt;平川" in svg


def test_a_chart_says_what_it_shows_and_has_its_table_and_file() -> None:
    chart = Chart[Place](
        name="places",
        kind=ChartKind.BARS,
        title="How far",
        unit="Households",
        table=TABLE,
        label=lambda row: row.name,
        series=(Series("Done", lambda row: row.done),),
        kind_of_value=PERCENT,
    )
    with override("en"):
        shown = draw_chart(chart, PLACES)
        page = render_to_string("ui/chart.html", {"drawn": shown})
    assert 'role="img"' in shown.svg
    assert "highest 40% (云岭), lowest 10%" in shown.svg
    assert "<details" in page
    assert "<table" in page
    lines = unquote(shown.file).splitlines()
    assert lines[0].endswith("Place,Done")
    assert lines[1] == "云岭,40"


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (31_600_000_000, "3.16亿", "316 million"),
        (1_234_500, "1.23万", "12.34 thousand"),
        (99_900, "999", "999"),
        (-500_000_000, "-500万", "-5 million"),
    ],
)
def test_large_amounts_stand_in_the_units_of_the_language(fen: int, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert large_yuan(fen) == chinese
    with override("en"):
        assert large_yuan(fen) == english
