"""Who is recused from a household gives it into other hands on the same day; others are not moved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.recusals import RecusalInput, declare_recusal
from yixian.duty.choices import AbsenceKind, HandoverCause, PairingPart, RecusalGround
from yixian.duty.coverage import uncovered
from yixian.duty.models import Handover, Pairing, Recusal
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.registry.models import Helper

pytestmark = pytest.mark.django_db

YEAR = TODAY, TODAY + timedelta(days=365)
LATER = TODAY + timedelta(days=7)


place = StartingState(lambda: make_paired_place(cadres=6)).fixture()


def pairing(place: Place) -> Pairing:
    return Pairing.objects.get(household=place.households[0], role="cadre", valid_until=None, part="first")


def declared(row: Pairing, **changes) -> RecusalInput:
    given = {"ground": RecusalGround.INTEREST, "first": LATER, "document": "申报表3号"} | changes
    return RecusalInput(row.household_id, row.helper_id, **given)


def test_another_takes_over_on_the_day_of_the_recusal_and_nobody_else_is_moved(place):
    old = pairing(place)
    rest = set(Pairing.objects.exclude(pk=old.pk).values_list("pk", "helper_id", "valid_until"))
    declare_recusal(declared(old), actor=SYSTEM, at=AT)
    old.refresh_from_db()
    assert old.valid_until == LATER
    new = pairing(place)
    assert new.helper_id != old.helper_id
    assert new.valid_from == LATER
    assert Handover.objects.get().cause == HandoverCause.RECUSAL
    assert rest <= set(Pairing.objects.values_list("pk", "helper_id", "valid_until"))
    assert uncovered(*YEAR) == []


def test_stand_ins_and_successors_of_the_one_recused_are_put_in_order(place):
    old = pairing(place)
    for kind, days in ((AbsenceKind.LEAVE, (10, 20)), (AbsenceKind.DEPARTURE, (60, None))):
        first, until = (None if day is None else TODAY + timedelta(days=day) for day in days)
        given = Announcement(old.helper_id, kind, first, until, "另有任务", beyond=9)
        announce_absence(given, actor=SYSTEM, at=AT)
    declare_recusal(declared(old, first=TODAY), actor=SYSTEM, at=AT)
    assert uncovered(*YEAR) == []
    left = Pairing.objects.filter(household=old.household, part=PairingPart.STAND_IN)
    assert {row.valid_until == row.valid_from for row in left} == {True}


def test_where_nobody_else_can_nothing_is_written(place):
    old = pairing(place)
    Helper.objects.exclude(pk=old.helper_id).filter(kind="cadre").update(places=0)
    with pytest.raises(Refused) as refused:
        declare_recusal(declared(old), actor=SYSTEM, at=AT)
    assert refused.value.key == "recusal.nobody"
    assert not Recusal.objects.exists()
    assert pairing(place) == old


def test_it_holds_for_whoever_does_not_stand_there_yet(place):
    other = Helper.objects.exclude(pk=pairing(place).helper_id).filter(kind="cadre", places__gt=0).first()
    before = set(Pairing.objects.values_list("pk", "helper_id"))
    declare_recusal(
        RecusalInput(place.households[0].pk, other.pk, RecusalGround.KIN, TODAY, degree=2),
        actor=SYSTEM,
        at=AT,
    )
    assert set(Pairing.objects.values_list("pk", "helper_id")) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": RecusalGround.ASKED}, "ground"),
        ({"ground": RecusalGround.MATTER}, "ground"),
        ({"ground": RecusalGround.KIN}, "degree"),
        ({"ground": RecusalGround.KIN, "degree": 4}, "degree"),
        ({"degree": 1}, "degree"),
        ({"first": TODAY - timedelta(days=1)}, "on"),
    ],
)
def test_what_does_not_fit_is_named(place, changes, field):
    with pytest.raises(Invalid) as wrong:
        declare_recusal(declared(pairing(place), **changes), actor=SYSTEM, at=AT)
    assert wrong.value.field == field


def test_once_only_by_planners_and_for_somebody_who_exists(place):
    old = pairing(place)
    declare_recusal(declared(old), actor=SYSTEM, at=AT)
    with pytest.raises(Refused):
        declare_recusal(declared(old), actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        declare_recusal(declared(old), actor=PUBLIC, at=AT)
    with pytest.raises(NotFound):
        declare_recusal(RecusalInput(old.household_id, 0, RecusalGround.INTEREST, TODAY), actor=SYSTEM, at=AT)
