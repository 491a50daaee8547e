"""Reach: a clerk of one township enters, sees and takes out nothing of another — not by any sheet."""

from __future__ import annotations

import openpyxl
import pytest
from django.core.files import File

from tests.factories import make_user
from yixian.domain.areas import AreaLevel
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.registry.models import Area, Helper, Household
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.export import export
from yixian.workbook.actions.stage import stage
from yixian.workbook.queries import batches, get_batch

from .books import FIRST, column, page, places, with_cell
from .conftest import AT, SYSTEM

pytestmark = pytest.mark.sqlite_enough

PERSONAL = ("people", "households", "persons", "items")


@pytest.fixture
def townships(entered) -> list[Area]:
    """Two townships with households, the county being entered."""
    found = [
        area
        for area in Area.objects.filter(level=AreaLevel.TOWNSHIP)
        if Household.objects.filter(area_path__startswith=area.path).exists()
    ]
    return found[:2]


def keeper(area: Area, role: Role = Role.BUREAU_CLERK):
    return actor_for(make_user(role, area_path=area.path), at=AT)


def handed_in(path, actor):
    with path.open("rb") as content:
        return check(stage(File(content), file_name="x.xlsx", actor=actor, at=AT), at=AT)


def test_an_export_holds_ones_own_township_only(townships, tmp_path):
    own, other = townships
    export(tmp_path / "own.xlsx", actor=keeper(own), at=AT)
    book = openpyxl.load_workbook(tmp_path / "own.xlsx")
    groups = {row[1].value for row in page(book, "households").iter_rows(min_row=FIRST)}
    assert groups
    assert all(code.startswith(own.code) for code in groups)
    cells = {
        str(cell.value)
        for key in PERSONAL
        for row in page(book, key).iter_rows(min_row=FIRST)
        for cell in row
    }
    for number, name in Household.objects.filter(area_path__startswith=other.path).values_list(
        "household_no", "head__person_no"
    ):
        assert number not in cells
        assert name not in cells
    inside = Helper.objects.filter(organisation__area__path__startswith=own.path).count()
    assert page(book, "people").max_row == FIRST - 1 + inside
    codes = {row[0].value for row in page(book, "areas").iter_rows(min_row=FIRST)}
    assert own.code in codes
    assert other.code not in codes


def test_ones_own_export_comes_back_without_a_difference(townships, tmp_path):
    actor = keeper(townships[0])
    export(tmp_path / "own.xlsx", actor=actor, at=AT)
    batch = handed_in(tmp_path / "own.xlsx", actor)
    assert (batch.summary["fault_count"], batch.summary["change_count"], batch.summary["new_count"]) == (
        0,
        0,
        0,
    )
    assert {
        page["key"]: page["absent"] for page in batch.summary["sheets"] if page["key"] in PERSONAL
    } == dict.fromkeys(PERSONAL, 0)


def test_every_personal_row_of_another_township_is_refused(county_file, county_rows, townships):
    own, _other = townships
    batch = handed_in(county_file, keeper(own))
    refused = {(sheet, row) for sheet, row, _column, rule in places(batch) if rule == "row.reach"}
    kept = {page["key"]: page["rows"] - page["left_out"] for page in batch.summary["sheets"]}
    households = Household.objects.filter(area_path__startswith=own.path)
    assert kept["households"] == households.count()
    assert refused
    assert {sheet for sheet, _row in refused} <= set(
        PERSONAL
    )  # what is unchanged of places and bodies may stand there
    assert batch.summary["changes"] == []


def test_a_changed_place_or_organisation_outside_is_refused(county_file, townships):
    own, other = townships
    book = openpyxl.load_workbook(county_file)
    areas, organisations = page(book, "areas"), page(book, "organisations")
    area = next(r for r in range(FIRST, areas.max_row + 1) if areas.cell(r, 1).value == other.code)
    seat = column("organisations", "area_code")
    organisation = next(
        r
        for r in range(FIRST, organisations.max_row + 1)
        if str(organisations.cell(r, seat).value).startswith(other.code)
    )
    path = with_cell(county_file, "areas", "name", "新名", row=area)
    path = with_cell(path, "organisations", "name", "新名", row=organisation)
    actor = keeper(own)
    found = places(handed_in(path, actor))
    assert {
        ("areas", area, "code", "row.reach"),
        ("organisations", organisation, "code", "row.reach"),
    } <= found


