"""Our people: who, why them, who before and next, and asking for somebody else without giving a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.duty.place import SYSTEM, Place, make_place, pair_all
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.choices import AbsenceKind
from yixian.duty.models import Handover, HelperRequest, Pairing
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.models import Helper, Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    place = make_place(cadres=5)
    pair_all(place, on=timezone.localdate() - timedelta(days=30))
    Helper.objects.update(work_phone="0870-4120000")
    return place


@pytest.fixture
def ours(place: Place) -> Client:
    return visitor(place.households[0])


def visitor(household: Household) -> Client:
    (card,) = issue_cards([household.pk], actor=SYSTEM, at=timezone.now())
    client = Client()
    assert client.post("/c/", {"code": card.code, "pin": card.pin}).status_code == 302
    return client


def cadre(place: Place) -> Helper:
    return Pairing.objects.get(household=place.households[0], role="cadre", valid_until=None).helper


def page(client: Client, address: str = "/ours/people/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_who_why_since_and_those_who_answer_for_the_place(place, ours):
    for address in ("/ours/", "/ours/people/"):
        shown = page(ours, address)
        assert cadre(place).person.name in shown
        assert "能和您家结对的干部有 5 位。" in shown
        assert "能和您家结对的党员有 2 位。" in shown
        assert 'href="tel:0870-4120000"' in shown
        assert "负责人" in shown
    assert place.lead.person.name in shown
    assert "乡镇负责人" in shown
    assert "水务局" in shown


def test_without_a_reason_once_after_being_asked_whether_it_is_meant(place, ours):
    before = cadre(place)
    address = "/ours/people/another/cadre/"
    assert "不说理由" in page(ours, address)
    asked = ours.post(address, {"reason": ""}).content.decode()
    assert f"要把{before.person.name}换成别人吗？" in asked
    assert not HelperRequest.objects.exists()
    done = ours.post(address, {"reason": "", "confirmed": "1"})
    assert done["Location"] == "/ours/people/"
    assert HelperRequest.objects.get().by_right
    shown = page(ours)
    assert "就要换人了" in shown
    assert f"接替{before.person.name}" in shown
    refused = ours.post(address, {"reason": "", "confirmed": "1"})
    assert refused.status_code == 422
    assert "这次请写明理由" in refused.content.decode()


def test_we_know_is_noted_once(place, ours):
    ours.post("/ours/people/another/cadre/", {"reason": "", "confirmed": "1"})
    handover = Handover.objects.get()
    assert "我们知道了" in page(ours)
    assert ours.post(f"/ours/people/known/{handover.pk}/").status_code == 302
    assert handover.steps.get().kind == "acknowledged"
    assert "我们知道了" not in page(ours)
    assert visitor(place.households[1]).post(f"/ours/people/known/{handover.pk}/").status_code == 404


def test_where_nobody_has_a_place_the_request_is_shown_and_can_be_taken_back(place, ours):
    Helper.objects.filter(kind="cadre").exclude(pk=cadre(place).pk).update(places=0)
    ours.post("/ours/people/another/cadre/", {"reason": "说话听不懂", "confirmed": "1"})
    shown = page(ours)
    assert "到现在还没有别人腾得出空位" in shown
    assert "说话听不懂" in shown
    assert "把" + cadre(place).person.name + "换成别人" not in shown
    request = HelperRequest.objects.get()
    other = visitor(place.households[1])
    assert other.post(f"/ours/people/take-back/{request.pk}/").status_code == 404
    assert ours.post(f"/ours/people/take-back/{request.pk}/").status_code == 302
    assert "撤回申请" not in page(ours)


def test_somebody_on_leave_is_shown_as_away_and_who_stands_in_with_the_reason(place, ours):
    helper, today = cadre(place), timezone.localdate()
    given = Announcement(helper.pk, AbsenceKind.LEAVE, today, today + timedelta(days=9), "住院")
    plan = announce_absence(given, actor=SYSTEM, at=timezone.now())
    stand_in = next(row.helper for row in plan.begun if row.household == place.households[0])
    shown = page(ours, "/ours/")
    assert f"{helper.person.name}请假" in shown
    assert "眼下不在岗" in shown
    assert shown.index(stand_in.person.name) < shown.rindex(helper.person.name)


def test_who_stood_beside_us_before_stands_there_with_the_reason(place, ours):
    row = Pairing.objects.get(household=place.households[0], role="cadre")
    Pairing.objects.filter(pk=row.pk).update(valid_until=timezone.localdate(), ended_because="Left this work")
    shown = page(ours)
    assert "以前和我家结对的人" in shown
    assert "离开了这个岗位" in shown


def test_a_form_of_another_site_asks_for_nobody(ours):
    response = ours.post(
        "/ours/people/another/cadre/", {"confirmed": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert not HelperRequest.objects.exists()
    assert ours.get("/ours/people/another/nobody/").status_code == 404
