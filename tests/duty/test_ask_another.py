"""Asking for another helper costs a household nothing: once a year by right, never given back within it, others untouched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, make_helper, make_paired_place
from tests.factories import make_user
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.ask_another import ask_another, settle_requests, withdraw_request
from yixian.duty.choices import AbsenceKind, HandoverCause, RequestChannel
from yixian.duty.coverage import uncovered
from yixian.duty.models import Handover, HelperRequest, Pairing, Recusal
from yixian.duty.queries import requests
from yixian.duty.queries.handovers import free_again_on
from yixian.kernel.actors import PUBLIC, household_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

pytestmark = pytest.mark.django_db

YEAR = TODAY, TODAY + timedelta(days=400)
TOMORROW = TODAY + timedelta(days=1)


place = StartingState(lambda: make_paired_place(cadres=6)).fixture()


def ask(household: Household, reason: str = "", *, days: int = 0, actor=None, **changes) -> HelperRequest:
    given = {"role": HelperKind.CADRE, "channel": RequestChannel.PORTAL} | changes
    return ask_another(
        household.pk,
        given["role"],
        reason,
        given["channel"],
        actor=actor or household_actor(household.pk),
        at=AT + timedelta(days=days),
    )


def held(household: Household, day) -> int:
    (row,) = Pairing.objects.filter(household=household, role="cadre", valid_from__lte=day).exclude(
        valid_until__lte=day
    )
    return row.helper_id


def others(household: Household) -> dict[int, tuple]:
    rows = Pairing.objects.exclude(household=household, role="cadre")
    return {row.pk: (row.helper_id, row.valid_from, row.valid_until, row.cost) for row in rows}


def test_another_takes_over_tomorrow_and_nobody_else_is_moved(place):
    household = place.households[0]
    before, rest = held(household, TODAY), others(household)
    request = ask(household)
    assert request.settled_at == AT
    assert request.by_right
    assert held(household, TODAY) == before
    assert held(household, TOMORROW) != before
    assert others(household) == rest
    assert uncovered(*YEAR) == []
    handover = Handover.objects.get(household=household)
    assert (handover.cause, handover.request, handover.from_helper_id) == (
        HandoverCause.ASKED,
        request,
        before,
    )


def test_without_a_reason_once_in_the_time_the_rules_set_and_with_one_at_any_time(place):
    household = place.households[0]
    ask(household)
    assert free_again_on(household, HelperKind.CADRE, on=TODAY) == TODAY + timedelta(days=365)
    with pytest.raises(Invalid) as wrong:
        ask(household, days=30)
    assert wrong.value.field == "reason"
    assert wrong.value.params["free"] == TODAY + timedelta(days=365)
    assert not ask(household, "说话听不懂", days=30).by_right
    ask(household, days=30, role=HelperKind.PARTY_MEMBER)  # each role has its own
    assert ask(household, days=366).by_right


def test_the_old_helper_is_not_given_back_within_the_year_and_may_be_after_it(place):
    household = place.households[0]
    asked_about = [held(household, TODAY)]
    ask(household)
    for days in (1, 2, 3):
        now = held(household, TODAY + timedelta(days=days))
        assert now not in asked_about
        asked_about.append(now)
        ask(household, "还是不合适", days=days)
    leaves = held(household, TODAY + timedelta(days=4))
    announcement = Announcement(
        leaves, AbsenceKind.DEPARTURE, TODAY + timedelta(days=40), None, "退休", beyond=9
    )
    announce_absence(announcement, actor=SYSTEM, at=AT + timedelta(days=5))
    assert held(household, TODAY + timedelta(days=50)) not in asked_about
    Helper.objects.exclude(pk=asked_about[0]).filter(kind="cadre").update(places=0)
    ask(household, days=380)
    assert held(household, TODAY + timedelta(days=382)) == asked_about[0]


def test_where_nobody_has_a_place_the_request_stays_open_and_the_helper_stays(place):
    household = place.households[0]
    before = held(household, TODAY)
    Helper.objects.filter(kind="cadre").exclude(pk=before).update(places=0)
    request = ask(household)
    assert request.settled_at is None
    assert held(household, TOMORROW) == before
    assert not Recusal.objects.exists()
    with pytest.raises(Refused) as refused:
        ask(household, "再说一次")
    assert refused.value.key == "request.open"
    assert settle_requests(place.county.path, actor=SYSTEM, at=AT + timedelta(days=2)) == 0
    new = make_helper(HelperKind.CADRE, place.department)
    assert settle_requests(place.county.path, actor=SYSTEM, at=AT + timedelta(days=3)) == 1
    assert held(household, TODAY + timedelta(days=4)) == new.pk
    assert uncovered(*YEAR) == []


def test_a_request_taken_back_does_not_use_up_the_free_one(place):
    household = place.households[0]
    Helper.objects.filter(kind="cadre").exclude(pk=held(household, TODAY)).update(places=0)
    request = ask(household)
    with pytest.raises(NotFound):
        withdraw_request(request.pk, actor=household_actor(place.households[1].pk), at=AT)
    withdraw_request(request.pk, actor=household_actor(household.pk), at=AT)
    assert free_again_on(household, HelperKind.CADRE, on=TODAY) is None
    with pytest.raises(NotFound):
        withdraw_request(request.pk, actor=household_actor(household.pk), at=AT)
    assert ask(household).by_right


def test_also_while_a_successor_is_announced_and_somebody_stands_in(place):
    household = place.households[0]
    old = held(household, TODAY)
    leave = Announcement(
        old, AbsenceKind.LEAVE, TODAY + timedelta(days=5), TODAY + timedelta(days=9), "住院", beyond=9
    )
    announce_absence(leave, actor=SYSTEM, at=AT)
    leaving = Announcement(old, AbsenceKind.TRANSFER, TODAY + timedelta(days=20), None, "调任", beyond=9)
    announce_absence(leaving, actor=SYSTEM, at=AT)
    ask(household)
    new = held(household, TOMORROW)
    assert new != old
    assert {held(household, TODAY + timedelta(days=days)) for days in (6, 21, 300)} == {new}
    assert uncovered(*YEAR) == []


def test_the_helper_never_reads_the_reason_and_others_may_not_ask_for_it(place):
    household = place.households[0]
    before = Helper.objects.get(pk=held(household, TODAY))
    cadre = actor_for(make_user(Role.CADRE, helper_id=before.pk), at=AT)
    township = actor_for(make_user(Role.TOWNSHIP_LEAD, area_path=place.township.path), at=AT)
    ask(household, "他和我家吵过架")
    (own,) = requests(household_actor(household.pk))
    assert own.reason == "他和我家吵过架"
    assert [row.reason for row in requests(township)] == [""]
    assert requests(cadre) == []
    for actor, error in ((PUBLIC, NotFound), (cadre, NotFound), (household_actor(0), NotFound)):
        with pytest.raises(error):
            ask(household, "x", actor=actor)
    auditor = actor_for(make_user(Role.AUDITOR), at=AT)
    with pytest.raises(NotPermitted):
        ask(household, "x", actor=auditor)
    assert (
        ask(household, "代为登记", actor=township, channel=RequestChannel.COUNTER).channel
        == RequestChannel.COUNTER
    )
