"""改登记: one row put right on a page — the same checks as a workbook, alone where no money hangs on it, else by two persons."""

from __future__ import annotations

import pytest

from tests.factories import make_user
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.registry.actions.decide_change import agree
from yixian.registry.choices import ChangeOutcome
from yixian.registry.models import Helper, Household, HouseholdMember, Organisation
from yixian.registry.queries.proposed_changes import change_rows, decided_alone
from yixian.registry.queries.trail import history
from yixian.workbook import editable_rows as rows
from yixian.workbook.actions.edit_row import Grounds, edit_row
from yixian.workbook.row_words import typed_of

from .conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

WHY = Grounds("户主来说的")
PAPER = Grounds("复核丈量", "复核单1号", AT.date())


def someone(role: Role):
    return actor_for(make_user(role), at=AT)


@pytest.fixture
def household(entered) -> Household:
    return Household.objects.order_by("pk")[0]


def typed(row, **changes: str) -> dict[str, str]:
    return {column.key: typed_of(row, column.key) for column in row.columns} | changes


def change(row, actor, grounds=PAPER, **changes: str):
    return edit_row(row, typed(row, **changes), grounds, actor=actor, at=AT)


def test_a_telephone_and_an_address_hold_at_once_with_their_reason(household):
    clerk = someone(Role.BUREAU_CLERK)
    row = rows.household_row(clerk, household.pk)
    assert change(row, clerk, WHY, phone="13800138000", address="新址 3 号") is None
    household.refresh_from_db()
    assert (household.phone, household.address) == ("13800138000", "新址 3 号")
    latest = history(clerk, household)[0]
    assert latest.title == "更正了登记"
    assert any("户主来说的" in detail for detail in latest.details)
    assert not any("13800138000" in detail for detail in latest.details)
    assert not decided_alone(someone(Role.AUDITOR)).exists()


