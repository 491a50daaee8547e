"""A village's sheet of what the pack asks: downloaded, filled in, handed in; every wrong cell named and nothing half entered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_household, make_user
from tests.inventory.test_facts import AT, ON, SYSTEM, _adopted, _item, _land, group, household, tuoba  # noqa: F401
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement
from yixian.domain.policy import Input
from yixian.inventory.actions.record_facts import FactKey
from yixian.inventory.models import HouseholdFact, ItemFact
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event, RecordRead
from yixian.kernel.roles import Role
from yixian.registry.actions.decide_change import agree
from yixian.registry.models import ProposedChange
from yixian.workbook.fact_sheet import HOUSEHOLDS, ITEMS, read_facts, write_facts

pytestmark = pytest.mark.django_db
ANSWERS = {"farmers": 3, "move": "远迁", "settle": "rural", "frame_price": "1180.50"}
PAPER = {"on": ON.isoformat(), "document_no": "调查卡1", "document_date": "2026-11-01", "reason": "补登"}
PLOT = {"land_use": "水田", "scope": "flooded", "coefficient": 1, "group_mu": 1.25}


def filled(content: bytes, *changes: tuple[str, str, str, object]) -> bytes:
    """The sheet with cells filled in: (sheet, row's number, column's name, value)."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, number, name, value in changes:
        page = book[sheet]
        names = [cell.value for cell in page[2]]
        row = next(row for row in range(3, page.max_row + 1) if page.cell(row, 1).value == number)
        page.cell(row, names.index(name) + 1).value = value
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def village(group, household, tuoba):  # noqa: F811
    """Two households with a field each, under a pack that asks seven things about them."""
    county = _adopted("tuoba", group)
    lines = {one.household_no: _item(one, _land(tuoba), "2.5") for one in (household, make_household(group))}
    return county, group.parent, lines


def answers(lines, **changes):
    """Everything that the pack asks, for every household and field."""
    for number, line in lines.items():
        for name, value in ANSWERS.items():
            yield HOUSEHOLDS, number, name, changes.get(name, value)
        for name, value in PLOT.items():
            yield ITEMS, line, name, changes.get(name, value)


def test_out_filled_in_and_in_again_a_village_is_calculated(village, tuoba, client):  # noqa: F811
    county, place, lines = village
    client.force_login(make_user(Role.BUREAU_CLERK, area_path=county.path))
    sheet = client.get(f"/staff/facts/{place.pk}/sheet.xlsx")
    assert RecordRead.objects.count() == 2
    whole = filled(sheet.content, *answers(lines))
    given = {**PAPER, "sheet": SimpleUploadedFile("a.xlsx", whole)}
    done = client.post(f"/staff/facts/?area={place.pk}", given)
    assert done.status_code == 302, done.content.decode()
    assert not HouseholdFact.objects.exists(), "nothing is entered before a second person agrees"
    lead = make_user(Role.BUREAU_LEAD, area_path=county.path)
    agree(ProposedChange.objects.get().pk, actor=actor_for(lead, at=AT), at=AT)
    assert (HouseholdFact.objects.count(), ItemFact.objects.count()) == (8, 8)
    assert Event.objects.filter(kind="facts.recorded").count() == 2
    assert set(ItemFact.objects.filter(name="group_mu").values_list("value", flat=True)) == {"1.25"}
    calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    assert set(Statement.objects.values_list("status", flat=True)) == {"issued"}

    again, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="zh")
    values, faults = read_facts(BytesIO(again), SYSTEM, place, tuoba, on=ON)
    assert faults == []
    assert values[next(iter(lines))][FactKey("", "move")] == "far"
    repeated = {**given, "sheet": SimpleUploadedFile("a.xlsx", again)}
    assert "没有任何改动" in client.post(f"/staff/facts/?area={place.pk}", repeated).content.decode()
    assert (HouseholdFact.objects.count(), Event.objects.filter(kind="facts.recorded").count()) == (8, 2)


