"""Single cells: exactly what was written or a named rule, never a guess."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.workbook.cells_shown import shown
from yixian.workbook.import_fault_texts import MESSAGES
from yixian.workbook.schema import SHEETS, Column, sheet
from yixian.workbook.workbook_cells import WorkbookCellFault, parse_cell

QUANTITY = sheet("items").column("quantity")
PLACES = sheet("people").column("places")
SURVEYED = sheet("items").column("surveyed_on")
CODE = sheet("items").column("line_no")
TEXT = sheet("items").column("place")
COLUMNS = [column for page in SHEETS for column in page.columns]


def rule_of(column: Column, raw: object) -> str:
    with pytest.raises(WorkbookCellFault) as caught:
        parse_cell(column, raw)
    return caught.value.rule


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (86.4, "86.4"),
        (0.1 + 0.2, "0.3"),
        ("86.40", "86.4"),
        ("1,234.5", "1234.5"),
        (0, "0"),
        (1e7, "10000000"),
    ],
)
def test_quantities_are_read_exactly(raw, value):
    assert parse_cell(QUANTITY, raw) == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("1,5", "cell.number"),
        ("½", "cell.number"),
        ("①", "cell.number"),
        ("3²", "cell.number"),
        ("86.40 左右", "cell.number"),
        ("86.40㎡", "cell.item_unit"),
        ("86.4 平方米", "cell.item_unit"),
        ("1,086.4亩", "cell.item_unit"),
        ("٣", "cell.number"),
        ("1e3", "cell.number"),
        ("八十", "cell.number"),
        (True, "cell.number"),
        (time(3, 4), "cell.number"),
        (timedelta(days=1), "cell.number"),
        (datetime(2024, 1, 2), "cell.number"),  # noqa: DTZ001 - spreadsheets know no time zones
        ("８６", "cell.full_width"),
        (float("inf"), "cell.number"),
        (-0.1, "cell.low"),
        (1.23456, "cell.decimals"),
        (None, "cell.required"),
        ("  ", "cell.required"),
    ],
)
def test_what_is_no_quantity_is_named(raw, rule):
    assert rule_of(QUANTITY, raw) == rule


@pytest.mark.parametrize(
    "raw",
    [
        "2024-06-10",
        "2024/6/10",
        "2024.6.10",
        "2024年6月10日",
        "2024-06-10 00:00:00",
        "2024/6/10 0:00",
        "2024年6月10号",
        "二〇二四年六月十日",
        "２０２４-06-10",
        "20240610",
        20240610,
        20240610.0,
        "2024-06-10 08:30:00",
        date(2024, 6, 10),
    ],
)
def test_days_are_read_in_the_forms_people_write(raw):
    assert parse_cell(SURVEYED, raw) == date(2024, 6, 10)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("2013-02-30", "cell.date"),
        ("24-06-10", "cell.day_year"),
        ("10/06/2024", "cell.day_order"),
        ("2024-6.10", "cell.day_form"),
        (45000.0, "cell.day_number"),
        (45000.5, "cell.day_number"),
        (2024, "cell.day_number"),
        (20241301, "cell.day_number"),
        ("昨天", "cell.day_form"),
        ("0213-01-05", "cell.early"),
        (date(1900, 12, 31), "cell.early"),
    ],
)
def test_what_is_no_day_is_named(raw, rule):
    assert rule_of(SURVEYED, raw) == rule


def test_a_number_with_its_unit_is_proposed_without_it():
    with pytest.raises(WorkbookCellFault) as caught:
        parse_cell(PLACES, "5户")
    assert (caught.value.rule, caught.value.params) == ("cell.unit", {"proposal": "5"})


def test_full_width_digits_are_named_with_what_to_write_instead():
    with pytest.raises(WorkbookCellFault) as caught:
        parse_cell(CODE, "１２３")
    assert caught.value.params == {"proposal": "123"}


def test_numbers_that_the_spreadsheet_cut_are_not_taken():
    assert rule_of(sheet("persons").column("id_number"), 5.3062519700101e17) == "cell.precision"
    assert parse_cell(CODE, 530625101201.0) == "530625101201"
    assert rule_of(CODE, 1.5) == "cell.text"


def test_text_is_text():
    assert rule_of(TEXT, time(1, 2)) == "cell.text"
    assert rule_of(TEXT, "a\u200bb") == "cell.hidden"
    assert parse_cell(TEXT, "=1+1") == "=1+1"


@pytest.mark.parametrize(
    ("raw", "proposal"),
    [
        ("瓦房\n林村", "瓦房林村"),
        ("北岸\r\n\r\n24号", "北岸24号"),
        ("Road 1,\tKey", "Road 1, Key"),
        ("一\u2028二", "一二"),
    ],
)
def test_a_line_break_within_a_cell_is_named_with_the_line_meant(raw: str, proposal: str):
    for column in (TEXT, sheet("persons").column("name")):
        with pytest.raises(WorkbookCellFault) as caught:
            parse_cell(column, raw)
        assert (caught.value.rule, caught.value.params) == ("cell.break", {"proposal": proposal})
    assert parse_cell(TEXT, "\n瓦房林村\r\n") == "瓦房林村"


def test_whatever_is_hidden_is_not_printable():
    """Cells of printable characters are not looked at one by one."""
    hidden = {"Cc", "Cf", "Co", "Cs"}
    everything = map(chr, range(sys.maxunicode + 1))
    assert not [one for one in everything if one.isprintable() and category(one) in hidden]


@given(
    st.sampled_from(COLUMNS), st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.none()
)
def test_any_cell_is_a_value_or_a_named_fault(column, raw):
    value = outcome(column, raw)
    if isinstance(value, WorkbookCellFault):
        assert value.rule in MESSAGES
        return
    again = shown(column, value)
    assert outcome(column, float(again) if isinstance(again, Decimal) else again) == value


def outcome(column: Column, raw: object) -> object:
    """The value, or the fault."""
    try:
        return parse_cell(column, raw)
    except WorkbookCellFault as fault:
        return fault


@pytest.mark.parametrize(("typed", "meant"), [("⽉亮村", "月亮村"), ("⻩坪", "黄坪"), ("\uf90a沙", "金沙")])
def test_a_radical_in_place_of_a_character_is_named_with_the_one_that_is_meant(typed, meant):
    with pytest.raises(WorkbookCellFault) as caught:
        parse_cell(TEXT, typed)
    assert (caught.value.rule, caught.value.params) == ("cell.radical", {"proposal": meant})
