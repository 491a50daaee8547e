"""The form of a file: nothing is lost silently, and no file, however made, brings the product down."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from yixian.engines.spreadsheets.archive import MAX_UNPACKED
from yixian.engines.spreadsheets.page_form import MAX_WRITTEN, Merged, PageTooLarge, UnreadablePage, page_form
from yixian.inventory.models import InventoryItem
from yixian.registry.models import Household, Person
from yixian.workbook.queries import faults_of, notes_of
from yixian.workbook.workbook_reader import header_of, is_report_column

from .books import FIRST, changed, column, only, page, places, rules, with_cell
from .conftest import HOUSEHOLDS

pytestmark = pytest.mark.sqlite_enough


def test_a_column_that_is_missing_says_nothing(entered, county_file, enter, bring):
    before = list(Household.objects.order_by("pk").values_list("bank_account", "phone", "address"))
    people = list(Person.objects.order_by("pk").values_list("id_number", "id_index"))

    def without(book: openpyxl.Workbook) -> None:
        # From the right to the left, so that the numbers of the columns hold.
        for key, name in (("households", "bank_account"), ("households", "phone"), ("persons", "id_number")):
            page(book, key).delete_cols(column(key, name))

    path = changed(county_file, without)
    batch = bring(path)
    assert (batch.summary["fault_count"], batch.summary["change_count"]) == (0, 0)
    enter(with_cell(path, "households", "address", "沙湾村新址"))
    after = list(Household.objects.order_by("pk").values_list("bank_account", "phone", "address"))
    assert [row[:2] for row in after] == [row[:2] for row in before]
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
    assert list(Person.objects.order_by("pk").values_list("id_number", "id_index")) == people


def test_a_required_column_that_is_missing_keeps_the_sheet_out(county_file, county_rows, enter):
    path = changed(county_file, lambda book: page(book, "items").delete_cols(column("items", "quantity")))
    batch = enter(path, partial=True)
    assert ("items", 1, "quantity", "column.missing") in places(batch)
    left_out = {one["key"]: one["left_out"] for one in batch.summary["sheets"]}
    assert left_out["items"] == len(county_rows["items"])
    assert InventoryItem.objects.count() == 0


def test_every_row_of_a_merged_region_stays_out_and_the_region_is_named(county_file, enter):
    path = changed(county_file, lambda book: page(book, "items").merge_cells("E3:E5"))
    batch = enter(path, partial=True)
    fault = next(fault for fault in faults_of(batch) if fault.rule == "cell.merged")
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("items", 3, "place", "E3:E5")
    rows = {row["row"] for row in batch.summary["left_out"] if row["sheet"] == "实物指标"}
    assert {3, 4, 5} <= rows


@pytest.mark.parametrize("name", ["bank_account", "phone", "address"])
def test_an_error_of_the_spreadsheet_empties_nothing(entered, county_file, enter, name):
    """A pasted look-up that failed is read as an empty cell: it would take a household's account away."""
    before = list(Household.objects.order_by("pk").values_list("bank_account", "phone", "address"))
    batch = enter(with_cell(county_file, "households", name, "#N/A"), partial=True)
    assert ("households", FIRST, name, "cell.error") in places(batch)
    assert list(Household.objects.order_by("pk").values_list("bank_account", "phone", "address")) == before


def test_an_error_where_something_is_required_is_called_an_error(county_file, bring):
    found = places(bring(with_cell(county_file, "households", "household_no", "#REF!")))
    assert [
        rule
        for sheet, row, name, rule in found
        if (sheet, row, name) == ("households", FIRST, "household_no")
    ] == ["cell.error"]


def test_the_last_row_of_a_merged_region_stays_out_with_its_own_household(county_file, enter):
    items = page(openpyxl.load_workbook(county_file), "items")
    owners = {row: items.cell(row, column("items", "household_no")).value for row in range(FIRST, 40)}
    row = next(row for row in range(FIRST, 39) if owners[row] != owners[row + 1])
    merged = f"E{row}:E{row + 1}"
    enter(changed(county_file, lambda book: page(book, "items").merge_cells(merged)), partial=True)
    entered = set(Household.objects.values_list("household_no", flat=True))
    assert entered.isdisjoint({owners[row], owners[row + 1]})
    assert len(entered) == HOUSEHOLDS - 2


def test_two_tabs_for_one_sheet_are_named_and_neither_is_half_read(county_file, bring):
    def twice(book: openpyxl.Workbook) -> None:
        book.create_sheet("Inventory items").append([cell.value for cell in page(book, "items")[1]])

    batch = bring(changed(county_file, twice))
    assert ("items", 0, "", "sheet.twice") in places(batch)


def test_what_stands_under_no_head_is_named(county_file, bring):
    path = with_cell(county_file, "households", "phone", None, row=1)
    assert ("households", FIRST, "J", "column.headless") in places(bring(path))


def test_an_empty_sheet_of_another_name_does_no_harm(county_file, bring):
    assert rules(bring(changed(county_file, lambda book: book.create_sheet("Sheet1")))) == set()