def test_an_empty_cell_changes_nothing(village, tuoba):  # noqa: F811
    _county, place, lines = village
    empty, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="en")
    assert read_facts(BytesIO(empty), SYSTEM, place, tuoba, on=ON) == ({}, [])
    one = next(iter(lines))
    some = filled(empty, (HOUSEHOLDS, one, "farmers", "2"))
    values, faults = read_facts(BytesIO(some), SYSTEM, place, tuoba, on=ON)
    assert (values, faults) == ({one: {FactKey("", "farmers"): "2"}}, [])


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("move", "很远", "choice"),
        ("farmers", "两个", "number"),
        ("farmers", 2.5, "digits"),
        ("frame_price", "0", "range"),
        ("frame_price", 1180.1234567890123, "cut"),
        ("unit_price", "400", "not_asked"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_entered(village, tuoba, client, name, value, rule):  # noqa: F811
    county, place, lines = village
    sheet, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="zh")
    number, line = next(iter(lines.items()))
    where = (ITEMS, line) if name == "unit_price" else (HOUSEHOLDS, number)
    wrong = filled(sheet, *answers(lines), (*where, name, value))
    _values, faults = read_facts(BytesIO(wrong), SYSTEM, place, tuoba, on=ON)
    assert [(one.sheet, one.row, one.rule) for one in faults] == [(where[0], 3, rule)]
    client.force_login(make_user(Role.BUREAU_CLERK, area_path=county.path))
    given = {**PAPER, "sheet": SimpleUploadedFile("a.xlsx", wrong)}
    refused = client.post(f"/staff/facts/?area={place.pk}", given)
    assert refused.status_code == 422
    assert re.search(r"有\s1\s格不对", refused.content.decode())
    assert not HouseholdFact.objects.exists()
    assert not ItemFact.objects.exists()


def test_rows_of_elsewhere_and_rows_twice_are_named(village, tuoba):  # noqa: F811
    _county, place, lines = village
    content, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="zh")
    book = openpyxl.load_workbook(BytesIO(content))
    page = book[HOUSEHOLDS]
    page.append(["T999999"])
    page.append([next(iter(lines))])
    written = BytesIO()
    book.save(written)
    _values, faults = read_facts(BytesIO(written.getvalue()), SYSTEM, place, tuoba, on=ON)
    assert [(one.row, one.value, one.rule) for one in faults] == [
        (5, "T999999", "unknown_row"),
        (6, next(iter(lines)), "twice"),
    ]
    _values, faults = read_facts(BytesIO(b"nothing"), SYSTEM, place, tuoba, on=ON)
    assert [one.rule for one in faults] == ["unreadable"]
    del book[ITEMS]
    written = BytesIO()
    book.save(written)
    _values, faults = read_facts(BytesIO(written.getvalue()), SYSTEM, place, tuoba, on=ON)
    assert "no_sheet" in {one.rule for one in faults}


@pytest.mark.parametrize(("value", "rule"), [("#N/A", "error"), ("=1+1", "formula")])
def test_what_nobody_wrote_in_a_cell_is_named(village, tuoba, value, rule):  # noqa: F811
    _county, place, lines = village

    sheet, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="zh")
    number = next(iter(lines))
    _found, faults = read_facts(
        BytesIO(filled(sheet, (HOUSEHOLDS, number, "farmers", value))), SYSTEM, place, tuoba, on=ON
    )
    assert [(fault.sheet, fault.rule) for fault in faults] == [(HOUSEHOLDS, rule)]


def test_a_column_that_is_there_twice_and_merged_cells_are_named(village, tuoba):  # noqa: F811
    _county, place, _lines = village

    sheet, _ids = write_facts(SYSTEM, place, tuoba, on=ON, lang="zh")
    book = openpyxl.load_workbook(BytesIO(sheet))
    page = book[HOUSEHOLDS]
    last = page.max_column + 1
    page.cell(1, last).value, page.cell(2, last).value = "务农人数", "farmers"
    page.merge_cells("E3:E4")
    written = BytesIO()
    book.save(written)
    found, faults = read_facts(written, SYSTEM, place, tuoba, on=ON)
    assert found == {}
    assert {(fault.sheet, fault.rule) for fault in faults} == {
        (HOUSEHOLDS, "column_twice"),
        (HOUSEHOLDS, "merged"),
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (datetime(2024, 2, 29), "2024-02-29"),  # noqa: DTZ001 - a spreadsheet's days have no zone
        ("2024-02-29", "2024-02-29"),
        (datetime(2024, 2, 29, 12), "2024-02-29"),  # noqa: DTZ001 - a time of day takes nothing from the day
        ("2023-02-29", ""),
        (45351, ""),
    ],
)
def test_a_fact_that_is_a_day_is_entered_as_one(village, tuoba, cell, value):  # noqa: F811
    _county, place, lines = village
    low, high = (Decimal(date(year, 1, 1).toordinal()) for year in (1990, 2060))
    moved = Input("moved", "搬迁日", "day of moving", "", low, high, 0, is_day=True)
    pack = replace(tuoba, household_inputs={"moved": moved}, item_inputs={})
    empty, _ids = write_facts(SYSTEM, place, pack, on=ON, lang="en")
    one = next(iter(lines))
    values, faults = read_facts(
        BytesIO(filled(empty, (HOUSEHOLDS, one, "moved", cell))), SYSTEM, place, pack, on=ON
    )
    assert values == ({one: {FactKey("", "moved"): value}} if value else {})
    assert [fault.rule for fault in faults] == ([] if value else ["day"])
