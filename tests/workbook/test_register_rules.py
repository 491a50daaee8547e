"""Rules against the register: one number one person, nobody entered into what has ended, and only what was shown."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection

from tests.second_person import two_persons
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import silent
from yixian.kernel.models import ChangeStamp
from yixian.registry.actions.correct_member import correct_eligibility
from yixian.registry.actions.recode_area import recode_area
from yixian.registry.choices import Eligibility
from yixian.registry.models import Area, Helper, Household, HouseholdMember, Person
from yixian.workbook.access import EVERYTHING
from yixian.workbook.actions import check as check_module
from yixian.workbook.actions import commit as commit_module
from yixian.workbook.actions.check import check_for_commit, examine
from yixian.workbook.actions.commit import commit
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.queries import faults_of, notes_of

from .books import FIRST, changed, column, only, page, places, rules, with_cell
from .conftest import AT, SYSTEM


@pytest.mark.sqlite_enough
def test_a_helper_under_another_number_is_named_and_not_crashed_on(entered, county_file, bring):
    path = with_cell(only(county_file, "people"), "people", "helper_no", "G99999")
    assert ("people", FIRST, "id_number", "id.taken") in places(bring(path))


@pytest.mark.sqlite_enough
def test_a_helper_who_comes_into_a_household_is_the_same_person(county_file, enter):
    enter(only(county_file, "areas", "organisations", "people"))
    before = dict(Helper.objects.values_list("helper_no", "person_id"))
    enter(county_file)
    assert dict(Helper.objects.values_list("helper_no", "person_id")) == before
    both = Helper.objects.filter(person__person_no__isnull=False)
    assert both.exists()
    assert all(helper.person.memberships.count() == 1 for helper in both)


@pytest.mark.sqlite_enough
def test_one_person_says_the_same_as_helper_and_as_member(county_file, bring):
    book = openpyxl.load_workbook(county_file)
    members = {
        row[column("persons", "id_number") - 1].value for row in page(book, "persons").iter_rows(min_row=3)
    }
    people = page(book, "people")
    both = next(
        row
        for row in range(FIRST, people.max_row + 1)
        if people.cell(row, column("people", "id_number")).value in members - {None}
    )
    batch = bring(with_cell(county_file, "people", "name", "别名", row=both))
    assert ("people", both, "name", "id.other_facts") in places(batch)


@pytest.mark.sqlite_enough
def test_a_helper_who_lives_in_a_household_is_not_renamed_by_the_way(entered, county_file, bring):
    both = Helper.objects.filter(person__person_no__isnull=False).order_by("helper_no").first()
    assert both is not None
    book = openpyxl.load_workbook(county_file)
    people = page(book, "people")
    row = next(r for r in range(FIRST, people.max_row + 1) if people.cell(r, 1).value == both.helper_no)
    path = only(with_cell(county_file, "people", "name", "别名", row=row), "people")
    assert ("people", row, "name", "id.other_facts") in places(bring(path))


@pytest.mark.sqlite_enough
def test_a_slip_in_a_number_moves_nobody_into_another_household(entered, county_file, bring):
    persons = page(openpyxl.load_workbook(county_file), "persons")
    numbers = {row: persons.cell(row, column("persons", "household_no")).value for row in range(FIRST, 40)}
    other = next(number for number in numbers.values() if number != numbers[FIRST])
    batch = bring(with_cell(county_file, "persons", "household_no", other))
    assert ("persons", FIRST, "household_no", "person.moved") in places(batch)


@pytest.mark.sqlite_enough
def test_nobody_and_nothing_is_entered_into_a_household_that_has_ended(entered, county_file, bring):
    number = openpyxl.load_workbook(county_file)["移民户"].cell(FIRST, 1).value
    Household.objects.filter(household_no=number).update(valid_until=AT.date())
    found = {(sheet, rule) for sheet, _row, _column, rule in places(bring(county_file))}
    assert {(key, "household.ended") for key in ("households", "persons", "items")} <= found


@pytest.mark.sqlite_enough
def test_places_and_organisations_keep_their_order(county_file, bring):
    def spoil(book: openpyxl.Workbook) -> None:
        organisations = page(book, "organisations")
        first, second = organisations.cell(FIRST, 1).value, organisations.cell(FIRST + 1, 1).value
        organisations.cell(FIRST, column("organisations", "parent_code"), second)
        organisations.cell(FIRST + 1, column("organisations", "parent_code"), first)
        county = page(book, "areas").cell(FIRST + 1, 1).value
        page(book, "stationings").cell(FIRST, column("stationings", "area_code"), county)

    assert {"organisation.circle", "stationing.level"} <= rules(bring(changed(county_file, spoil)))


@pytest.mark.sqlite_enough
def test_what_is_unusual_is_noted_and_keeps_nothing_out(county_file, enter):
    def unusual(book: openpyxl.Workbook) -> None:
        page(book, "items").cell(FIRST, column("items", "quantity"), 0)
        persons = page(book, "persons")
        head = next(
            r for r in range(FIRST, 100) if persons.cell(r, column("persons", "relation")).value == "户主"
        )
        persons.cell(head, column("persons", "birth_date"), "2015-01-01")
        persons.cell(head, column("persons", "id_number")).value = None

    batch = enter(changed(county_file, unusual))
    assert batch.state == BatchState.COMMITTED
    assert {"note.nothing", "note.young_head"} <= {note.rule for note in notes_of(batch)}


def test_nothing_is_entered_but_what_was_shown(entered, county_file, enter, bring):
    batch = bring(with_cell(county_file, "households", "address", "新址"))
    assert batch.summary["change_count"] == 1
    enter(with_cell(county_file, "households", "address", "另一处", row=FIRST + 1))
    with pytest.raises(Refused) as caught:
        commit(batch, partial=False, actor=SYSTEM, at=AT)
    assert caught.value.key == "import.differs"
    batch.refresh_from_db()
    assert batch.summary["change_count"] == 2
    commit(batch, partial=False, actor=SYSTEM, at=AT + timedelta(minutes=1))


def test_id_numbers_are_swapped_moved_and_handed_on_in_one_file(entered, county_file, bring):
    """What a clerk corrects who finds two cards mixed up; no order of rows makes a number stand twice in between."""
    people = list(
        Person.objects.filter(helper=None).exclude(person_no=None).exclude(id_index=None).order_by("pk")[:4]
    )
    a, b, c, d = (person.person_no for person in people)
    held = {person.person_no: (person.id_number, person.birth_date, person.gender) for person in people}
    taken = {a: held[b], b: held[a], c: held[d], d: None}

    def mixed(book: openpyxl.Workbook) -> None:
        sheet = page(book, "persons")
        for row in range(FIRST, sheet.max_row + 1):
            number = sheet.cell(row, column("persons", "person_no")).value
            if number in taken:
                one = taken[number]
                sheet.cell(row, column("persons", "id_number")).value = one and one[0]
                if one:
                    sheet.cell(row, column("persons", "birth_date")).value = one[1].isoformat()
                    sheet.cell(row, column("persons", "gender")).value = "女" if one[2] == "female" else "男"

    batch = bring(changed(county_file, mixed))
    assert [(fault.place, fault.rule) for fault in faults_of(batch)] == []
    commit(batch, partial=False, actor=SYSTEM, at=AT, by=two_persons())
    found = dict(Person.objects.filter(person_no__in=taken).values_list("person_no", "id_number"))
    assert found == {number: one[0] if one else "" for number, one in taken.items()}
    assert Person.objects.filter(person_no__in=[a, b, c]).exclude(id_index=None).count() == 3


def test_a_number_is_not_taken_while_its_owner_stays_out(entered, county_file, enter):
    first, second = (
        Person.objects.filter(helper=None).exclude(person_no=None).exclude(id_index=None).order_by("pk")[:2]
    )

    def moved(book: openpyxl.Workbook) -> None:
        sheet = page(book, "persons")
        for row in range(FIRST, sheet.max_row + 1):
            number = sheet.cell(row, column("persons", "person_no")).value
            if number == first.person_no:
                sheet.cell(row, column("persons", "id_number")).value = None
                sheet.cell(row, column("persons", "birth_date")).value = "gestern"
            if number == second.person_no:
                sheet.cell(row, column("persons", "id_number")).value = first.id_number
                sheet.cell(row, column("persons", "birth_date")).value = first.birth_date.isoformat()
                sheet.cell(row, column("persons", "gender")).value = (
                    "女" if first.gender == "female" else "男"
                )

    enter(changed(county_file, moved), partial=True)
    kept = Person.objects.in_bulk([first.pk, second.pk])
    assert [kept[one.pk].id_number for one in (first, second)] == [first.id_number, second.id_number]


def test_a_code_of_once_leads_to_the_place_of_today(entered, county_file, enter, bring):
    """A workbook of last week would make every place of a recoded township once more."""
    township = Area.objects.filter(level="township").order_by("code").first()
    old = township.code
    new = f"{old[:-2]}{71}"
    recode_area(township.pk, new, document="民政通知", on=AT.date(), actor=SYSTEM, at=AT)
    counted = Area.objects.count()
    batch = enter(county_file, partial=True)
    codes = {fault.params["code"] for fault in faults_of(batch) if fault.rule == "area.retired"}
    assert new in codes
    assert all(code.startswith(new) for code in codes)
    places_named = {(sheet, name) for sheet, _row, name, rule in places(batch) if rule == "area.retired"}
    assert {("areas", "code"), ("areas", "parent_code"), ("households", "group_code")} <= places_named
    assert Area.objects.count() == counted
    one = only(county_file, "households", "persons", "items")
    assert {"area.retired"} <= rules(bring(one))
    assert "row.reference" not in rules(bring(one))


def meddle() -> None:
    """As if somebody had just changed a household."""
    ChangeStamp.objects.create(table="registry_household", stamp=uuid4().hex)


@pytest.mark.parametrize("handed_on", [True, False])
def test_a_decision_taken_meanwhile_is_not_overwritten(entered, county_file, bring, handed_on):
    """Whoever decides between check and entry, by whatever action: the workbook that knows nothing of it stays out."""
    path = with_cell(county_file, "households", "address", "新址")
    batch = bring(path)
    checked = check_for_commit(batch, at=AT) if handed_on else None
    member = HouseholdMember.objects.filter(eligibility=Eligibility.ELIGIBLE).order_by("pk").first()
    decided = {"reason": "公示异议", "on": AT.date(), "actor": SYSTEM, "at": AT, "by": two_persons()}
    correct_eligibility(
        member.household_id, member.person.person_no, Eligibility.NOT_ELIGIBLE, "外嫁已迁出", **decided
    )
    with pytest.raises(Refused) as caught:
        commit(batch, partial=False, actor=SYSTEM, at=AT, checked=checked)
    assert caught.value.key == "import.differs"
    assert not Household.objects.filter(address="新址").exists()


def test_a_check_reads_no_table_but_those_whose_changes_it_knows(entered, county_file, bring):
    read: set[str] = set()

    def watch(execute, sql, params, many, context):
        read.update(re.findall(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', sql))
        return execute(sql, params, many, context)

    batch = bring(with_cell(county_file, "households", "address", "新址"))
    with connection.execute_wrapper(watch):
        examine(batch, EVERYTHING, at=AT, report=silent)
    assert read == check_module._REGISTER | (read & {"kernel_changestamp"})


def test_a_change_between_check_and_transaction_is_seen(county_file, bring, monkeypatch):
    batch = bring(county_file)
    examine, calls = commit_module.examine, []

    def examine_and_meddle(*args: object, **options: object) -> object:
        checked = examine(*args, **options)
        calls.append(1)
        if len(calls) < 3:
            meddle()
        return checked

    monkeypatch.setattr(commit_module, "examine", examine_and_meddle)
    assert commit(batch, partial=False, actor=SYSTEM, at=AT).state == BatchState.COMMITTED
    assert len(calls) == 3


def test_a_register_that_never_rests_is_told(county_file, bring, monkeypatch):
    batch = bring(county_file)
    examine = commit_module.examine

    def examine_and_meddle(*args: object, **options: object) -> object:
        checked = examine(*args, **options)
        meddle()
        return checked

    monkeypatch.setattr(commit_module, "examine", examine_and_meddle)
    with pytest.raises(Refused) as caught:
        commit(batch, partial=False, actor=SYSTEM, at=AT)
    assert caught.value.key == "import.register_busy"
    assert Household.objects.count() == 0
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED


def test_a_batch_is_entered_once(county_file, bring):
    batch = bring(county_file)
    commit(batch, partial=False, actor=SYSTEM, at=AT)
    with pytest.raises(Refused):
        commit(batch, partial=False, actor=SYSTEM, at=AT)


def _accounts(batch: ImportBatch) -> list[tuple[int, str]]:
    return [(one.row, one.params["others"]) for one in notes_of(batch) if one.rule == "note.shared_account"]


@pytest.mark.sqlite_enough
def test_one_account_for_two_households_is_told(county_file, enter, bring):
    """In one workbook, and beside a household of the register that does not stand in it; it keeps nothing out."""
    rows = page(openpyxl.load_workbook(county_file), "households")
    numbers = [rows.cell(row, column("households", "household_no")).value for row in (FIRST, FIRST + 1)]
    accounts = [rows.cell(row, column("households", "bank_account")).value for row in range(FIRST, 60)]
    account = next(one for one in accounts if one)
    both = with_cell(county_file, "households", "bank_account", account)
    both = with_cell(both, "households", "bank_account", account, row=FIRST + 1)
    for row, one in enumerate(accounts, FIRST):
        if one == account and row > FIRST + 1:
            both = with_cell(both, "households", "bank_account", None, row=row)
    batch = enter(both)
    assert _accounts(batch) == [(FIRST, numbers[1]), (FIRST + 1, numbers[0])]

    def leave_one(book: openpyxl.Workbook) -> None:
        rows = page(book, "households")
        rows.delete_rows(FIRST + 1, rows.max_row)

    alone = bring(changed(both, leave_one))
    assert _accounts(alone) == [(FIRST, numbers[1])]
    assert rules(alone) == set()


@pytest.mark.sqlite_enough
def test_an_account_that_is_a_number_is_told(county_file, bring):
    batch = bring(with_cell(county_file, "households", "bank_account", 62284800123456))
    assert "note.number_account" in {one.rule for one in notes_of(batch)}
