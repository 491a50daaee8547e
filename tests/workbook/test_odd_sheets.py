"""Every sheet in every odd form: read as it was meant or named once, and no household planned without what its rows say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from django.core.files import File
from openpyxl.worksheet.worksheet import Worksheet

from yixian.demo.county import generate
from yixian.engines.entitlements import load_pack
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import silent
from yixian.registry.models import Household
from yixian.workbook.access import EVERYTHING
from yixian.workbook.actions.check import Checked, examine
from yixian.workbook.actions.stage import stage
from yixian.workbook.schema import SHEETS, sheet
from yixian.workbook.writing import write_workbook

from .books import FIRST, changed, column, page, with_cell
from .conftest import AT, HOUSEHOLDS, PACK, SYSTEM

pytestmark = pytest.mark.sqlite_enough

OF_HOUSEHOLDS = ("households", "persons", "items")
KEYS = [one.key for one in SHEETS]


@cache
def _rows() -> dict[str, list[dict[str, object]]]:
    """A county with four households."""
    rows = {key: list(rows) for key, rows in generate(HOUSEHOLDS, seed=7).items()}
    kept = {one["household_no"] for one in rows["households"][:4]}
    return rows | {key: [one for one in rows[key] if one["household_no"] in kept] for key in OF_HOUSEHOLDS}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "county.xlsx"
    write_workbook(path, _rows(), pack=load_pack(PACK))
    return path


def _examined(path: Path) -> Checked:
    with path.open("rb") as content:
        batch = stage(File(content), file_name=path.name, actor=SYSTEM, at=AT)
    return examine(batch, EVERYTHING, at=AT, report=silent)


def _title(rows: Worksheet) -> None:
    rows.insert_rows(1)
    rows.cell(1, 1).value = "澜渡县登记表"


def _third_row(rows: Worksheet) -> None:
    _title(rows)
    rows.insert_rows(2)


def _unread_heads(rows: Worksheet) -> None:
    for index in range(1, rows.max_column + 1):
        rows.cell(1, index).value = f"甲乙丙{index}"
    rows.delete_rows(2)


def _doubled(rows: Worksheet) -> None:
    """The later half of the rows on a second tab."""
    book = rows.parent
    assert isinstance(book, openpyxl.Workbook)
    second = book.copy_worksheet(rows)
    second.title = next(one.en for one in SHEETS if one.zh == rows.title)
    half = FIRST + (rows.max_row - FIRST + 1) // 2
    rows.delete_rows(half, rows.max_row)
    second.delete_rows(FIRST, half - FIRST)


def _misnamed(rows: Worksheet) -> None:
    rows.title = f"{rows.title}（新）"


def _removed(rows: Worksheet) -> None:
    book = rows.parent
    assert isinstance(book, openpyxl.Workbook)
    book.remove(rows)


UNREAD: Mapping[str, tuple[Callable[[Worksheet], None], set[str]]] = {
    "title": (_title, {"sheet.title"}),
    "blank row": (lambda rows: rows.insert_rows(1), {"sheet.title"}),
    "third row": (_third_row, {"sheet.title"}),
    "heads": (_unread_heads, {"column.unknown", "column.missing"}),
    "doubled": (_doubled, {"sheet.twice"}),
    "misnamed": (_misnamed, {"sheet.unknown"}),
}
"""A form in which a sheet cannot be read, or not whole, and the faults of it; there are no others."""

NOT_THERE: Mapping[str, Callable[[Worksheet], None]] = {
    "missing": _removed,
    "empty": lambda rows: rows.delete_rows(1, rows.max_row),
    "heads alone": lambda rows: rows.delete_rows(FIRST, rows.max_row),
}
"""A sheet without rows says nothing, as where another workbook brings them."""


def _told() -> dict[str, list[set[object]]]:
    """Household → its members and its items, as the untouched workbook says."""
    return {
        str(one["household_no"]): [
            {row[own] for row in _rows()[key] if row["household_no"] == one["household_no"]}
            for key, own in (("persons", "person_no"), ("items", "line_no"))
        ]
        for one in _rows()["households"]
    }


def _planned(found: Checked) -> dict[str, list[set[object]]]:
    """The same of the households that would be entered in part."""
    return {
        one.values["household_no"]: [
            {row.values[own] for row in found.plan[key].new if row.values["household_no"] == one.values["household_no"]}
            for key, own in (("persons", "person_no"), ("items", "line_no"))
        ]
        for one in found.plan["households"].new
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_sheet_that_cannot_be_read_is_named_and_no_household_enters_without_its_rows(register, county, key):
    for odd, (change, faults) in UNREAD.items():
        found = _examined(changed(county, lambda book, change=change: change(page(book, key))))
        rules = {fault.rule for fault in found.staged.faults}
        assert (odd, rules) == (odd, faults), found.staged.faults
        assert {fault.sheet for fault in found.staged.faults} == {
            sheet(key).zh + "（新）" if odd == "misnamed" else key
        }
        planned, told = _planned(found), _told()
        assert (odd, planned) == (odd, {number: told[number] for number in planned})
        assert not (key in OF_HOUSEHOLDS and planned), odd
        assert not found.of_nobody


@pytest.mark.parametrize("key", KEYS)
def test_a_sheet_without_rows_says_nothing(register, county, key):
    for odd, change in NOT_THERE.items():
        found = _examined(changed(county, lambda book, change=change: change(page(book, key))))
        own = {fault for fault in found.staged.faults if fault.sheet == key}
        assert (odd, own) == (odd, set())
        planned, told = _planned(found), _told()
        if key == "items":
            told = {number: [persons, set()] for number, (persons, _items) in told.items()}
        assert (odd, planned) == (odd, {number: told[number] for number in planned})


@pytest.mark.parametrize(
    ("key", "name", "written", "head"),
    [
        ("areas", "parent_code", "上级编码", "上级代码"),
        ("areas", "parent_code", "上级区划代码", "上级代码"),
        ("areas", "parent_code", "父级代码", "上级代码"),
        ("people", "helper_no", "人员代码", "人员编号"),
        ("people", "helper_no", "编号", "人员编号"),
        ("leaders", "helper_no", "干部编号", "人员编号"),
        ("households", "bank_account", "一卡通帐号", "一卡通账号"),
        ("households", "phone", "电话号码", "联系电话"),
    ],
)
def test_a_head_in_another_spelling_is_named_with_the_one_meant(register, county, key, name, written, head):
    """A column that was not read is nothing that its rows do not say: rows with something in it stay out."""
    if name == "phone":
        head = sheet(key).column(name).zh
    found = _examined(with_cell(county, key, name, written, row=1))
    assert {fault.rule for fault in found.staged.faults} <= {"column.alike", "column.missing"}
    alike = next(fault for fault in found.staged.faults if fault.rule == "column.alike")
    assert (alike.sheet, alike.row, alike.value, alike.params) == (key, 1, written, {"head": head})
    filled = {row[sheet(key).keys[0]] for row in _rows()[key] if row[name]}
    assert not {row.values[sheet(key).keys[0]] for row in found.plan[key].new} & filled


def test_a_household_with_something_under_no_head_stays_out(register, county):
    """Only those rows stay out that say more than was read."""
    bank = column("households", "bank_account")

    def remark(book: openpyxl.Workbook) -> None:
        rows = page(book, "households")
        rows.cell(1, bank).value = "备注"
        for row in range(FIRST + 1, rows.max_row + 1):
            rows.cell(row, bank).value = None

    found = _examined(changed(county, remark))
    first = _rows()["households"][0]["household_no"]
    assert set(_planned(found)) == set(_told()) - {first}


def test_what_names_a_household_that_is_nowhere_is_refused_in_those_words(register, county, enter):
    with pytest.raises(Refused) as caught:
        enter(changed(county, lambda book: _removed(page(book, "households"))), partial=True)
    assert caught.value.key == "import.of_nobody"
    assert "移民户" in str(caught.value)
    assert not Household.objects.exists()