def test_a_bank_account_waits_for_a_second_person_and_a_document(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    row = rows.household_row(clerk, household.pk)
    with pytest.raises(Invalid) as missing:
        change(row, clerk, WHY, bank_account="900123456789")
    assert missing.value.field == "document_no"
    proposed = change(row, clerk, bank_account="900123456789", phone="13800138000")
    said = {one.field: one.new for one in change_rows(lead, proposed).window(0, 9)}
    assert said == {"一卡通账号": "900123456789", "联系电话": "13800138000"}
    household.refresh_from_db()
    assert household.bank_account != "900123456789"
    assert agree(proposed.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    household.refresh_from_db()
    assert (household.bank_account, household.phone) == ("900123456789", "13800138000")
    event = Event.objects.filter(kind="household.changed").latest("pk")
    assert (event.data["money"], event.data["agreed_by"]) == (True, lead.user_id)


def test_a_quantity_and_a_kind_are_proposed_in_the_words_of_the_policy(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    item = InventoryItem.objects.filter(household=household, valid_until=None).order_by("line_no")[0]
    row = rows.item_row(clerk, household.pk, item.pk)
    proposed = change(row, clerk, quantity="7.25")
    (said,) = change_rows(lead, proposed).window(0, 9)
    assert (said.old, said.new) == (f"{item.quantity.normalize():f}", "7.25")
    assert item.item_code not in said.field
    agree(proposed.pk, actor=lead, at=AT)
    now = InventoryItem.objects.get(line_no=item.line_no, valid_until=None)
    assert (f"{now.quantity.normalize():f}", now.follows_id, now.valid_from) == ("7.25", item.pk, AT.date())


def test_what_stands_otherwise_meanwhile_is_overtaken(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    item = InventoryItem.objects.filter(household=household, valid_until=None).order_by("line_no")[0]
    first, second = (
        change(rows.item_row(clerk, household.pk, item.pk), clerk, quantity=quantity)
        for quantity in ("7.25", "8.5")
    )
    agree(first.pk, actor=lead, at=AT)
    late = agree(second.pk, actor=lead, at=AT)
    assert late.outcome == ChangeOutcome.OUTDATED
    assert "7.25" in late.note


def test_the_checks_of_a_workbook_stand_at_their_fields(household):
    clerk = someone(Role.BUREAU_CLERK)
    member = HouseholdMember.objects.filter(household=household, relation="head")[0]
    row = rows.member_row(clerk, household.pk, member.person_id)
    other = HouseholdMember.objects.exclude(household=household).exclude(person__id_number="")[0].person
    for changes, field in (
        ({"name": ""}, "name"),
        ({"birth_date": "2051-01-01"}, "birth_date"),
        ({"relation": "spouse"}, "relation"),
        ({"id_number": "123"}, "id_number"),
        ({"phone": "138"}, "phone"),
        (
            {
                "id_number": other.id_number,
                "birth_date": other.birth_date.isoformat(),
                "gender": other.gender,
            },
            "id_number",
        ),
    ):
        with pytest.raises(Invalid) as wrong:
            change(row, clerk, **changes)
        assert wrong.value.field == field, changes
    with pytest.raises(Refused) as same:
        change(row, clerk)
    assert same.value.key == "change.nothing"


def test_how_a_person_counts_is_told_with_their_name(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    member = HouseholdMember.objects.filter(household=household).exclude(eligibility="not_eligible")[0]
    row = rows.member_row(clerk, household.pk, member.person_id)
    proposed = change(row, clerk, eligibility="not_eligible")
    said = [one for one in change_rows(lead, proposed).window(0, 9) if one.new == "不符合"]
    assert [one.field for one in said] == [f"{member.person.name} 人口界定"]
    agree(proposed.pk, actor=lead, at=AT)
    member.refresh_from_db()
    assert member.eligibility == "not_eligible"


def test_something_left_out_and_somebody_new_get_the_next_number(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    line = rows.new_item_row(clerk, household.pk)
    given = {
        "item_code": "house.main.brick_concrete",
        "quantity": "20",
        "place": "屋后",
        "surveyed_on": "2026-10-01",
        "surveyor": "周测",
    }
    agree(edit_row(line, given, PAPER, actor=clerk, at=AT).pk, actor=lead, at=AT)
    assert InventoryItem.objects.get(line_no=line.key).household_id == household.pk
    born = rows.new_member_row(clerk, household.pk)
    baby = {
        "name": "新生", "relation": "grandchild", "gender": "female", "birth_date": "2026-10-01", "ethnicity": "",
        "id_number": "", "register_type": "agricultural", "present_at_cutoff": "no", "eligibility": "undetermined",
        "eligibility_note": "", "phone": "", "from_date": "2026-10-01",
    }  # fmt: skip
    before = household.members.filter(valid_until=None).count()
    agree(edit_row(born, baby, PAPER, actor=clerk, at=AT).pk, actor=lead, at=AT)
    assert household.members.filter(valid_until=None).count() == before + 1
    assert rows.new_member_row(clerk, household.pk).key != born.key


def test_a_helpers_places_and_languages_hold_at_once(household):
    clerk = someone(Role.BUREAU_CLERK)
    helper = Helper.objects.order_by("pk")[0]
    row = rows.helper_row(clerk, helper.pk)
    assert change(row, clerk, WHY, places="9", languages="cmn,iii", work_phone="13900139000") is None
    helper.refresh_from_db()
    assert (helper.places, helper.languages, helper.work_phone) == (9, "cmn,iii", "13900139000")
    event = Event.objects.get(kind="helper.changed")
    assert event.data["reason"] == "户主来说的"
    assert "13900139000" not in str(event.data)


def test_a_bodys_telephone_and_hours_hold_at_once(household):
    clerk = someone(Role.BUREAU_CLERK)
    body = Organisation.objects.order_by("pk")[0]
    row = rows.organisation_row(clerk, body.pk)
    assert change(row, clerk, WHY, phone="0870-5550100", hours="周一至周五 8:30–17:30") is None
    body.refresh_from_db()
    assert (body.phone, body.hours) == ("0870-5550100", "周一至周五 8:30–17:30")


def test_others_neither_see_nor_change_it(household):
    elsewhere = Household.objects.exclude(area_path__startswith=household.area_path[:18])[0]
    near = actor_for(make_user(Role.BUREAU_CLERK, area_path=elsewhere.area_path), at=AT)
    with pytest.raises(NotFound):
        rows.household_row(near, household.pk)
    with pytest.raises(NotFound):
        rows.organisation_row(near, Organisation.objects.order_by("pk")[0].pk)
    for role in (Role.TOWNSHIP_LEAD, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            rows.household_row(someone(role), household.pk)
