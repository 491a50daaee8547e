"""A household that was divided is not alone for a day, and one that joined another has nobody beside it any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, make_paired_place
from tests.second_person import two_persons
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.ask_another import ask_another
from yixian.duty.choices import AbsenceKind, HandoverCause, RequestChannel
from yixian.duty.coverage import uncovered
from yixian.duty.models import Handover, HelperRequest, Pairing, Recusal
from yixian.inventory.actions.merge_households_and_items import merge_households_and_items
from yixian.inventory.actions.split_household_and_items import split_household_and_items
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.registry.actions.split_household import HouseholdSplit
from yixian.registry.after_division import AFTER_SPLIT
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household, HouseholdMember

pytestmark = pytest.mark.django_db

YEAR = TODAY, TODAY + timedelta(days=365)
ON = TODAY + timedelta(days=10)


place = StartingState(make_paired_place).fixture()


def divide(household: Household, number: str = "NEW-1", **changes) -> HouseholdSplit:
    """The last member goes off as the head of their own household; helpers follow in the same transaction."""
    leaves = HouseholdMember.objects.filter(household=household, valid_until=None).order_by("pk").last()
    given = {
        "reason": "儿子成家",
        "on": ON,
        "by": two_persons(),
        "actor": SYSTEM,
        "at": AT,
    }
    return split_household_and_items(household.pk, number, {leaves.person_id: "head"}, [], **given | changes)


def assigned_on(household: Household, role: str = "cadre") -> list[int]:
    rows = Pairing.objects.filter(household=household, role=role).order_by("valid_from", "pk")
    return list(rows.values_list("helper_id", flat=True))


def test_a_divided_household_has_both_helpers_from_its_first_day(place):
    old = place.households[0]
    new = divide(old).new
    assert uncovered(*YEAR) == []
    rows = Pairing.objects.filter(household=new)
    assert {(row.role, row.valid_from, row.valid_until) for row in rows} == {
        ("cadre", ON, None),
        ("member", ON, None),
    }
    assert set(Handover.objects.filter(household=new).values_list("cause", flat=True)) == {
        HandoverCause.SPLIT
    }
    assert assigned_on(new) == assigned_on(old)


def test_nobody_else_is_moved_by_a_division(place):
    before = dict(Pairing.objects.values_list("pk", "helper_id"))
    divide(place.households[0])
    rows = Pairing.objects.filter(pk__in=before, valid_until=None)
    assert dict(rows.values_list("pk", "helper_id")) == before


def test_where_the_own_helper_is_full_the_nearest_with_a_place_comes(place):
    old = place.households[0]
    (own,) = assigned_on(old)
    Helper.objects.filter(pk=own).update(places=Pairing.objects.filter(helper_id=own).count())
    other = Helper.objects.filter(kind="cadre", places__gt=0).exclude(pk=own).first()
    Helper.objects.filter(pk=other.pk).update(places=20)
    new = divide(old).new
    assert assigned_on(new) != [own]
    assert uncovered(*YEAR) == []


def test_where_all_are_full_the_own_helper_takes_one_more(place):
    for helper in Helper.objects.filter(places__gt=0):
        helper.places = max(helper.pairings.count(), 1)
        helper.save()
    Helper.objects.filter(pairings=None, places__gt=0).update(places=0)
    old = place.households[0]
    new = divide(old).new
    assert assigned_on(new) == assigned_on(old)
    assert uncovered(*YEAR) == []


def test_where_everybody_will_be_away_the_new_household_shares_whoever_the_old_one_has(place):
    old = place.households[0]
    (own,) = assigned_on(old)
    leave = Announcement(
        own, AbsenceKind.LEAVE, ON + timedelta(days=5), ON + timedelta(days=9), "住院", beyond=9
    )
    announce_absence(leave, actor=SYSTEM, at=AT)
    Helper.objects.filter(kind="cadre").exclude(pk=own).update(places=0)
    new = divide(old).new
    assert uncovered(*YEAR) == []
    assert assigned_on(new) == assigned_on(old)
    assert [row.part for row in Pairing.objects.filter(household=new, role="cadre").order_by("pk")] == [
        "first",
        "stand_in",
    ]


def test_a_helper_from_among_those_who_leave_does_not_stand_beside_their_own_household(place):
    old = place.households[0]
    (own,) = assigned_on(old, "member")
    leaves = HouseholdMember.objects.filter(household=old).order_by("pk").last()
    Helper.objects.filter(pk=own).update(person=leaves.person)
    new = divide(old).new
    assert own not in assigned_on(new, "member")
    assert uncovered(*YEAR) == []


def test_whom_the_old_household_had_replaced_does_not_come_back_with_the_new_one(place):
    old = place.households[0]
    (own,) = assigned_on(old)
    ask_another(old.pk, HelperKind.CADRE, "", RequestChannel.COUNTER, actor=SYSTEM, at=AT)
    new = divide(old).new
    assert own not in assigned_on(new)
    assert Recusal.objects.filter(household=new, helper_id=own).exists()


def test_a_division_that_fails_leaves_nobody_beside_anybody(place, monkeypatch):
    def fail(old: Household, new: Household, *, actor: Actor, at: datetime) -> None:
        AFTER_SPLIT.load("duty")(old, new, actor=actor, at=at)
        raise Refused("test.fails", "It fails.")

    monkeypatch.setattr(AFTER_SPLIT, "load_all", lambda: [fail])
    before = Pairing.objects.count()
    with pytest.raises(Refused):
        divide(place.households[0])
    assert not Household.objects.filter(household_no="NEW-1").exists()
    assert Pairing.objects.count() == before


def test_a_household_that_joins_another_has_nobody_beside_it_from_that_day(place):
    leaving, staying = place.households[:2]
    cadre = Helper.objects.get(pk=assigned_on(leaving)[0])
    Helper.objects.filter(kind="cadre").exclude(pk=cadre.pk).update(places=0)
    ask_another(leaving.pk, HelperKind.CADRE, "", RequestChannel.COUNTER, actor=SYSTEM, at=AT)
    assert HelperRequest.objects.filter(settled_at=None, withdrawn_at=None).count() == 1
    relations = dict.fromkeys(
        HouseholdMember.objects.filter(household=leaving).values_list("person_id", flat=True), "other"
    )
    merge_households_and_items(
        leaving.pk,
        staying.pk,
        relations,
        reason="并户",
        on=ON,
        by=two_persons(),
        actor=SYSTEM,
        at=AT,
    )
    assert {row.valid_until for row in Pairing.objects.filter(household=leaving)} == {ON}
    assert not HelperRequest.objects.filter(settled_at=None, withdrawn_at=None).exists()
    assert uncovered(*YEAR) == []
