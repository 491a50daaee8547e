"""Nobody is left alone by an absence: announced ones are prepared whole, sudden ones fall to the township's lead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence, preview_absences
from yixian.duty.actions.sudden_absence import cover_absence, end_absence, report_sudden_absence
from yixian.duty.choices import AbsenceKind, PairingPart
from yixian.duty.coverage import GAP, LEAD, sudden_absences, uncovered
from yixian.duty.models import Absence, Handover, Leadership, Pairing
from yixian.duty.queries import absences, assigned_helpers, count_unsolved, coverage
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Invalid, NotPermitted, Refused
from yixian.registry.models import Helper

pytestmark = pytest.mark.django_db

YEAR = TODAY, TODAY + timedelta(days=365)
LATER = TODAY + timedelta(days=20)


place = StartingState(make_paired_place).fixture()


roomy = StartingState(lambda: make_paired_place(cadres=6)).fixture()
"""With cadres enough for two of them to be away at once."""


def leaving(helper: Helper, kind: AbsenceKind = AbsenceKind.DEPARTURE, **changes) -> Announcement:
    given = {"helper_id": helper.pk, "kind": kind, "first": LATER, "until": None, "reason": "调离"}
    return Announcement(**given | changes)


def busy(place: Place) -> Helper:
    return max(place.cadres, key=lambda helper: helper.pairings.count())


def test_whoever_leaves_has_a_successor_on_the_same_day(place):
    helper = busy(place)
    households = set(helper.pairings.values_list("household_id", flat=True))
    plan = announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    assert {row.household_id for row in plan.begun} == households
    assert not Pairing.objects.filter(helper=helper, valid_until=None).exists()
    assert uncovered(*YEAR) == []
    assert Handover.objects.filter(absence=plan.absence, from_helper=helper).count() == len(households)
    helper.refresh_from_db()
    assert helper.valid_until == LATER


def test_nobody_else_is_moved(place):
    helper = busy(place)
    before = dict(Pairing.objects.exclude(helper=helper).values_list("pk", "helper_id"))
    announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    assert (
        dict(Pairing.objects.filter(pk__in=before, valid_until=None).values_list("pk", "helper_id")) == before
    )


def test_a_leave_has_stand_ins_and_the_helper_comes_back(place):
    helper = busy(place)
    back = LATER + timedelta(days=14)
    announce_absence(leaving(helper, AbsenceKind.LEAVE, until=back), actor=SYSTEM, at=AT)
    household = helper.pairings.first().household
    assert uncovered(*YEAR) == []
    during = assigned_helpers(SYSTEM, household, on=LATER)
    assert [view.part for view in during if view.role == "cadre"] == ["stand_in", "first"]
    assert [view.is_away for view in during if view.role == "cadre"] == [False, True]
    after = assigned_helpers(SYSTEM, household, on=back)
    assert [view.helper_id for view in after if view.role == "cadre"] == [helper.pk]


def test_a_stand_in_who_goes_on_leave_is_stood_in_for(roomy):
    helper = busy(roomy)
    until = LATER + timedelta(days=30)
    plan = announce_absence(leaving(helper, AbsenceKind.LEAVE, until=until), actor=SYSTEM, at=AT)
    other = plan.begun[0].helper
    own = LATER + timedelta(days=5)
    announce_absence(
        leaving(other, AbsenceKind.LEAVE, first=own, until=own + timedelta(days=3)), actor=SYSTEM, at=AT
    )
    assert uncovered(*YEAR) == []


def test_a_successor_who_leaves_before_taking_over_is_replaced(roomy):
    plan = announce_absence(leaving(busy(roomy)), actor=SYSTEM, at=AT)
    successor = plan.begun[0].helper
    announce_absence(leaving(successor, first=LATER - timedelta(days=5)), actor=SYSTEM, at=AT)
    assert uncovered(*YEAR) == []
    assert not Pairing.objects.filter(helper=successor, valid_until=None).exists()


def test_whoever_stood_in_stays_when_the_helper_leaves_for_good(place):
    helper = busy(place)
    until = LATER + timedelta(days=60)
    leave = announce_absence(leaving(helper, AbsenceKind.LEAVE, until=until), actor=SYSTEM, at=AT)
    stood_in = {row.household_id: row.helper_id for row in leave.begun}
    going = LATER + timedelta(days=30)
    announce_absence(leaving(helper, AbsenceKind.TRANSFER, first=going), actor=SYSTEM, at=AT)
    first = Pairing.objects.filter(valid_from=going, part=PairingPart.FIRST)
    assert {row.household_id: row.helper_id for row in first} == stood_in
    assert uncovered(*YEAR) == []


def test_a_gap_cannot_be_planned(place):
    Helper.objects.exclude(pk=busy(place).pk).filter(kind="cadre").update(places=0)
    helper = busy(place)
    before = Pairing.objects.count()
    with pytest.raises(Refused) as refused:
        announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    numbers = {row.household.household_no for row in helper.pairings.all()}
    assert set(refused.value.params["households"]) == numbers
    assert Pairing.objects.count() == before
    assert not Absence.objects.exists()
    (preview,) = preview_absences([leaving(helper)], actor=SYSTEM, at=AT)
    assert {row.household.household_no for row in preview.lacking} == numbers
    assert preview.sentences == refused.value.params["sentences"] != []
    assert not Absence.objects.exists()


def test_more_than_their_places_is_the_way_out(place):
    Helper.objects.filter(kind="cadre").update(places=3)
    others = [helper for helper in place.cadres if helper != busy(place)]
    Helper.objects.filter(pk__in=[helper.pk for helper in others]).update(places=2)
    announce_absence(leaving(busy(place), beyond=4), actor=SYSTEM, at=AT)
    assert uncovered(*YEAR) == []


def test_a_sudden_absence_falls_to_the_lead_at_once_and_is_listed_until_solved(place):
    helper = busy(place)
    household = helper.pairings.first().household
    absence = report_sudden_absence(helper.pk, "车祸住院", actor=SYSTEM, at=AT)
    views = [view for view in assigned_helpers(SYSTEM, household, on=TODAY) if view.role == "cadre"]
    assert [view.part for view in views] == ["lead", "first"]
    assert views[0].helper_id == place.lead.pk
    figures = coverage(SYSTEM, place.county.path, on=TODAY)
    assert figures.uncovered == figures.with_lead == helper.pairings.count()
    open_days = uncovered(TODAY, TODAY + timedelta(days=1))
    assert {row.kind for row in open_days} == {LEAD}
    assert len(open_days) == helper.pairings.count()
    later = AT + timedelta(hours=20)
    assert count_unsolved(SYSTEM, on=TODAY) == len(absences(SYSTEM, on=TODAY, at=AT)) == 1
    plan = cover_absence(absence.pk, actor=SYSTEM, at=later)
    assert count_unsolved(SYSTEM, on=TODAY) == 0
    assert plan.lacking == []
    (listed,) = sudden_absences(*YEAR)
    assert listed.lasted(later) == timedelta(hours=20)
    assert not listed.is_late(24, later)
    assert listed.is_late(19, later)
    assert coverage(SYSTEM, place.county.path, on=TODAY + timedelta(days=1)).uncovered == 0


def test_after_the_hours_of_the_rule_an_unsolved_absence_is_late(place):
    report_sudden_absence(busy(place).pk, "失联", actor=SYSTEM, at=AT)
    (soon,) = absences(SYSTEM, on=TODAY, at=AT + timedelta(hours=47))
    (late,) = absences(SYSTEM, on=TODAY, at=AT + timedelta(hours=49))
    assert (soon.late, late.late) == (False, True)


def test_what_can_be_covered_is_covered_and_the_rest_stays_with_the_lead(place):
    helper = busy(place)
    absence = report_sudden_absence(helper.pk, "失联", actor=SYSTEM, at=AT)
    others = [other.pk for other in place.cadres if other != helper]
    Helper.objects.filter(pk__in=others).update(places=0)
    Helper.objects.filter(pk=others[0]).update(places=1)
    Pairing.objects.filter(helper_id=others[0]).update(valid_until=TODAY)
    plan = cover_absence(absence.pk, actor=SYSTEM, at=AT)
    assert len(plan.begun) == 2  # one place, and half as many again for a stand-in
    assert len(plan.lacking) == helper.pairings.count() - 2
    assert Absence.objects.get().covered_at is None
    more = cover_absence(absence.pk, beyond=9, actor=SYSTEM, at=AT)
    assert len(more.begun) == len(plan.lacking)
    assert Absence.objects.get().covered_at == AT


def test_whoever_is_back_has_their_households_again(place):
    helper = busy(place)
    absence = report_sudden_absence(helper.pk, "失联", actor=SYSTEM, at=AT)
    cover_absence(absence.pk, actor=SYSTEM, at=AT)
    back = TODAY + timedelta(days=6)
    end_absence(absence.pk, back, actor=SYSTEM, at=AT + timedelta(days=6))
    household = helper.pairings.first().household
    assert next(view.helper_id for view in assigned_helpers(SYSTEM, household, on=back)) == helper.pk
    assert not [row for row in uncovered(*YEAR) if row.kind == GAP]
    with pytest.raises(Refused):
        end_absence(absence.pk, back, actor=SYSTEM, at=AT)


def test_without_a_lead_a_sudden_absence_is_a_gap(place):
    Leadership.objects.all().delete()
    report_sudden_absence(busy(place).pk, "失联", actor=SYSTEM, at=AT)
    assert {row.kind for row in uncovered(TODAY, TODAY + timedelta(days=1))} == {GAP}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"kind": AbsenceKind.SUDDEN}, "kind"),
        ({"until": LATER + timedelta(days=1)}, "until"),
        ({"kind": AbsenceKind.LEAVE}, "until"),
        ({"kind": AbsenceKind.LEAVE, "until": LATER}, "until"),
    ],
)
def test_what_does_not_fit_is_named(place, changes, field):
    with pytest.raises(Invalid) as wrong:
        announce_absence(leaving(busy(place), **changes), actor=SYSTEM, at=AT)
    assert wrong.value.field == field


def test_nobody_is_away_twice_and_only_planners_announce(place):
    helper = busy(place)
    announce_absence(leaving(helper), actor=SYSTEM, at=AT)
    with pytest.raises(Refused):
        announce_absence(leaving(helper, first=LATER + timedelta(days=1)), actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        announce_absence(leaving(place.cadres[-1]), actor=PUBLIC, at=AT)


def test_a_planted_gap_is_caught(place):
    pairing = Pairing.objects.filter(role="member").first()
    Pairing.objects.filter(pk=pairing.pk).update(valid_until=date(2026, 5, 1))
    (found,) = uncovered(*YEAR)
    assert (found.household_id, found.role, found.kind) == (pairing.household_id, "member", GAP)
    assert (found.valid_from, found.valid_until) == (date(2026, 5, 1), YEAR[1])
