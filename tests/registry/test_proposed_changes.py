"""第二人: what money hangs on is changed by two persons and a document, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_group, make_household, make_organisation, make_user
from tests.second_person import two_persons
from yixian.duty.models import Pairing
from yixian.inventory.actions.correct_item import ItemCorrection, add_item, correct_item
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.actions.propose_merger import propose_merger
from yixian.inventory.actions.propose_split import Division, propose_split
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event, User
from yixian.kernel.roles import Role
from yixian.kernel.workflow import offers
from yixian.registry.actions.decide_change import agree, refuse, withdraw
from yixian.registry.change_steps import AGREE, REFUSE, STEPS, overtaken_by
from yixian.registry.choices import ChangeOutcome, HelperKind
from yixian.registry.models import Helper, Household, ProposedChange
from yixian.registry.queries.proposed_changes import (
    change_rows,
    changes_to_agree,
    decided_alone,
    proposed_changes,
)
from yixian.registry.second_person import Document, TwoPersons

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
PAPER = Document("复核单1号", date(2026, 11, 1), "少登记一平方米")


@pytest.fixture
def household() -> Household:
    household = make_household(make_group(), others=1)
    InventoryItem.objects.create(
        household=household,
        area_path=household.area_path,
        line_no="L1",
        item_code="house.main",
        quantity="80",
        surveyed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
    )
    return household


def someone(role: Role, **fields: object) -> Actor:
    return actor_for(make_user(role, **fields), at=AT)  # type: ignore[arg-type]


def proposed(household: Household, actor: Actor, quantity: str = "81") -> ProposedChange:
    given = ItemCorrection("L1", quantity=quantity)
    return propose_item(household.pk, given, PAPER, on=ON, actor=actor, at=AT)


def quantity() -> str:
    return f"{InventoryItem.objects.get(line_no='L1', valid_until=None).quantity.normalize():f}"


def test_a_change_takes_effect_when_a_second_person_agrees(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = proposed(household, clerk)
    assert (quantity(), changes_to_agree(lead).count(), changes_to_agree(clerk).count()) == ("80", 1, 0)
    (row,) = change_rows(lead, change).window(0, 9)
    assert (row.household_no, row.old, row.new) == (household.household_no, "80", "81")
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    assert (quantity(), changes_to_agree(lead).count()) == ("81", 0)
    event = Event.objects.get(kind="items.corrected")
    assert event.data["proposed_by"] == clerk.user_id
    assert event.data["agreed_by"] == lead.user_id
    assert event.data["document"] == "复核单1号（2026-11-01）"
    assert not decided_alone(someone(Role.AUDITOR)).exists()


def test_nobody_agrees_to_their_own_proposal(household):
    lead = someone(Role.BUREAU_LEAD)
    change = proposed(household, lead)
    with pytest.raises(Refused) as caught:
        agree(change.pk, actor=lead, at=AT)
    assert (caught.value.key, quantity()) == ("change.two_people", "80")
    assert changes_to_agree(lead).count() == 0
    agree(change.pk, actor=someone(Role.COUNTY_LEADER), at=AT)
    assert quantity() == "81"


def test_the_step_itself_refuses_whoever_proposed_it(household):
    lead = someone(Role.BUREAU_LEAD)
    with pytest.raises(Refused) as caught:
        AGREE.check(proposed(household, lead), lead, AT)
    assert caught.value.key == "change.two_people"


def test_the_table_itself_refuses_one_person(household):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.filter(pk=change.pk).update(
            outcome=ChangeOutcome.AGREED, decided_by=change.proposed_by, decided_at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.filter(pk=change.pk).update(outcome=ChangeOutcome.AGREED)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.filter(pk=change.pk).update(document_no="")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLIC, Role.HOUSEHOLD, Role.SYSTEM}))
def test_who_may_agree_is_who_leads_the_bureau_or_the_county(household, role):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    other = someone(role)
    if role in {Role.BUREAU_LEAD, Role.COUNTY_LEADER}:
        assert agree(change.pk, actor=other, at=AT).outcome == ChangeOutcome.AGREED
        return
    with pytest.raises(NotPermitted):
        agree(change.pk, actor=other, at=AT)
    assert quantity() == "80"


def test_the_operator_of_the_machine_is_neither(household):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    for act in (
        lambda: agree(change.pk, actor=system_actor("cli"), at=AT),
        lambda: proposed(household, system_actor("cli")),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_out_of_reach_it_does_not_exist(household):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    elsewhere = make_group()
    stranger = someone(Role.BUREAU_LEAD, area_path=elsewhere.path)
    assert not proposed_changes(stranger).exists()
    with pytest.raises(NotFound):
        agree(change.pk, actor=stranger, at=AT)


def test_a_clerks_wide_reach_does_not_widen_what_a_lead_of_elsewhere_agrees_to(household):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    user = make_user(Role.BUREAU_CLERK)
    user.role_grants.create(role=Role.BUREAU_LEAD, area_path=make_group().path, valid_from=date(2020, 1, 1))
    with pytest.raises(NotFound):
        agree(change.pk, actor=actor_for(user, at=AT), at=AT)


def helper_of(household: Household, person: object) -> Helper:
    organisation = make_organisation(household.area)
    return Helper.objects.create(
        helper_no=f"H{household.pk}",
        person=person,
        kind=HelperKind.CADRE,
        organisation=organisation,
        valid_from=date(2020, 1, 1),
    )


def test_a_member_and_a_helper_of_the_household_do_not_agree(household):
    change = proposed(household, someone(Role.BUREAU_CLERK))
    own = helper_of(household, household.head)
    beside = helper_of(other := make_household(), other.head)
    for helper, key in ((own, "change.own_household"), (beside, "change.beside")):
        if helper is beside:
            Pairing.objects.create(
                household=household,
                area_path=household.area_path,
                helper=beside,
                role=HelperKind.CADRE,
                valid_from=date(2024, 1, 1),
                cost=0,
            )
        lead = someone(Role.BUREAU_LEAD, helper_id=helper.pk)
        with pytest.raises(Refused) as caught:
            agree(change.pk, actor=lead, at=AT)
        assert (caught.value.key, quantity()) == (key, "80")


def test_what_stands_otherwise_by_then_is_not_overwritten(household):
    lead = someone(Role.BUREAU_LEAD)
    first, second = (proposed(household, someone(Role.BUREAU_CLERK), one) for one in ("81", "82"))
    agree(first.pk, actor=lead, at=AT)
    assert agree(second.pk, actor=lead, at=AT).outcome == ChangeOutcome.OUTDATED
    second.refresh_from_db()
    assert quantity() == "81"
    assert "80" in second.note
    assert "81" in second.note
    assert Event.objects.filter(kind="change.outdated").count() == 1


def test_refused_and_withdrawn_ones_stay_and_are_decided_once(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    first, second = proposed(household, clerk), proposed(household, clerk)
    with pytest.raises(Invalid):
        refuse(first.pk, " ", actor=lead, at=AT)
    refuse(first.pk, "与调查表不符", actor=lead, at=AT)
    with pytest.raises(Refused):
        withdraw(second.pk, "不是我提的", actor=someone(Role.BUREAU_CLERK), at=AT)
    withdraw(second.pk, "写错了", actor=clerk, at=AT)
    for change in (first, second):
        with pytest.raises(Refused):
            agree(change.pk, actor=lead, at=AT)
    assert set(ProposedChange.objects.values_list("outcome", flat=True)) == {"refused", "withdrawn"}
    assert quantity() == "80"


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (Document(" ", date(2026, 11, 1), "复核"), "document_no"),
        (Document("1", date(2026, 11, 1), " "), "reason"),
        (Document("1", date(2026, 11, 3), "复核"), "document_date"),
        (Document("1" * 121, date(2026, 11, 1), "复核"), "document_no"),
    ],
)
def test_a_proposal_needs_its_document(household, paper, field):
    given = ItemCorrection("L1", quantity="81")
    with pytest.raises(Invalid) as caught:
        propose_item(household.pk, given, paper, on=ON, actor=someone(Role.BUREAU_CLERK), at=AT)
    assert caught.value.field == field


def test_nothing_to_change_is_refused(household):
    for same in ("80", "80.00"):
        with pytest.raises(Refused) as caught:
            proposed(household, someone(Role.BUREAU_CLERK), same)
        assert caught.value.key == "item.same"


@pytest.mark.parametrize("wrong", ["eighty", "-1", "0", "0.00001"])
def test_what_could_never_be_entered_is_not_proposed(household, wrong):
    with pytest.raises(Invalid) as caught:
        proposed(household, someone(Role.BUREAU_CLERK), wrong)
    assert caught.value.field == "quantity"


def test_a_quantity_is_shown_as_it_is_meant(household):
    change = proposed(household, someone(Role.BUREAU_CLERK), "83.7100")
    assert change_rows(someone(Role.BUREAU_LEAD), change).window(0, 9)[0].new == "83.71"


def test_one_person_cannot_be_named_twice_in_any_action():
    with pytest.raises(Refused):
        TwoPersons(7, 7, "文件")


def test_an_administrator_reaches_none_of_the_actions(household):
    admin, by = someone(Role.ADMINISTRATOR), two_persons()
    for act in (
        lambda: correct_item(
            household.pk, ItemCorrection("L1", quantity="9"), reason="x", on=ON, by=by, actor=admin, at=AT
        ),
        lambda: add_item(household.pk, "house.main", "9", reason="x", on=ON, by=by, actor=admin, at=AT),
        lambda: proposed(household, admin),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_change_that_one_person_made_would_be_found(household):
    """The other way round: the audit finds what it looks for."""
    auditor = someone(Role.AUDITOR)
    for data in ({}, {"agreed_by": 1}):
        Event.objects.create(
            at=AT,
            actor_label="user:x",
            kind="items.corrected",
            subject_kind="household",
            subject_id=household.pk,
            area_path=household.area_path,
            data=data,
        )
    assert decided_alone(auditor).count() == 1
    assert not decided_alone(someone(Role.AUDITOR, area_path=make_group().path)).exists()


def test_whoever_may_not_see_an_account_sees_its_last_digits(household):
    words = [
        {
            "household_no": "1",
            "field": "账号",
            "field_en": "Account",
            "old": "",
            "new": "62170012345678",
            "kind": "account",
        }
    ]
    change = proposed(household, someone(Role.BUREAU_CLERK))
    ProposedChange.objects.filter(pk=change.pk).update(words=json.dumps(words))
    change.refresh_from_db()
    shown = {
        role: change_rows(someone(role), change).window(0, 1)[0].new
        for role in (Role.BUREAU_LEAD, Role.COUNTY_LEADER)
    }
    assert shown == {Role.BUREAU_LEAD: "62170012345678", Role.COUNTY_LEADER: "**********5678"}
    assert User.objects.exists()


def division(household: Household, number: str = "NEW-1") -> Division:
    """The last member begins a household of their own and takes the line along."""
    leaves = household.members.filter(valid_until=None).order_by("pk").last()
    items = household.items.filter(valid_until=None).values_list("pk", flat=True)
    return Division(number, {leaves.person_id: "head"}, list(items), ON)


def test_a_household_is_divided_by_two_persons_and_the_ledger_names_both(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = propose_split(household.pk, division(household), {}, PAPER, actor=clerk, at=AT)
    assert Household.objects.count() == 1
    with pytest.raises(Refused):
        agree(change.pk, actor=someone(Role.COUNTY_LEADER, helper_id=member_helper(household).pk), at=AT)
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    new = Household.objects.get(household_no="NEW-1")
    assert new.items.get(valid_until=None).line_no == "L1"
    for event in Event.objects.filter(kind__in=("household.split_from", "household.split_to")):
        assert (event.data["proposed_by"], event.data["agreed_by"]) == (clerk.user_id, lead.user_id)
        assert event.data["document"] == change.document
    assert not decided_alone(lead).exists()


def member_helper(household: Household) -> Helper:
    person = household.members.filter(valid_until=None).order_by("pk").first().person
    return helper_of(household, person)


@pytest.mark.parametrize("other", ["item", "member"])
def test_a_household_that_is_another_by_then_is_not_divided(household, other):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = propose_split(household.pk, division(household), {}, PAPER, actor=clerk, at=AT)
    if other == "item":
        agree(proposed(household, clerk).pk, actor=lead, at=AT)
    else:
        row = household.members.filter(valid_until=None).order_by("pk").last()
        row.valid_until = ON
        row.save(update_fields=["valid_until"])
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.OUTDATED
    assert Household.objects.count() == 1


def test_a_number_that_was_taken_meanwhile_is_told_before_anybody_agrees(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = propose_split(household.pk, division(household), {}, PAPER, actor=clerk, at=AT)
    assert overtaken_by(change, lead, AT) == ""
    with pytest.raises(Refused) as caught:  # it waits, and still can be
        propose_split(household.pk, division(household), {}, PAPER, actor=clerk, at=AT)
    assert caught.value.key == "change.waits"
    Household.objects.filter(pk=make_household(household.area).pk).update(household_no="NEW-1")
    assert "已被使用" in overtaken_by(change, lead, AT)
    (offer,) = [one for one in offers(STEPS, change, lead, AT) if one.step is AGREE]
    assert (offer.refusal.key, offer.refusal.params["why"]) == (
        "change.overtaken",
        overtaken_by(change, lead, AT),
    )
    assert [one.step for one in offers(STEPS, change, lead, AT) if one.refusal is None] == [REFUSE]
    other = replace(division(household), household_no="NEW-2")
    anew = propose_split(household.pk, other, {}, PAPER, actor=clerk, at=AT)
    change.refresh_from_db()
    assert (change.outcome, change.decided_by_id) == (ChangeOutcome.OUTDATED, clerk.user_id)
    assert "已被使用" in change.note
    assert agree(anew.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    assert Household.objects.get(household_no="NEW-2").members.filter(valid_until=None).exists()


def test_whoever_agrees_all_the_same_is_told_that_it_was_overtaken(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = propose_split(household.pk, division(household), {}, PAPER, actor=clerk, at=AT)
    Household.objects.filter(pk=make_household(household.area).pk).update(household_no="NEW-1")
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.OUTDATED
    assert household.items.filter(valid_until=None).count() == 1


def test_a_line_that_stands_otherwise_is_told_before_anybody_agrees(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    first, second = (proposed(household, clerk, one) for one in ("81", "82"))
    agree(first.pk, actor=lead, at=AT)
    why = overtaken_by(second, lead, AT)
    assert "80" in why
    assert "81" in why
    assert overtaken_by(ProposedChange.objects.get(pk=first.pk), lead, AT) == ""
    assert refuse(second.pk, "已改过", actor=lead, at=AT).outcome == ChangeOutcome.REFUSED


def test_a_merger_with_a_household_that_ended_is_told_before_anybody_agrees(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    staying = make_household(household.area)
    relations = {row.person_id: "other" for row in household.members.filter(valid_until=None)}
    change = propose_merger(household.pk, staying.pk, relations, {}, PAPER, on=ON, actor=clerk, at=AT)
    assert overtaken_by(change, lead, AT) == ""
    Household.objects.filter(pk=staying.pk).update(valid_until=ON)
    assert "已终止" in overtaken_by(change, lead, AT)


def test_joining_shows_whose_account_is_paid_and_masks_it(household):
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.COUNTY_LEADER)
    staying = make_household(household.area)
    household.bank_account = "6230520000012345"
    household.save(update_fields=["bank_account"])
    relations = {row.person_id: "other" for row in household.members.filter(valid_until=None)}
    change = propose_merger(household.pk, staying.pk, relations, {}, PAPER, on=ON, actor=clerk, at=AT)
    rows = {row.field: row for row in change_rows(lead, change).window(0, 20)}
    assert rows["收款账户"].old == "************2345"
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    household.refresh_from_db()
    assert household.ended_as == "merged"


def test_a_day_further_ahead_than_a_year_is_a_slip(household):
    far = replace(division(household), on=ON + timedelta(days=400))
    with pytest.raises(Invalid) as refused:
        propose_split(household.pk, far, {}, PAPER, actor=someone(Role.BUREAU_CLERK), at=AT)
    assert refused.value.key == "change.far"
