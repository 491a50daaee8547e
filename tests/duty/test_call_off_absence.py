"""取消离岗: until it begins, an announced absence can be called off, and everybody stands where they stood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.duty.test_absences import LATER, YEAR, busy, leaving
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import announce_absence
from yixian.duty.actions.call_off_absence import call_off_absence
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.choices import AbsenceKind
from yixian.duty.coverage import uncovered
from yixian.duty.models import Absence, Pairing
from yixian.duty.queries import absences, get_absence, helper_loads
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.registry.models import Helper

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

place = StartingState(make_paired_place).fixture()
roomy = StartingState(lambda: make_paired_place(cadres=6)).fixture()
"""With cadres enough for two of them to be away at once."""


def standing(on) -> set[tuple[int, int, str, str]]:
    """Who stands beside whom on a day, and later."""
    rows = Pairing.objects.filter(valid_from__lte=on)
    return {
        (row.household_id, row.helper_id, row.role, row.part)
        for row in rows
        if row.valid_until is None or row.valid_until > on
    }


@pytest.mark.parametrize(
    ("kind", "days"), [(AbsenceKind.DEPARTURE, None), (AbsenceKind.TRANSFER, None), (AbsenceKind.LEAVE, 14)]
)
def test_everybody_stands_where_they_stood(place: Place, kind, days):
    helper = busy(place)
    until = LATER + timedelta(days=days) if days else None
    before = {on: standing(on) for on in (TODAY, LATER, LATER + timedelta(days=90))}
    loads = helper_loads(SYSTEM, helper.organisation, on=LATER)
    plan = announce_absence(leaving(helper, kind, until=until), actor=SYSTEM, at=AT)
    assert standing(LATER) != before[LATER]
    call_off_absence(plan.absence.pk, "调令撤回", actor=SYSTEM, at=AT)
    assert {on: standing(on) for on in before} == before
    assert helper_loads(SYSTEM, helper.organisation, on=LATER) == loads
    assert uncovered(*YEAR) == []
    assert Helper.objects.get(pk=helper.pk).valid_until is None
    assert absences(SYSTEM, on=TODAY, at=AT) == []
    assert get_absence(SYSTEM, plan.absence.pk, at=AT).is_called_off
    assert Event.objects.get(kind="absence.called_off").data["reason"] == "调令撤回"
    again = announce_absence(leaving(helper, kind, until=until), actor=SYSTEM, at=AT)
    assert again.absence.pk != plan.absence.pk


def test_a_last_day_of_service_that_stood_before_stands_again(place: Place):
    helper = busy(place)
    last = LATER + timedelta(days=300)
    Helper.objects.filter(pk=helper.pk).update(valid_until=last)
    plan = announce_absence(leaving(helper, beyond=5), actor=SYSTEM, at=AT)
    call_off_absence(plan.absence.pk, "留任", actor=SYSTEM, at=AT)
    assert Helper.objects.get(pk=helper.pk).valid_until == last


def test_what_another_change_rests_on_is_named(roomy: Place):
    helper = busy(roomy)
    first = announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    successor = first.begun[0].helper
    later = LATER + timedelta(days=30)
    second = announce_absence(leaving(successor, first=later, beyond=9), actor=SYSTEM, at=AT)
    with pytest.raises(Refused) as rests:
        call_off_absence(first.absence.pk, "留任", actor=SYSTEM, at=AT)
    assert rests.value.key == "absence.rests"
    assert first.begun[0].household.household_no in rests.value.sentence
    call_off_absence(second.absence.pk, "留任", actor=SYSTEM, at=AT)
    call_off_absence(first.absence.pk, "留任", actor=SYSTEM, at=AT)
    assert Pairing.objects.filter(helper=helper, valid_until=None).exists()


def test_what_has_begun_or_was_called_off_stays(place: Place):
    helper = busy(place)
    plan = announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    with pytest.raises(Invalid) as empty:
        call_off_absence(plan.absence.pk, " ", actor=SYSTEM, at=AT)
    assert empty.value.field == "reason"
    with pytest.raises(Refused) as begun:
        call_off_absence(plan.absence.pk, "留任", actor=SYSTEM, at=AT + timedelta(days=20))
    assert begun.value.key == "absence.begun"
    call_off_absence(plan.absence.pk, "留任", actor=SYSTEM, at=AT)
    with pytest.raises(Refused) as off:
        call_off_absence(plan.absence.pk, "留任", actor=SYSTEM, at=AT)
    assert off.value.key == "absence.off"
    sudden = report_sudden_absence(helper.pk, "住院", actor=SYSTEM, at=AT)
    with pytest.raises(Refused):
        call_off_absence(sudden.pk, "留任", actor=SYSTEM, at=AT)


def test_only_who_plans_may(place: Place):
    plan = announce_absence(leaving(busy(place)), actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        call_off_absence(plan.absence.pk, "留任", actor=PUBLIC, at=AT)
    with pytest.raises(NotFound):
        call_off_absence(Absence.objects.latest("pk").pk + 1, "留任", actor=SYSTEM, at=AT)
