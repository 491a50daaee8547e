"""Why it is this helper, in a sentence whose numbers are counted on the day of asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_helper, make_place, pair_all
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.ask_another import ask_another
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.choices import AbsenceKind, RequestChannel
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.edges import eligible_ways
from yixian.duty.eligibility.offers import Offer, working_there
from yixian.duty.eligibility.pairing_tables import tables_of
from yixian.duty.models import Pairing
from yixian.duty.queries import AssignmentReason, assigned_helpers, assignment_reason
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    """One household at the near end of the road and four cadres a hundred metres apart, each with a place for two."""
    place = make_place(cadres=4, members=1, places=2, households=1)
    Household.objects.filter(pk=place.households[0].pk).update(lat=place.cadres[0].lat)
    pair_all(place)
    return place


def why(place: Place, *, role: str = "cadre", days: int = 0) -> AssignmentReason:
    household = Household.objects.select_related("area").get(pk=place.households[0].pk)
    on = TODAY + timedelta(days=days)
    view = next(row for row in assigned_helpers(SYSTEM, household, on=on) if row.role == role)
    with override("zh-hans"):
        return assignment_reason(household, view, on=on)


def give(place: Place, number: int) -> None:
    """The household has the cadre of this number."""
    row = Pairing.objects.get(household=place.households[0], role="cadre")
    Pairing.objects.filter(pk=row.pk).update(helper=place.cadres[number])


def test_the_nearest(place):
    give(place, 0)
    name = place.cadres[0].person.name
    assert why(place) == AssignmentReason(
        f"能和您家结对的干部有 4 位。其中{name}离您家最近。", counted=True, could=4
    )


def test_those_nearer_who_are_full_and_away_are_counted_as_they_are_on_the_day(place):
    give(place, 2)
    assert why(place).free == 2
    assert "提出换人" in why(place).sentence
    Helper.objects.filter(pk=place.cadres[0].pk).update(places=1)
    Pairing.objects.filter(household=place.households[1], role="cadre").update(helper=place.cadres[0])
    first = TODAY + timedelta(days=4)
    leave = Announcement(place.cadres[1].pk, AbsenceKind.LEAVE, first, first + timedelta(days=3), "住院")
    announce_absence(leave, actor=SYSTEM, at=AT)
    counted = why(place)
    assert (counted.nearer, counted.full, counted.gone, counted.free) == (2, 1, 1, 0)
    name = place.cadres[2].person.name
    assert counted.sentence == (
        f"能和您家结对的干部有 4 位。离您家更近的有 2 位，1 位已满户，1 位不在岗或就要离岗，所以是{name}。"
    )
    later = why(place, days=10)
    assert (later.nearer, later.full, later.gone, later.free) == (2, 1, 0, 1)


def test_all_nearer_ones_full(place):
    give(place, 1)
    Helper.objects.filter(pk=place.cadres[0].pk).update(places=1)
    Pairing.objects.filter(household=place.households[1], role="cadre").update(helper=place.cadres[0])
    assert why(place).sentence == (
        f"能和您家结对的干部有 4 位。离您家更近的 1 位都已满户，所以是{place.cadres[1].person.name}。"
    )


def test_a_tie_is_said_to_be_one(place):
    give(place, 0)
    make_helper(HelperKind.CADRE, place.department, at=0)
    assert why(place).as_near == 1
    assert "抽签" in why(place).sentence


def test_the_only_one(place):
    assert why(place, role="member").sentence.startswith("能和您家结对的党员有 1 位。没有别人合适")


def test_who_is_recused_or_cannot_speak_with_them_could_not(place):
    give(place, 0)
    Helper.objects.exclude(pk=place.cadres[0].pk).filter(kind="cadre").update(languages="cmn")
    Household.objects.filter(pk=place.households[0].pk).update(language="iii")
    Helper.objects.filter(pk=place.cadres[0].pk).update(languages="cmn,iii")
    assert why(place).could == 1


def test_a_stand_in_a_successor_and_one_asked_for_say_what_made_room(place):
    give(place, 0)
    name = place.cadres[0].person.name
    first = TODAY + timedelta(days=5)
    leave = Announcement(place.cadres[0].pk, AbsenceKind.LEAVE, first, first + timedelta(days=9), "住院")
    announce_absence(leave, actor=SYSTEM, at=AT)
    assert why(place, days=6).sentence.startswith(f"{name}请假，")
    leaving = Announcement(
        place.cadres[0].pk, AbsenceKind.DEPARTURE, TODAY + timedelta(days=40), None, "退休"
    )
    announce_absence(leaving, actor=SYSTEM, at=AT)
    assert why(place, days=41).sentence.startswith(f"原来的{name}离任了。能和您家结对的干部有")
    ask_another(
        place.households[0].pk,
        HelperKind.CADRE,
        "",
        RequestChannel.COUNTER,
        actor=SYSTEM,
        at=AT + timedelta(days=50),
    )
    assert "申请换人" in why(place, days=52).sentence


def test_the_lead_who_stands_in_and_one_who_would_not_be_eligible_today_are_not_counted(place):
    give(place, 0)
    Household.objects.filter(pk=place.households[0].pk).update(requested_gender="male")
    assert not why(place).counted
    report_sudden_absence(place.cadres[0].pk, "失联", actor=SYSTEM, at=AT)
    assert why(place) == AssignmentReason("您家的帮扶人突然离岗，在找到人以前由乡镇负责人代管")


def test_what_is_counted_for_one_household_is_what_the_pairing_tables_hold_of_it(place):
    """The page reckons in plain Python, the engine's tables in arrays: who may, and the way of each to the metre."""
    days = Days(TODAY)
    for household in Household.objects.select_related("area", "host_area"):
        for role in HelperKind:
            helpers = list(working_there([household], role, days))
            edges = tables_of([household], [Offer(one, 1) for one in helpers], days).edges.to_pylist()
            ids = {one.helper_no: one.pk for one in helpers}
            assert eligible_ways(household, helpers, days) == {
                ids[row["helper_id"]]: row["cost"] for row in edges
            }
            assert helpers
