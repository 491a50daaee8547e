"""A hand-over goes step by step: each side takes its own, and what is noted for another says how it came about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.factories import make_user
from tests.starting_states import StartingState
from yixian.duty.access import complete
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.hand_over import choose_successor, take_step
from yixian.duty.choices import AbsenceKind, HandoverStepKind, PairingPart
from yixian.duty.coverage import uncovered
from yixian.duty.models import Handover, Pairing
from yixian.duty.queries import handovers_of, handovers_to
from yixian.kernel.actors import Actor, household_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.registry.models import Helper

pytestmark = pytest.mark.django_db

YEAR = TODAY, TODAY + timedelta(days=365)
LATER = TODAY + timedelta(days=20)
ACCEPTED, TOLD, VISITED, ACKNOWLEDGED, ANOTHER = HandoverStepKind


place = StartingState(lambda: make_paired_place(cadres=6)).fixture()


@pytest.fixture
def handover(place: Place) -> Handover:
    helper = max(place.cadres, key=lambda one: one.pairings.count())
    given = Announcement(helper.pk, AbsenceKind.TRANSFER, LATER, None, "调任")
    announce_absence(given, actor=SYSTEM, at=AT)
    return Handover.objects.order_by("pk").first()


def helper_actor(helper: Helper) -> Actor:
    user = User.objects.filter(helper_id=helper.pk).first() or make_user(Role.CADRE, helper_id=helper.pk)
    return complete(actor_for(user, at=AT), on=TODAY)


def step(handover: Handover, kind: HandoverStepKind, actor: Actor, note: str = "", *, days: int = 0):
    on = TODAY + timedelta(days=days)
    return take_step(handover.pk, kind, on, note, actor=actor, at=AT)


def test_each_side_takes_its_own_steps_and_then_it_is_done(handover):
    household = handover.household
    new, old = helper_actor(handover.pairing.helper), helper_actor(handover.from_helper)
    assert [row.handover_id for row in handovers_to(new, on=TODAY)].count(handover.pk) == 1
    step(handover, ACCEPTED, new)
    step(handover, VISITED, old)
    assert handovers_of(household_actor(household.pk), household, on=TODAY)[0].state == "open"
    step(handover, ACKNOWLEDGED, household_actor(household.pk))
    (view,) = handovers_of(household_actor(household.pk), household, on=TODAY)
    assert (view.state, view.accepted, view.acknowledged) == ("done", True, True)
    with pytest.raises(Refused):
        step(handover, ACCEPTED, new)


def test_what_has_not_been_done_by_the_day_is_late(handover):
    (view,) = handovers_of(SYSTEM, handover.household, on=LATER)
    assert view.state == "late"


def test_what_is_noted_for_another_says_how_it_came_about(handover):
    new, old = helper_actor(handover.pairing.helper), helper_actor(handover.from_helper)
    with pytest.raises(Invalid) as wrong:
        step(handover, ACKNOWLEDGED, new)
    assert wrong.value.field == "note"
    step(handover, ACKNOWLEDGED, new, "老人当面说知道了")
    with pytest.raises(Invalid):
        step(handover, ACCEPTED, SYSTEM)
    with pytest.raises(Refused):
        step(handover, ACCEPTED, old, "他答应了")
    with pytest.raises(Refused):
        step(handover, ACCEPTED, household_actor(handover.household_id), "他答应了")
    step(handover, ACCEPTED, SYSTEM, "电话确认")


def test_out_of_reach_it_is_not_there_and_a_day_to_come_is_refused(handover, place):
    stranger = household_actor(place.households[-1].pk)
    with pytest.raises(NotFound):
        step(handover, ACKNOWLEDGED, stranger)
    with pytest.raises(Invalid) as wrong:
        step(handover, ACKNOWLEDGED, household_actor(handover.household_id), days=1)
    assert wrong.value.field == "on"
    with pytest.raises(Invalid):
        step(handover, ANOTHER, SYSTEM, "x")


def test_another_successor_takes_the_place_of_the_first(handover, place):
    first = handover.pairing
    free = next(
        one
        for one in place.cadres
        if one.pk not in {first.helper_id, handover.from_helper_id} and one.pairings.count() < one.places
    )
    with pytest.raises(Invalid):
        choose_successor(handover.pk, free.pk, " ", actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        choose_successor(handover.pk, free.pk, "换", actor=helper_actor(first.helper), at=AT)
    made = choose_successor(handover.pk, free.pk, "会说彝语", actor=SYSTEM, at=AT)
    first.refresh_from_db()
    assert first.valid_until == first.valid_from
    assert (made.pairing.helper, made.effective_on, made.pairing.part) == (free, LATER, PairingPart.FIRST)
    assert made.pairing.cost != first.cost or free.lat == first.helper.lat
    assert uncovered(*YEAR) == []
    with pytest.raises(Refused):
        step(handover, ACCEPTED, helper_actor(first.helper))
    with pytest.raises(Refused) as over:
        choose_successor(handover.pk, place.cadres[-1].pk, "再换", actor=SYSTEM, at=AT)
    assert over.value.key == "handover.over"


def test_a_successor_whom_a_rule_keeps_away_is_refused_with_the_rule(handover, place):
    known = {handover.pairing.helper_id, handover.from_helper_id}
    one = next(helper for helper in place.cadres if helper.pk not in known)
    Helper.objects.filter(pk=one.pk).update(places=0)
    with pytest.raises(Refused) as refused:
        choose_successor(handover.pk, one.pk, "换", actor=SYSTEM, at=AT)
    assert len(refused.value.params["sentences"]) == 1
    with pytest.raises(NotFound):
        choose_successor(handover.pk, place.members[0].pk, "换", actor=SYSTEM, at=AT)


def test_after_its_day_another_successor_begins_today(handover, place):
    free = next(
        one
        for one in place.cadres
        if one.pk not in {handover.pairing.helper_id, handover.from_helper_id}
        and one.pairings.count() < one.places
    )
    later = AT + timedelta(days=30)
    made = choose_successor(handover.pk, free.pk, "换", actor=SYSTEM, at=later)
    assert made.effective_on == TODAY + timedelta(days=30)
    assert uncovered(*YEAR) == []
    assert Pairing.objects.get(pk=handover.pairing_id).valid_until == made.effective_on
