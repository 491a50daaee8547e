"""In and out again: the same content; the same file twice changes nothing; a changed file changes what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from yixian.engines.entitlements import load_pack
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Refused
from yixian.kernel.models import Event, RecordRead
from yixian.registry.models import Household, HouseholdMember, Person
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.export import export
from yixian.workbook.queries import faults_of, notes_of
from yixian.workbook.schema import SHEETS, sheet
from yixian.workbook.writing import write_workbook

from .books import changed, places, with_cell
from .conftest import AT, HOUSEHOLDS, PACK, SYSTEM


def _content(path):
    book = CalamineWorkbook.from_path(str(path))
    return {page.zh: sorted(map(str, book.get_sheet_by_name(page.zh).to_python())) for page in SHEETS}


def test_what_was_written_comes_out_again_cell_by_cell(county_file, enter, tmp_path):
    batch = enter(county_file)
    assert batch.summary["fault_count"] == 0
    target = tmp_path / "out.xlsx"
    export(target, actor=SYSTEM, at=AT)
    assert _content(target) == _content(county_file)
    assert RecordRead.objects.count() == HOUSEHOLDS


def test_the_same_file_again_changes_nothing(entered, county_file, bring):
    events = Event.objects.count()
    batch = bring(county_file)
    assert (batch.summary["new_count"], batch.summary["change_count"]) == (0, 0)
    assert all(page["unchanged"] == page["rows"] for page in batch.summary["sheets"])
    assert Event.objects.count() == events + 1  # the staging itself


def test_everybody_has_a_household_and_every_household_its_head(entered, county_rows):
    assert Household.objects.count() == HOUSEHOLDS
    assert HouseholdMember.objects.count() == len(county_rows["persons"])
    assert not Household.objects.filter(head=None).exists()
    row = county_rows["persons"][0]
    person = Person.objects.get(person_no=row["person_no"])
    assert (person.name, person.id_number, person.birth_date) == (
        row["name"],
        row["id_number"],
        row["birth_date"],
    )


def test_id_numbers_phones_and_accounts_are_sealed_in_the_database(entered, county_rows, django_db_blocker):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM registry_person")
        kept = " ".join(str(cell) for row in cursor.fetchall() for cell in row)
        cursor.execute("SELECT bank_account FROM registry_household")
        kept += " ".join(str(row[0]) for row in cursor.fetchall())
    for row in county_rows["persons"]:
        assert not row["id_number"] or row["id_number"] not in kept
    for row in county_rows["households"]:
        assert not row["bank_account"] or row["bank_account"] not in kept


def test_a_changed_file_shows_its_differences_and_follows_what_was_there(
    entered, county_file, enter, bring, tmp_path
):
    book = openpyxl.load_workbook(county_file)
    items, households, persons = (book[sheet(key).zh] for key in ("items", "households", "persons"))
    offices = sheet("organisations")
    phone = [column.key for column in offices.columns].index("phone") + 1
    book[offices.zh].cell(3, phone).value = "0870-5550100 转 8012"
    line, number = items.cell(3, 1).value, households.cell(3, 1).value
    before = InventoryItem.objects.get(line_no=line)
    items.cell(3, 4).value = 123.4567
    households.cell(3, 10).value = "13900000001"
    persons.cell(3, 7).value = "彝族" if persons.cell(3, 7).value != "彝族" else "苗族"
    path = tmp_path / "changed.xlsx"
    book.save(path)
    batch = bring(path)
    assert faults_of(batch) == []
    told = {
        (row["sheet"], change["field"], change["new"])
        for row in batch.summary["changes"]
        for change in row["changes"]
    }
    assert ("实物指标", "数量", "123.4567") in told
    assert ("移民户", "联系电话", "···") in told
    assert ("机构", "公开电话", "0870-5550100转8012") in told  # it is public: no reason to hide it
    assert len(told) == 4
    enter(path)
    follower = InventoryItem.objects.get(line_no=line, valid_until=None)
    assert follower.quantity == Decimal("123.4567")
    assert follower.follows_id == before.pk
    before.refresh_from_db()
    assert before.valid_until == date(2026, 11, 2)
    household = Household.objects.get(household_no=number)
    assert household.phone == "13900000001"
    event = Event.objects.filter(kind="household.changed", subject_id=household.pk).first()
    assert event is not None
    assert "13900000001" not in str(event.data)


def test_what_the_file_leaves_out_stays(entered, county_rows, enter, bring, tmp_path):
    path = tmp_path / "few.xlsx"
    first = county_rows["households"][0]["household_no"]
    few = {
        key: [row for row in rows if row.get("household_no", first) == first]
        for key, rows in county_rows.items()
    }
    write_workbook(path, few, pack=load_pack(PACK))
    batch = bring(path)
    assert batch.summary["fault_count"] == 0
    absent = {page["key"]: page["absent"] for page in batch.summary["sheets"]}
    assert absent["households"] == HOUSEHOLDS - 1
    enter(path)
    assert Household.objects.filter(valid_until=None).count() == HOUSEHOLDS


def test_what_the_policy_does_not_know_yet_comes_out_and_in_again(entered, county_file, bring, tmp_path):
    """A house of a kind that no table names stays in the register, and its county's own export is no faulty workbook."""
    InventoryItem.objects.filter(pk=InventoryItem.objects.order_by("pk").first().pk).update(
        item_code="house.stone"
    )
    target = tmp_path / "own.xlsx"
    export(target, actor=SYSTEM, at=AT)
    batch = bring(target)
    assert (batch.summary["fault_count"], batch.summary["change_count"]) == (0, 0)
    assert {note.rule for note in notes_of(batch)} >= {"note.undecided_item"}
    other = bring(with_cell(county_file, "items", "item_code", "house.stone", row=9))
    assert ("items", 9, "item_code", "item.unknown") in places(other)


