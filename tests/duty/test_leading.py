"""No township is without its county leader and its lead, and no village with households without a department."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_helper, make_paired_place
from tests.factories import make_organisation
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.appoint_leaders import (
    Appointment,
    appoint_leader,
    relieve_leader,
    station_organisation,
    withdraw_organisation,
)
from yixian.duty.actions.call_off_appointment import call_off_leader, call_off_station
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.choices import AbsenceKind, LeadershipKind
from yixian.duty.coverage import GAP, uncovered
from yixian.duty.models import Leadership, Stationing
from yixian.duty.queries import assigned_helpers, coverage, leaders_of_area
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.registry.choices import HelperKind

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=10)
LEAD, COUNTY_LEADER = LeadershipKind.TOWNSHIP_LEAD, LeadershipKind.COUNTY_LEADER


place = StartingState(make_paired_place).fixture()


def lead_of(place: Place, kind: LeadershipKind = LEAD) -> Leadership:
    return Leadership.objects.get(area=place.township, kind=kind, valid_until=None)


def appointment(place: Place, **changes) -> Appointment:
    given = {
        "helper_id": place.cadres[0].pk,
        "area_id": place.township.pk,
        "kind": LEAD,
        "first": LATER,
        "document": "两委〔2026〕8号",
    }
    return Appointment(**given | changes)


def test_a_change_of_lead_is_one_step_on_one_day(place):
    before = lead_of(place)
    with pytest.raises(Refused):
        appoint_leader(appointment(place), actor=SYSTEM, at=AT)
    made = appoint_leader(appointment(place, relieves_id=before.pk), actor=SYSTEM, at=AT)
    before.refresh_from_db()
    assert before.valid_until == made.valid_from == LATER
    days = [LATER - timedelta(days=1), LATER]
    leads = [leaders_of_area(place.township, on=day).get(kind=LEAD).helper for day in days]
    assert leads == [place.lead, place.cadres[0]]


def test_the_last_leader_of_a_kind_is_not_relieved(place):
    for kind in LeadershipKind:
        with pytest.raises(Refused) as refused:
            relieve_leader(lead_of(place, kind).pk, LATER, "调任", actor=SYSTEM, at=AT)
        assert refused.value.key == "leader.last"
        assert lead_of(place, kind).valid_until is None
    second = appoint_leader(appointment(place, kind=COUNTY_LEADER), actor=SYSTEM, at=AT)
    relieve_leader(
        Leadership.objects.get(helper=place.lead, kind=COUNTY_LEADER).pk, LATER, "调任", actor=SYSTEM, at=AT
    )
    assert lead_of(place, COUNTY_LEADER) == second


def test_who_leads_is_not_let_go_without_a_successor(place):
    leaving = Announcement(place.lead.pk, AbsenceKind.DEPARTURE, LATER, None, "退休")
    with pytest.raises(Refused) as refused:
        announce_absence(leaving, actor=SYSTEM, at=AT)
    assert refused.value.key == "absence.leads"
    for kind in LeadershipKind:
        given = appointment(place, kind=kind, relieves_id=lead_of(place, kind).pk)
        appoint_leader(given, actor=SYSTEM, at=AT)
    announce_absence(leaving, actor=SYSTEM, at=AT)


def test_a_lead_who_is_away_stands_in_for_nobody(place):
    away = Announcement(place.lead.pk, AbsenceKind.LEAVE, TODAY, LATER, "住院")
    announce_absence(away, actor=SYSTEM, at=AT)
    helper = max(place.cadres, key=lambda one: one.pairings.count())
    report_sudden_absence(helper.pk, "失联", actor=SYSTEM, at=AT)
    assert {row.kind for row in uncovered(TODAY, LATER)} == {GAP}
    assert coverage(SYSTEM, place.county.path, on=TODAY).with_lead == 0
    household = helper.pairings.first().household
    assert "lead" not in {view.part for view in assigned_helpers(SYSTEM, household, on=TODAY)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"helper_id": 0}, "helper"),
        ({"document": " "}, "document"),
    ],
)
def test_what_does_not_fit_an_appointment_is_named(place, changes, field):
    with pytest.raises(Invalid) as wrong:
        appoint_leader(appointment(place, kind=COUNTY_LEADER, **changes), actor=SYSTEM, at=AT)
    assert wrong.value.field == field


def test_leaders_stand_with_townships_are_there_and_are_appointed_by_planners(place):
    with pytest.raises(Invalid) as village:
        appoint_leader(
            appointment(place, area_id=place.villages[0].pk, kind=COUNTY_LEADER), actor=SYSTEM, at=AT
        )
    assert village.value.field == "area"
    with pytest.raises(NotFound):
        appoint_leader(appointment(place, area_id=0), actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        appoint_leader(appointment(place), actor=PUBLIC, at=AT)
    idle = make_helper(HelperKind.CADRE, place.department, places=0)
    away = Announcement(idle.pk, AbsenceKind.DEPARTURE, LATER, None, "退休")
    announce_absence(away, actor=SYSTEM, at=AT)
    with pytest.raises(Invalid):
        appoint_leader(appointment(place, helper_id=idle.pk, kind=COUNTY_LEADER), actor=SYSTEM, at=AT)


def test_no_village_with_households_is_left_without_a_department(place):
    row = Stationing.objects.get()
    with pytest.raises(Refused) as refused:
        withdraw_organisation(row.pk, LATER, "任务完成", actor=SYSTEM, at=AT)
    assert refused.value.key == "station.last"
    row.refresh_from_db()
    assert row.valid_until is None


def test_a_department_whose_cadres_stand_beside_households_hands_them_over_first(place):
    other = make_organisation(place.county, name="林业局")
    station_organisation(other.pk, place.township.pk, TODAY, "两委〔2026〕9号", actor=SYSTEM, at=AT)
    row = Stationing.objects.get(organisation=place.department)
    with pytest.raises(Refused) as refused:
        withdraw_organisation(row.pk, LATER, "任务完成", actor=SYSTEM, at=AT)
    assert refused.value.key == "station.beside"
    second = Stationing.objects.get(organisation=other)
    withdraw_organisation(second.pk, LATER, "任务完成", actor=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        withdraw_organisation(second.pk, LATER, "任务完成", actor=SYSTEM, at=AT)


def test_a_organisation_is_stationed_once_with_a_document_at_a_township_or_below(place):
    other = make_organisation(place.county, name="林业局")

    def station(area=place.township, document="两委〔2026〕9号", organisation=other):
        return station_organisation(organisation.pk, area.pk, TODAY, document, actor=SYSTEM, at=AT)

    with pytest.raises(Invalid):
        station(area=place.county)
    with pytest.raises(Invalid):
        station(document="")
    station()
    with pytest.raises(Refused):
        station()
    station(area=place.villages[0])


def test_a_planned_lead_is_called_off_and_the_one_before_stays(place):
    before = lead_of(place)
    made = appoint_leader(appointment(place, relieves_id=before.pk), actor=SYSTEM, at=AT)
    with pytest.raises(Invalid):
        call_off_leader(made.pk, " ", actor=SYSTEM, at=AT)
    with pytest.raises(NotPermitted):
        call_off_leader(made.pk, "不调了", actor=PUBLIC, at=AT)
    call_off_leader(made.pk, "不调了", actor=SYSTEM, at=AT)
    before.refresh_from_db()
    assert (before.valid_until, before.ended_because) == (None, "")
    for day in (TODAY, LATER, LATER + timedelta(days=1)):
        assert leaders_of_area(place.township, on=day).get(kind=LEAD).helper == place.lead
    event = Event.objects.get(kind="leader.called_off")
    assert (event.data["reason"], event.data["stays"]) == ("不调了", [place.lead.person.name])
    with pytest.raises(Refused) as again:
        call_off_leader(made.pk, "不调了", actor=SYSTEM, at=AT)
    assert again.value.key == "leader.begun"
    appoint_leader(appointment(place, relieves_id=before.pk), actor=SYSTEM, at=AT)


def test_what_has_begun_is_not_called_off(place):
    with pytest.raises(Refused) as begun:
        call_off_leader(lead_of(place).pk, "不调了", actor=SYSTEM, at=AT)
    assert begun.value.key == "leader.begun"
    with pytest.raises(NotFound):
        call_off_leader(0, "不调了", actor=SYSTEM, at=AT)


def test_a_planned_stationing_is_called_off_and_may_be_planned_again(place):
    body = make_organisation(place.county, name="新派的单位")
    planned = station_organisation(body.pk, place.township.pk, LATER, "两委〔2026〕9号", actor=SYSTEM, at=AT)
    call_off_station(planned.pk, "改派别处", actor=SYSTEM, at=AT)
    assert Stationing.objects.get(pk=planned.pk).valid_until == LATER
    assert Event.objects.get(kind="station.called_off").data["reason"] == "改派别处"
    again = station_organisation(body.pk, place.township.pk, LATER, "两委〔2026〕10号", actor=SYSTEM, at=AT)
    assert again.valid_until is None
