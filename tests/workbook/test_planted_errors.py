"""A workbook with every kind of error planted in it: each is named by sheet, row and column, and nothing is entered."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from yixian.kernel.errors import Refused
from yixian.registry.models import Area, Household, Person
from yixian.workbook.actions.commit import commit
from yixian.workbook.models import BatchState
from yixian.workbook.queries import faults_of, notes_of
from yixian.workbook.schema import sheet

from .conftest import AT, SYSTEM

pytestmark = pytest.mark.sqlite_enough


class Book:
    """The county's workbook, to be spoiled cell by cell."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.planted: list[tuple[str, int, str, str]] = []

    def page(self, key: str) -> Worksheet:
        return self.book[sheet(key).zh]

    def column(self, key: str, column: str) -> int:
        return [item.key for item in sheet(key).columns].index(column) + 1

    def get(self, key: str, row: int, column: str) -> object:
        return self.page(key).cell(row, self.column(key, column)).value

    def put(self, key: str, row: int, column: str, value: object, rule: str, *, at: str = "") -> None:
        """Plant a value and expect a rule to name it (in another column, if ``at`` says so)."""
        self.page(key).cell(row, self.column(key, column)).value = value
        self.planted.append((key, row, at or column, rule))

    def row_of(self, key: str, column: str, value: object) -> int:
        index = self.column(key, column)
        return next(row for row in range(3, 100_000) if self.page(key).cell(row, index).value == value)


def _wrong_check_character(number: str) -> str:
    return number[:17] + ("X" if number[17] != "X" else "1")


def _spoil_persons(book: Book) -> None:
    number = str(book.get("persons", 3, "id_number"))
    book.put("persons", 3, "id_number", _wrong_check_character(number), "id.check")
    book.put("persons", 5, "id_number", book.get("persons", 6, "id_number"), "id.birth_date", at="birth_date")
    book.planted.append(("persons", 6, "id_number", "id.twice"))
    book.put("persons", 8, "birth_date", "2013-02-30", "cell.date")
    book.put("persons", 10, "gender", "先生", "cell.choice")
    book.put("persons", 12, "name", "张\u202e三", "name.hidden")
    book.put("persons", 14, "name", None, "cell.required")
    book.put("persons", 16, "phone", "12345", "phone.format")
    book.put("persons", 18, "household_no", "99-9999", "row.reference")
    book.put("persons", 20, "present_at_cutoff", "也许", "cell.choice")
    book.put("persons", 22, "from_date", "2099-01-01", "cell.future")
    head = next(row for row in range(30, 500) if book.get("persons", row, "relation") == "户主")
    orphaned = book.get("persons", head, "household_no")
    book.put("persons", head, "relation", "其他亲属", "household.head", at="relation")
    book.planted[-1] = (
        "households",
        book.row_of("households", "household_no", orphaned),
        "household_no",
        "household.head",
    )


def _spoil_households(book: Book) -> None:
    book.put("households", 4, "group_code", "53990199999999", "row.reference")
    book.put("households", 5, "bank_account", "6200000000000000001", "account.check")
    book.put("households", 6, "difficulty", 9, "cell.high")
    book.put("households", 7, "lon", "东经一百零三度", "cell.number")
    book.put(
        "households",
        8,
        "household_no",
        book.get("households", 9, "household_no"),
        "row.twice",
        at="household_no",
    )
    book.planted[-1] = ("households", 9, "household_no", "row.twice")
    township = next(row for row in range(3, 200) if book.get("areas", row, "level") == "乡镇")
    book.put("households", 10, "group_code", book.get("areas", township, "code"), "household.group")


def _spoil_items(book: Book) -> None:
    book.put("items", 3, "quantity", -5, "cell.low")
    book.put("items", 4, "quantity", "八十", "cell.number")
    book.put("items", 5, "quantity", "=1+2", "cell.formula")
    book.put("items", 6, "quantity", "８６．４", "cell.full_width")
    book.put("items", 7, "quantity", 1.23456, "cell.decimals")
    book.put("items", 8, "item_code", "house.main.gold", "item.unknown")
    book.put("items", 9, "line_no", book.get("items", 10, "line_no"), "row.twice", at="line_no")
    book.planted[-1] = ("items", 10, "line_no", "row.twice")


