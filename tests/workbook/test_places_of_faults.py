"""Where an error stands: by the letter and head that the spreadsheet shows; and one slip of the pen is one error."""

from __future__ import annotations

import openpyxl
import pytest
from django.utils import translation

from tests.factories import make_user
from yixian.domain.areas import AreaLevel
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.registry.models import Area, Helper, Household, Organisation
from yixian.workbook.actions.commit import commit
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.models import ImportBatch
from yixian.workbook.queries import faults_of
from yixian.workbook.schema import sheet

from .books import FIRST, changed, column, page, with_cell
from .conftest import AT
from .test_reach import handed_in, keeper

pytestmark = pytest.mark.sqlite_enough

NOWHERE = "53990199999999"


def only_fault(batch: ImportBatch) -> ImportFault:
    """The batch's one fault."""
    (fault,) = faults_of(batch)
    return fault


def test_the_column_is_named_by_letter_and_head_on_the_page_and_in_the_workbook(county_file, bring):
    batch = bring(with_cell(county_file, "households", "group_code", NOWHERE))
    fault = only_fault(batch)
    with translation.override("zh-hans"):
        assert fault.place == "移民户 第 3 行 B 组代码"
        assert "“区划”" in fault.message
    with translation.override("en"):
        assert fault.place == "Households (移民户), row 3, B Group code"
        assert "“Areas (区划)”" in fault.message
    report = openpyxl.load_workbook(batch.report.open())
    assert report["错误汇总"].cell(2, 3).value == "B 组代码"
    told = report["移民户"].cell(FIRST, len(sheet("households").columns) + 1).value
    assert told.startswith("B 组代码：")


def test_the_letter_is_that_of_the_workbook_and_not_of_the_template(county_file, bring):
    def moved(book: openpyxl.Workbook) -> None:
        page(book, "households").insert_cols(1, 2)
        page(book, "households").cell(FIRST, column("households", "group_code") + 2).value = NOWHERE

    fault = only_fault(bring(changed(county_file, moved)))
    assert fault.letter == "D"


@pytest.mark.parametrize(("head", "place"), [(None, "J"), ("座机", "J 座机")])
def test_a_column_that_is_not_ours_is_named_once(county_file, bring, head, place):
    path = with_cell(county_file, "households", "phone", head, row=1)
    with translation.override("zh-hans"):
        assert place in {fault.header for fault in faults_of(bring(path))}


def test_a_bad_group_code_of_a_known_household_is_one_error(entered, county_file, bring):
    path = with_cell(county_file, "households", "group_code", NOWHERE)
    assert only_fault(bring(path)).rule == "row.reference"
    township = Area.objects.filter(level=AreaLevel.TOWNSHIP).first()
    path = with_cell(county_file, "households", "group_code", township.code)
    assert only_fault(bring(path)).rule == "household.group"


@pytest.mark.parametrize("code", [NOWHERE, None])
def test_for_a_clerk_of_the_county_it_is_one_error_too(entered, county_file, code):
    """Nobody says besides that the household, its members and its items lie outside the clerk's area."""
    county = Area.objects.get(level=AreaLevel.COUNTY)

    def renumbered(book: openpyxl.Workbook) -> None:
        old = page(book, "households").cell(FIRST, 1).value
        for key in ("households", "persons", "items"):
            index = column(key, "household_no")
            for row in page(book, key).iter_rows(min_row=FIRST, min_col=index, max_col=index):
                if row[0].value == old:
                    row[0].value = "NEW-1"
        for key, name in (("persons", "person_no"), ("items", "line_no")):
            own, number = column(key, "household_no"), column(key, name)
            for row in page(book, key).iter_rows(min_row=FIRST):
                if row[own - 1].value == "NEW-1":
                    row[number - 1].value = f"NEW-{row[number - 1].value}"
                    if key == "persons":
                        row[column(key, "id_number") - 1].value = None
        page(book, "households").cell(FIRST, column("households", "group_code")).value = code

    fault = only_fault(handed_in(changed(county_file, renumbered), keeper(county)))
    assert (fault.sheet, fault.row, fault.column) == ("households", FIRST, "group_code")
    assert fault.rule == ("row.reference" if code else "cell.required")


def test_an_error_in_a_foreign_bodys_place_opens_no_way_into_the_organisation(entered, county_file):
    """A township's clerk who spoils the row of another township's body still enters nobody into it."""
    helper = Helper.objects.filter(kind="cadre", organisation__area__level=AreaLevel.TOWNSHIP).first()
    own = Area.objects.filter(level=AreaLevel.TOWNSHIP).exclude(pk=helper.organisation.area_id).first()

    def spoiled(book: openpyxl.Workbook) -> None:
        organisations, people = page(book, "organisations"), page(book, "people")
        for row in range(FIRST, organisations.max_row + 1):
            if organisations.cell(row, 1).value == helper.organisation.code:
                organisations.cell(row, column("organisations", "area_code")).value = "530999999"
        for row in range(FIRST, people.max_row + 1):
            if people.cell(row, 1).value == helper.helper_no:
                people.cell(row, column("people", "helper_no")).value = "G-NEW"
                people.cell(row, column("people", "id_number")).value = None

    actor = actor_for(make_user(Role.BUREAU_CLERK, area_path=own.path), at=AT)
    batch = handed_in(changed(county_file, spoiled), actor)
    commit(batch, partial=True, actor=actor, at=AT)
    assert not Helper.objects.filter(helper_no="G-NEW").exists()
    assert Organisation.objects.get(code=helper.organisation.code).area_id == helper.organisation.area_id


def test_a_second_row_of_an_area_does_not_hide_where_the_first_lies(entered, county_file):
    """A new area below a foreign village, with a second row that says it lies at home, stays out."""
    group = Area.objects.filter(level=AreaLevel.GROUP).first()
    own = Area.objects.filter(level=AreaLevel.TOWNSHIP).exclude(pk=group.parent.parent_id).first()
    at_home = Area.objects.filter(level=AreaLevel.VILLAGE, parent=own).first()

    def planted(book: openpyxl.Workbook) -> None:
        areas = page(book, "areas")
        for parent in (group.parent.code, at_home.code):
            areas.append([f"{group.parent.code}99", "组", parent, "新组"])

    actor = keeper(own)
    commit(handed_in(changed(county_file, planted), actor), partial=True, actor=actor, at=AT)
    assert not Area.objects.filter(code=f"{group.parent.code}99").exists()
    assert Household.objects.exists()