def test_partial_leaves_out_the_whole_household_and_says_so(county_file, county_rows, enter, tmp_path):
    book = openpyxl.load_workbook(county_file)
    page = book[sheet("items").zh]
    owner = page.cell(3, 2).value
    page.cell(3, 4).value = "八十"
    path = tmp_path / "partly.xlsx"
    book.save(path)
    batch = enter(path, partial=True)
    assert Household.objects.count() == HOUSEHOLDS - 1
    assert not Household.objects.filter(household_no=owner).exists()
    own = [
        row
        for key in ("households", "persons", "items")
        for row in county_rows[key]
        if row["household_no"] == owner
    ]
    assert batch.summary["left_out_count"] == len(own)
    assert len(batch.summary["left_out"]) == len(own)


@pytest.mark.sqlite_enough
@pytest.mark.parametrize("key", ["items", "persons"])
@pytest.mark.parametrize(
    "slip", ["Ａ", "\u200b", None, "9"], ids=["full-width", "hidden", "empty", "mistyped"]
)
def test_a_household_stays_out_whole_where_the_number_of_a_row_is_wrong(county_file, enter, key, slip):
    """The row's own number, or what was typed without its slip, says whose it is."""
    page = openpyxl.load_workbook(county_file)[sheet(key).zh]
    place = [column.key for column in sheet(key).columns].index("household_no") + 1
    owner = page.cell(3, place).value
    wrong = slip and {"Ａ": f"５{owner[1:]}", "9": f"{owner}9"}.get(slip, owner + slip)
    enter(with_cell(county_file, key, "household_no", wrong), partial=True)
    assert not Household.objects.filter(household_no=owner).exists()
    assert Household.objects.count() == HOUSEHOLDS - 1


@pytest.mark.sqlite_enough
def test_nothing_is_entered_beside_a_row_that_may_be_anybodys(county_file, bring):
    path = with_cell(with_cell(county_file, "items", "household_no", None), "items", "line_no", "L-1")
    with pytest.raises(Refused) as caught:
        commit(bring(path), partial=True, actor=SYSTEM, at=AT)
    assert caught.value.key == "import.of_nobody"
    assert Household.objects.count() == 0


@pytest.mark.sqlite_enough
def test_a_leader_whose_own_row_is_left_out_is_left_out_too(county_file, enter):
    def faulty(book):
        people, leaders = book[sheet("people").zh], book[sheet("leaders").zh]
        numbers = [column.key for column in sheet("people").columns]
        number = people.cell(3, numbers.index("helper_no") + 1).value
        people.cell(3, numbers.index("organisation_code") + 1).value = "nowhere"
        columns = [column.key for column in sheet("leaders").columns]
        township = next(code for code in _codes(book) if len(code) == 9)
        row = {
            "township_code": township,
            "helper_no": number,
            "kind": "乡镇负责人",
            "from_date": "2024-03-01",
        }
        for name, value in row.items():
            leaders.cell(3, columns.index(name) + 1).value = value

    batch = enter(changed(county_file, faulty), partial=True)
    assert "挂乡与乡镇负责人" in {row["sheet"] for row in batch.summary["left_out"]}


def _codes(book):
    page = book[sheet("areas").zh]
    place = [column.key for column in sheet("areas").columns].index("code") + 1
    return [str(page.cell(row, place).value) for row in range(3, page.max_row + 1)]


@pytest.mark.sqlite_enough
def test_nothing_typed_becomes_a_formula(county_rows, tmp_path, enter):
    rows = {key: [dict(row) for row in value] for key, value in county_rows.items()}
    nasty = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "\t=1"]
    for row, text in zip(rows["households"], nasty, strict=False):
        row["address"] = text
    path = tmp_path / "nasty.xlsx"
    write_workbook(path, rows, pack=load_pack(PACK))
    batch = enter(path)
    assert {fault.rule for fault in faults_of(batch)} <= {"cell.hidden"}
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book[sheet("households").zh].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