def _spoil_places_and_people(book: Book) -> None:
    village = next(row for row in range(3, 200) if book.get("areas", row, "level") == "村")
    book.put("areas", village, "code", "530101101201", "area.code")
    member = next(row for row in range(3, 500) if book.get("people", row, "kind") == "农村党员")
    book.put("people", member, "home_area_code", None, "helper.home")
    book.put("people", 4, "languages", "汉语,火星语", "cell.choice")
    book.put("people", 5, "until_date", "2001-01-01", "row.order")
    other = book.get("persons", 60, "household_no")
    twice = next(row for row in range(40, 60) if book.get("persons", row, "household_no") != other)
    book.put("persons", twice, "person_no", book.get("persons", 60, "person_no"), "person.two_households")
    book.planted[-1] = ("persons", 60, "household_no", "person.two_households")


def _spoil_the_form(book: Book) -> None:
    extra = len(sheet("organisations").columns) + 1
    book.page("organisations").cell(1, extra).value = "幸运数字"
    book.page("organisations").cell(3, extra).value = 8
    book.planted.append(("organisations", 1, "幸运数字", "column.unknown"))
    book.page("stationings").merge_cells(start_row=3, end_row=4, start_column=1, end_column=1)
    book.planted.append(("stationings", 3, "organisation_code", "cell.merged"))
    book.book.create_sheet("杂记").cell(1, 1).value = "随便写写"
    book.planted.append(("杂记", 0, "", "sheet.unknown"))


@pytest.fixture
def spoiled(county_file, tmp_path) -> tuple[Path, list[tuple[str, int, str, str]]]:
    """The spoiled workbook, and (sheet, row, column, rule) of everything planted in it."""
    book = Book(county_file)
    for spoil in (_spoil_persons, _spoil_households, _spoil_items, _spoil_places_and_people, _spoil_the_form):
        spoil(book)
    path = tmp_path / "spoiled.xlsx"
    book.book.save(path)
    return path, book.planted


def test_every_planted_error_is_named_and_nothing_is_entered(spoiled, bring):
    path, planted = spoiled
    assert len({rule for *_place, rule in planted}) >= 20
    batch = bring(path)
    assert batch.state == BatchState.FAULTY
    named = {(fault.sheet, fault.row, fault.column, fault.rule) for fault in faults_of(batch)}
    assert [place for place in planted if place not in named] == []
    assert batch.summary["fault_count"] == len(faults_of(batch))
    faulty = {place[:3] for place in named}
    noted = {(note.sheet, note.row, note.column) for note in notes_of(batch)}
    assert faulty & noted == set(), "a cell that has a fault is not also unusual"
    with pytest.raises(Refused):
        commit(batch, partial=False, actor=SYSTEM, at=AT)
    assert (Area.objects.count(), Household.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_every_fault_says_what_is_wrong_and_what_to_do(spoiled, bring):
    for fault in faults_of(bring(spoiled[0])):
        assert fault.message
        assert fault.advice
        assert "%(" not in fault.message + fault.advice
        assert fault.place


def test_the_same_file_comes_back_with_an_error_column(spoiled, bring):
    path, _planted = spoiled
    batch = bring(path)
    report = openpyxl.load_workbook(batch.report.open())
    page = report[sheet("items").zh]
    last = len(sheet("items").columns) + 1
    assert page.cell(1, last).value == "错误"
    assert "数量" in page.cell(3, last).value
    assert page.cell(11, last).value is None
    assert page.cell(3, 4).fill.fgColor.rgb == "FFFFD9D2"
    summary = report["错误汇总"]
    assert summary.max_row == batch.summary["fault_count"] + batch.summary["note_count"] + 1


def test_a_corrected_report_can_be_handed_in_again(county_file, tmp_path, bring):
    book = openpyxl.load_workbook(county_file)
    page = book[sheet("items").zh]
    right = page.cell(3, 4).value
    page.cell(3, 4).value = "八十"
    path = tmp_path / "one.xlsx"
    book.save(path)
    report = openpyxl.load_workbook(bring(path).report.open())
    report[sheet("items").zh].cell(3, 4).value = right
    again = tmp_path / "again.xlsx"
    report.save(again)
    batch = bring(again)
    assert batch.summary["faults"] == []
    assert batch.state == BatchState.CHECKED


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"not a workbook at all", "file.not_workbook"), (b"PK\x03\x04broken", "file.not_workbook")],
)
def test_what_is_no_workbook_is_said_to_be_none(bring, tmp_path, content, rule):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    batch = bring(path)
    assert [fault.rule for fault in faults_of(batch)] == [rule]
    with pytest.raises(Refused):
        commit(batch, partial=True, actor=SYSTEM, at=AT)