def test_another_township_learns_no_numbers(county_file, county_rows, townships, tmp_path):
    own, other = townships
    stranger = Household.objects.filter(area_path__startswith=other.path).select_related("head").first()
    book = openpyxl.load_workbook(county_file)
    households = page(book, "households")
    mine = next(
        r
        for r in range(FIRST, households.max_row + 1)
        if str(households.cell(r, 2).value).startswith(own.code)
    )
    persons = page(book, "persons")
    member = next(
        r
        for r in range(FIRST, persons.max_row + 1)
        if persons.cell(r, 2).value == households.cell(mine, 1).value
        and persons.cell(r, column("persons", "relation")).value != "户主"
    )
    persons.cell(member, column("persons", "id_number"), stranger.head.id_number)
    book.save(tmp_path / "probe.xlsx")
    batch = handed_in(tmp_path / "probe.xlsx", keeper(own))
    taken = [fault for fault in batch.summary["faults"] if fault["rule"] == "id.taken"]
    assert taken == [] or {fault["params"]["other"] for fault in taken} == {"—"}
    assert ("persons", member, "id_number", "id.taken") in places(batch)


def test_a_batch_is_in_sight_of_those_who_keep_the_whole_of_its_area(townships, county_file):
    own, other = townships
    batch = handed_in(county_file, keeper(own))
    assert batch.area_path == own.path
    lead, stranger, county = (
        keeper(own, Role.BUREAU_LEAD), keeper(other), keeper(own.parent, Role.BUREAU_LEAD),
    )  # fmt: skip
    assert get_batch(lead, batch.pk) == get_batch(county, batch.pk) == get_batch(SYSTEM, batch.pk) == batch
    assert not batches(stranger).exists()
    for act in (
        lambda: get_batch(stranger, batch.pk),
        lambda: commit(batch, partial=True, actor=stranger, at=AT),
        lambda: discard(batch.pk, actor=stranger, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM}))
def test_other_roles_neither_bring_in_nor_take_out(county_file, register, role, tmp_path):
    actor = actor_for(make_user(role, area_path=""), at=AT)
    with pytest.raises(NotPermitted), county_file.open("rb") as content:
        stage(File(content), file_name="x.xlsx", actor=actor, at=AT)
    with pytest.raises(NotPermitted):
        export(tmp_path / "x.xlsx", actor=actor, at=AT)


def test_a_wider_view_as_auditor_does_not_widen_a_clerks_hand(townships, tmp_path):
    own, other = townships
    user = make_user(Role.BUREAU_CLERK, area_path=own.path)
    clerk = actor_for(user, at=AT)
    auditor = actor_for(make_user(Role.AUDITOR, area_path=other.path), at=AT)
    both = clerk.with_grants(clerk.grants + auditor.grants)
    export(tmp_path / "both.xlsx", actor=both, at=AT)
    export(tmp_path / "own.xlsx", actor=clerk, at=AT)
    assert (tmp_path / "both.xlsx").read_bytes() == (tmp_path / "own.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["household_no", "group_code"])
def test_nobody_is_told_that_what_hangs_on_an_unread_sheet_lies_outside(entered, county_file, name):
    """A new household and its head, in a sheet of households with a head that nobody knows."""
    book = openpyxl.load_workbook(county_file)
    page(book, "households").cell(1, column("households", name)).value = "某某"
    for key, own, number in (("households", "household_no", "X-1"), ("persons", "person_no", "X-1-1")):
        page(book, key).cell(FIRST, column(key, own)).value = number
    page(book, "persons").cell(FIRST, column("persons", "household_no")).value = "X-1"
    page(book, "persons").cell(FIRST, column("persons", "id_number")).value = None
    path = county_file.with_name(f"unread-{name}.xlsx")
    book.save(path)
    batch = handed_in(path, keeper(Area.objects.get(level=AreaLevel.COUNTY)))
    assert {rule for _sheet, _row, _name, rule in places(batch)} == {"column.unknown", "column.missing"}