def test_columns_may_stand_in_any_order_under_either_head(county_file, bring):
    def turned(book: openpyxl.Workbook) -> None:
        sheet = page(book, "items")
        rows = [list(reversed([cell.value for cell in row])) for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for row in rows[1:]:  # the English heads alone
            sheet.append(row)

    batch = bring(changed(county_file, turned))
    assert rules(batch) == set()


def test_a_cell_far_away_is_refused_and_not_read(county_file, bring):
    path = changed(county_file, lambda book: page(book, "items").cell(1_048_000, 16_000, "x"))
    assert ("items", 0, "", "sheet.too_large") in places(bring(path))


def test_an_archive_that_unpacks_to_too_much_is_refused(bring, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _megabyte in range(MAX_UNPACKED // 1024**2 + 1):
            part.write(bytes(1024**2))
    assert path.stat().st_size < 2 * 1024**2
    assert rules(bring(path)) == {"file.too_large"}


def test_a_file_that_repeats_itself_a_hundred_times_over_is_refused(bring, tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c r='A1'><v>1</v></c>" * 1_500_000)
    assert rules(bring(bomb)) == {"file.too_large"}


def test_a_sheet_of_more_cells_than_a_county_has_is_refused_before_it_is_searched():
    with pytest.raises(PageTooLarge):
        page_form(b"<c ></c>" * (MAX_WRITTEN + 1))


def test_an_archive_that_lies_about_its_size_is_refused(county_file, bring, tmp_path):
    content = bytearray(county_file.read_bytes())
    with zipfile.ZipFile(county_file) as archive:
        size = archive.getinfo("xl/worksheets/sheet8.xml").file_size.to_bytes(4, "little")
    start = 0
    while (start := content.find(size, start)) >= 0:
        content[start : start + 4] = (100).to_bytes(4, "little")
        start += 4
    path = tmp_path / "liar.xlsx"
    path.write_bytes(bytes(content))
    assert rules(bring(path)) == {"file.not_workbook"}


def test_an_old_or_locked_file_is_told_from_one_that_is_none(bring, tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    assert rules(bring(path)) == {"file.old_or_locked"}


def test_a_document_type_is_refused(county_file, bring, tmp_path):
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(county_file) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(b"<workbook", b'<!DOCTYPE w [<!ENTITY a "b">]><workbook', 1)
            new.writestr(name, content)
    assert rules(bring(path)) == {"file.not_workbook"}


@pytest.mark.parametrize(
    "xml",
    [
        b'<c r="B3" s="1"><f>1+2</f><v>3</v></c>',
        b'<c s="1" t="str" r="B3"> <f t="shared" si="0"/></c>',
        b'<x:c r="B3"><x:f>1</x:f></x:c>',
    ],
)
def test_formulas_are_found_however_they_are_written(xml):
    assert page_form(b"<sheetData><row>" + xml + b"</row></sheetData>").formulas == ((3, 1),)


def test_merged_regions_are_found():
    form = page_form(b'<mergeCells count="1"><mergeCell ref="AA2:AB4"/></mergeCells>')
    assert form.merged == (Merged("AA2:AB4", 26, 2, 4),)


@pytest.mark.parametrize("xml", [b"<c><v>1</v></c>", b"<c t='s'><v>1</v></c>", b"<\x00c\x00"])
def test_cells_without_a_place_are_not_guessed(xml):
    with pytest.raises(UnreadablePage):
        page_form(xml)


def test_empty_cells_far_away_do_no_harm():
    assert page_form(b'<c r="XFD1048576" s="4"/>').formulas == ()
    with pytest.raises(PageTooLarge):
        page_form(b'<c r="XFD1048576" s="4"><v>1</v></c>')


def test_nothing_is_left_unsealed_on_disk(county_file, county_rows, bring, settings):
    batch = bring(with_cell(county_file, "items", "quantity", "八十"))
    assert batch.report
    for kept in (batch.file, batch.report):
        assert not zipfile.is_zipfile(kept.path)
        assert zipfile.is_zipfile(kept.open())
    spoiled = str(county_rows["persons"][0]["id_number"])[:17] + "?"
    batch = bring(with_cell(county_file, "persons", "id_number", spoiled))
    assert spoiled in {fault.value for fault in faults_of(batch)}
    assert spoiled not in str(batch.summary)
    assert Path(settings.MEDIA_ROOT).is_dir()


def _numbers_as(number_format: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def put(book: openpyxl.Workbook) -> None:
        cell = page(book, "households").cell(FIRST, column("households", "household_no"))
        cell.value, cell.number_format = value, number_format

    return put


@pytest.mark.parametrize(("number_format", "value"), [("0000", 13), ("000000000000", 539901), ("00", 7)])
def test_zeros_that_are_only_shown_are_named(county_file, bring, number_format, value):
    batch = bring(changed(county_file, _numbers_as(number_format, value)))
    fault = next(one for one in faults_of(batch) if one.rule == "cell.zeros")
    assert (fault.sheet, fault.row, fault.column) == ("households", FIRST, "household_no")
    assert fault.value == str(value).zfill(len(number_format))


@pytest.mark.parametrize(("number_format", "value"), [("0000", 12345), ("0000", "0013"), ("0", 13)])
def test_a_number_without_lost_zeros_is_a_number(county_file, bring, number_format, value):
    assert "cell.zeros" not in rules(bring(changed(county_file, _numbers_as(number_format, value))))


def test_heads_are_known_however_they_were_typed(county_file, bring):
    def retype(book: openpyxl.Workbook) -> None:
        heads = page(book, "households")
        for index, change in enumerate(("\ufeff{}", "{}＊", " {}\n", "\u200b{}"), 1):
            heads.cell(1, index).value = change.format(heads.cell(1, index).value)

    assert rules(bring(changed(county_file, retype))) == set()


def test_rows_of_blanks_are_passed_over(county_file, bring):
    def add(book: openpyxl.Workbook) -> None:
        rows = page(book, "households")
        for _row in range(3):
            rows.append([" ", "\u3000", None, "\n"])

    assert rules(bring(changed(county_file, add))) == set()


def test_a_title_above_the_heads_is_one_sentence(county_file, bring):
    def title(book: openpyxl.Workbook) -> None:
        rows = page(book, "households")
        rows.insert_rows(1)
        rows.cell(1, 1).value = "澜渡县移民户登记表"
        rows.merge_cells("A1:D1")

    batch = bring(only(changed(county_file, title), "households"))
    assert places(batch) == {("households", 2, "", "sheet.title")}


def _with_title(book: openpyxl.Workbook, key: str) -> None:
    page(book, key).insert_rows(1)
    page(book, key).cell(1, 1).value = "澜渡县登记表"


def test_a_title_on_a_first_load_is_one_fault(county_file, bring):
    batch = bring(changed(county_file, lambda book: _with_title(book, "households")))
    assert places(batch) == {("households", 2, "", "sheet.title")}


@pytest.mark.parametrize("key", ["areas", "persons"])
def test_nothing_enters_that_hangs_on_a_sheet_with_a_title(county_file, enter, key):
    batch = enter(changed(county_file, lambda book: _with_title(book, key)), partial=True)
    assert places(batch) == {(key, 2, "", "sheet.title")}
    assert Household.objects.count() == 0


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("areas", "level"),
        ("persons", "household_no"),
        ("households", "household_no"),
    ],
)
def test_a_required_head_that_is_not_known_is_a_fault_of_the_head_alone(county_file, bring, key, name):
    batch = bring(with_cell(county_file, key, name, "某某", row=1))
    assert {(row, rule) for _sheet, row, _name, rule in places(batch)} == {
        (1, "column.unknown"),
        (1, "column.missing"),
    }


def test_households_without_a_number_are_not_noted_to_share_an_account_with_themselves(
    entered, county_file, bring
):
    batch = bring(with_cell(county_file, "households", "household_no", "某某", row=1))
    assert "note.shared_account" not in {note.rule for note in notes_of(batch)}


@pytest.mark.parametrize(
    "head",
    [
        *(
            "＊组代码",
            "*组代码",
            "组代码*",
            "★组代码",
            "组代码（必填）",
            "组代码\n(必填)",
            "（必填）组代码",
            "【组代码】",
        ),
        *("[组代码]", "组代码：", "*组代码（必填）：", "【*组代码】", "组代码[可空]", "组 代 码(*)"),
    ],
)
def test_a_head_is_known_with_the_marks_around_it(head):
    assert header_of(head) == "组代码"


@pytest.mark.parametrize("head", ["数量（亩）", "组代码（旧）", "组代码2"])
def test_what_says_more_than_whether_it_is_required_stays_with_the_head(head):
    assert header_of(head) not in {"数量", "组代码"}


def test_an_error_report_is_passed_over_also_where_it_speaks_of_the_heads():
    assert is_report_column(header_of("错误：这一列不认识。"))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_nobody_sees_is_passed_over(county_file, bring, state):
    def add(book: openpyxl.Workbook) -> None:
        extra = book.create_sheet("旧数据")
        extra.cell(1, 1).value = "x"
        extra.sheet_state = state

    assert rules(bring(changed(county_file, add))) == set()


def _rewritten(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return target


def test_the_strict_form_of_the_standard_is_read(county_file, bring, tmp_path):
    """As "Strict Open XML Spreadsheet" is saved: the same under the namespaces of ISO/IEC 29500."""

    def strict(name: str, content: bytes) -> tuple[str, bytes]:
        for old, new in (
            (
                b"schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            content = content.replace(b"http://" + old, b"http://" + new)
        return name, content

    batch = bring(_rewritten(county_file, tmp_path / "strict.xlsx", strict))
    assert rules(batch) == set()
    assert {one["key"]: one["new"] for one in batch.summary["sheets"]}["households"] == HOUSEHOLDS


def test_a_workbook_under_another_name_is_told_how_to_be_saved(county_file, bring, tmp_path):
    def renamed(name: str, content: bytes) -> tuple[str, bytes]:
        return name.replace("xl/workbook.xml", "xl/workbook2.xml"), content.replace(
            b"workbook.xml", b"workbook2.xml"
        )

    assert rules(bring(_rewritten(county_file, tmp_path / "other.xlsx", renamed))) == {"file.unusual"}
