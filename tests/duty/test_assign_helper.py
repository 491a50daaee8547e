"""指定: whoever lacks a cadre or a member gets one by name; rules hold, and more than their places is said and reasoned."""

from __future__ import annotations

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.factories import make_user
from tests.starting_states import StartingState
from yixian.duty.actions.assign_helper import Assignment, assign_helper
from yixian.duty.choices import PairingPart, Rule
from yixian.duty.eligibility import Days
from yixian.duty.models import Handover, Pairing
from yixian.duty.queries import candidates, missing_roles, uncovered_list
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

pytestmark = pytest.mark.django_db

CADRE = HelperKind.CADRE


def _make() -> Place:
    place = make_paired_place(cadres=4)
    Pairing.objects.filter(household=place.households[0], role=CADRE).delete()
    return place


place = StartingState(_make).fixture()


@pytest.fixture
def alone(place: Place) -> Household:
    return place.households[0]


def assign(household: Household, helper: Helper, note: str = "", *, beyond: bool = False) -> Pairing:
    given = Assignment(household.pk, helper.pk, note, beyond_places=beyond)
    return assign_helper(given, actor=SYSTEM, at=AT)


def test_who_is_missing_is_named_and_whoever_is_chosen_stands_there_from_today(alone):
    assert missing_roles(alone, on=TODAY) == [CADRE]
    (row,) = uncovered_list(SYSTEM, on=TODAY).window(0, 5)
    assert (row.pk, row.lacks, row.may_assign) == (alone.pk, (str(CADRE.label),), True)
    nearest = candidates(SYSTEM, alone, CADRE, Days(TODAY)).eligible[0].helper
    made = assign(alone, nearest, "会说彝语")
    assert (made.part, made.valid_from, made.valid_until) == (PairingPart.FIRST, TODAY, None)
    assert missing_roles(alone, on=TODAY) == []
    assert uncovered_list(SYSTEM, on=TODAY).count() == 0
    assert not Handover.objects.filter(pairing=made).exists()
    events = Event.objects.filter(subject_kind="household", subject_id=alone.pk).order_by("pk")
    assert [event.kind for event in events][-2:] == ["pairing.began", "helper.chosen"]
    assert events.last().data["reason"] == "会说彝语"
    with pytest.raises(Refused) as twice:
        assign(alone, nearest)
    assert twice.value.key == "assign.beside"


def test_more_than_their_places_is_said_and_reasoned(alone, place):
    full = place.cadres[0]
    Helper.objects.filter(pk=full.pk).update(places=full.pairings.count())
    full.refresh_from_db()
    shown = {one.helper.pk: one for one in candidates(SYSTEM, alone, CADRE, Days(TODAY)).others}
    assert shown[full.pk].is_full
    for beyond, note, field in ((False, "只有他", "beyond_places"), (True, " ", "note")):
        with pytest.raises(Invalid) as wrong:
            assign(alone, full, note, beyond=beyond)
        assert wrong.value.field == field
    made = assign(alone, full, "只有他会说", beyond=True)
    assert Event.objects.get(kind="helper.chosen").data["beyond_places"] is True
    assert made.helper == full


def test_no_other_rule_is_overridden_and_only_planners_choose(alone, place):
    away = place.cadres[1]
    Helper.objects.filter(pk=away.pk).update(valid_until=TODAY)
    with pytest.raises(Refused) as refused:
        assign(alone, away, "x", beyond=True)
    assert refused.value.params["sentences"] == [str(Rule.NOT_IN_SERVICE.label)]
    with pytest.raises(NotFound):
        assign(alone, Helper(pk=0))
    auditor = actor_for(make_user(Role.AUDITOR), at=AT)
    with pytest.raises(NotPermitted):
        assign_helper(Assignment(alone.pk, place.cadres[2].pk), actor=auditor, at=AT)
    with pytest.raises(Refused):
        assign(alone, place.members[0])
