"""单元格: what stands in a cell of a list: local moments, money with its decimals, and nothing that a browser could run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from yixian.web.ui.cells import (
    DATE,
    DAYS,
    DECIMAL,
    LINES,
    MOMENT,
    MONEY,
    NAMES,
    NUMBER,
    TEXT,
    YUAN,
    Badge,
    Kind,
    soft,
)
from yixian.web.ui.tables import Column, Empty, Table

LOCAL = datetime(2026, 5, 4, 0, 30)  # noqa: DTZ001 - as a spreadsheet has it
NONE = '<span class="none">—</span>'  # phones leave it out where no heading says what is missing
HOSTILE = "<b onclick=x>&\"'"


@pytest.mark.parametrize(
    ("kind", "value", "shown", "filed"),
    [
        (MOMENT, datetime(2026, 5, 3, 16, 30, tzinfo=UTC), "2026-05-04 00:30", LOCAL),
        (DATE, date(2026, 5, 4), "2026-05-04", date(2026, 5, 4)),
        (DAYS, (date(2026, 5, 4), date(2026, 6, 1)), "2026-05-04 – 2026-06-01", "2026-05-04 – 2026-06-01"),
        (MONEY, 4579200, "45,792.00", Decimal("45792.00")),
        (YUAN, 5, "¥0.05", Decimal("0.05")),
        (DECIMAL, Decimal("80.5000"), "80.5", Decimal("80.5")),
        (NUMBER, 12000, "12,000", 12000),
        (NUMBER, 0, "0", 0),
        (TEXT, "", NONE, ""),
        (MONEY, None, NONE, None),
    ],
)
def test_a_value_stands_on_a_page_and_in_a_file(kind: Kind, value: object, shown: str, filed: object) -> None:
    assert (kind.shown(value), kind.filed(value)) == (shown, filed)


def test_nothing_in_a_row_is_taken_for_html() -> None:
    columns = (
        Column("a", HOSTILE, lambda row: row, link=lambda row: row, under=lambda row: row),
        Column("b", "b", Badge),
        Column("c", "c", lambda row: [row], NAMES),
        Column("d", "d", lambda row: [row], LINES),
    )
    html = Table("table", columns, Empty("nothing")).rows_html([HOSTILE])
    assert html.count("&lt;b onclick=x&gt;&amp;") == 7
    assert "<b" not in html


@pytest.mark.parametrize(
    ("kind", "place", "labelled"),
    [(MONEY, "", True), (NUMBER, "", True), (MONEY, "corner", False), (TEXT, "", False)],
)
def test_no_number_stands_on_a_phone_without_what_it_is(kind: Kind, place: str, labelled: bool) -> None:
    column = Column("sum", "Sum", lambda row: row, kind, place=place)
    assert ("labelled" in column.css.split()) == labelled


def test_the_comma_stands_with_the_name_before_it() -> None:
    assert NAMES.shown(["张三", "李四"]) == '<span class="keep">张三、</span><span class="keep">李四</span>'
    assert "—" in NAMES.shown([])


def test_no_line_breaks_a_day_at_its_hyphens() -> None:
    day = '<span class="num">2026-12-21</span>'
    assert soft("Decide · 2026-12-21") == f'<span class="soft small under">Decide · {day}</span>'
    assert day in Badge("by 2026-12-21").__html__()
    assert Badge(gettext_lazy("Late")).__html__() == '<span class="tag">逾期</span>'
    assert "num" not in soft("53990110120101-0007-01")
    link = mark_safe('<a href="/policy/?on=2026-12-21">')
    assert str(link) in soft(link)
