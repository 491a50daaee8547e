"""请人上门念账: one tap or one call, and it stands before those beside the household until one of them has come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.outreach.explained import LATER, explained
from tests.visits.place import AT, DAY, Place, drafted, visited
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Event
from yixian.outreach.actions.answer_back import object_to_explanation
from yixian.outreach.actions.ask_for_reading import ask_for_reading, take_back_reading
from yixian.outreach.models import ReadingRequest
from yixian.outreach.queries import accounts_to_explain, explanation_list
from yixian.outreach.queries.explanation_list import REQUESTED
from yixian.outreach.queries.reading_requests import LATE, late_readings, reading_asked_on, readings_asked_of
from yixian.visits.actions.correct_visit import VisitCorrection, correct_visit

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

BEFORE = AT - timedelta(hours=2)


def waiting(place: Place, name: str = "cadre") -> list[object]:
    """The households that wait, as somebody's first page names them."""
    return [row.key for row in readings_asked_of(place.actor(name)).window(0, 9)]


def test_it_stands_before_both_helpers_until_the_account_was_explained(place: Place) -> None:
    ask_for_reading(place.ours.pk, actor=place.family, at=BEFORE)
    assert waiting(place, "cadre") == waiting(place, "member") == [place.ours.pk]
    assert reading_asked_on(place.family, place.ours) == BEFORE.date()
    asked = explanation_list(place.actor("clerk"), on=AT.date(), state=REQUESTED)
    assert [row.household.pk for row in asked.window(0, 9)] == [place.ours.pk]
    row = explained(place)
    assert waiting(place) == []
    assert reading_asked_on(place.family, place.ours) is None
    object_to_explanation(row.pk, "", never_held=True, actor=place.family, at=LATER)
    assert waiting(place) == [place.ours.pk], "an explanation that never took place answers nothing"


def test_asked_twice_it_is_one_and_taken_back_it_is_none(place: Place) -> None:
    first = ask_for_reading(place.ours.pk, actor=place.family, at=BEFORE)
    assert ask_for_reading(place.ours.pk, actor=place.actor("clerk"), at=AT) == first
    take_back_reading(place.ours.pk, actor=place.family, at=AT)
    assert waiting(place) == []
    take_back_reading(place.ours.pk, actor=place.family, at=AT)
    assert ReadingRequest.objects.count() == 2, "what waits for nobody is not taken back again"
    ask_for_reading(place.ours.pk, actor=place.family, at=LATER)
    assert waiting(place) == [place.ours.pk]
    kinds = list(
        Event.objects.filter(kind__startswith="explanation.request")
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert kinds == ["explanation.requested", "explanation.request_withdrawn", "explanation.requested"]


def test_whoever_takes_the_call_writes_it_down(place: Place) -> None:
    row = ask_for_reading(place.ours.pk, actor=place.actor("clerk"), at=BEFORE)
    assert row.by == place.users["clerk"]
    assert waiting(place) == [place.ours.pk]


def test_nobody_else_asks_or_sees_it(place: Place) -> None:
    with pytest.raises(NotFound):
        ask_for_reading(place.theirs.pk, actor=place.family, at=BEFORE)
    with pytest.raises(NotFound):
        ask_for_reading(place.theirs.pk, actor=place.actor("cadre"), at=BEFORE)
    ask_for_reading(place.theirs.pk, actor=place.actor("clerk"), at=BEFORE)
    assert waiting(place) == []


def test_without_an_account_a_visit_answers_it(place: Place) -> None:
    ask_for_reading(place.ours.pk, actor=place.family, at=BEFORE)
    visited(place)
    assert waiting(place) == [place.ours.pk], "there was an account to read"
    Statement.objects.filter(household=place.ours).update(issued_at=LATER)
    assert waiting(place) == [], "the account was issued after the visit: it opens nothing again"


def test_what_was_of_an_earlier_day_answers_nothing(place: Place) -> None:
    ask_for_reading(place.ours.pk, actor=place.family, at=BEFORE)
    Statement.objects.filter(household=place.ours).update(issued_at=AT - timedelta(days=2))
    explained(place, on=DAY - timedelta(days=1))
    assert waiting(place) == [place.ours.pk]
    Statement.objects.filter(household=place.ours).update(issued_at=LATER)
    visited(place, ago=1)
    assert waiting(place) == [place.ours.pk]


def test_a_correction_is_no_visit(place: Place) -> None:
    Statement.objects.filter(household=place.ours).update(issued_at=LATER + timedelta(hours=1))
    row = visited(place)
    ask_for_reading(place.ours.pk, actor=place.family, at=AT + timedelta(minutes=5))
    correction = VisitCorrection(drafted(place, "漏写了一句。"), "漏写了一句")
    correct_visit(row.pk, correction, actor=place.actor("cadre"), at=LATER)
    assert waiting(place) == [place.ours.pk]


def test_whoever_answers_for_the_place_hears_of_it_after_a_week(place: Place) -> None:
    ask_for_reading(place.ours.pk, actor=place.family, at=AT - LATE)
    assert late_readings(place.actor("lead"), at=AT) == 0
    assert late_readings(place.actor("lead"), at=AT + timedelta(seconds=1)) == 1
    assert late_readings(place.actor("cadre"), at=AT + timedelta(days=1)) == 0, (
        "it stands before them by name"
    )


def test_with_nobody_beside_it_is_told_at_once_and_said_otherwise(place: Place) -> None:
    Pairing.objects.filter(household=place.ours).update(valid_until=DAY)
    ask_for_reading(place.ours.pk, actor=place.family, at=AT)
    assert late_readings(place.actor("lead"), at=AT) == 1
    take_back_reading(place.ours.pk, actor=place.family, at=AT)
    assert late_readings(place.actor("lead"), at=AT) == 0
    card, client = place.card(), Client()
    client.post("/c/", {"code": card.code, "pin": card.pin})
    site = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    asked = client.post("/ours/read-to-us/", follow=True, **site).content.decode()
    assert "已经转告。眼下还没有人帮着您家，乡镇和移民局看得到。" in asked
    assert "帮您家的人在手机上马上看得到" not in asked
    assert "眼下还没有人帮着您家" in client.get("/ours/").content.decode()
    assert "请找移民局或者乡镇" in Client().get("/").content.decode()


def test_one_tap_on_our_page_and_one_that_takes_it_back(place: Place) -> None:
    card = place.card()
    client = Client()
    client.post("/c/", {"code": card.code, "pin": card.pin})
    assert "请人上门念给我听" in client.get("/ours/").content.decode()
    site = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    asked = client.post("/ours/read-to-us/", follow=True, **site).content.decode()
    assert "已经转告。帮您家的人" in asked
    assert "请过人上门念账" in asked
    assert "请人上门念给我听" not in asked
    back = client.post("/ours/read-to-us/back/", follow=True, **site).content.decode()
    assert "请人上门念给我听" in back
    assert ReadingRequest.objects.filter(by=None).count() == 2


def test_it_stands_on_the_first_page_once(place: Place) -> None:
    cadre = place.actor("cadre")
    assert [row.key for row in accounts_to_explain(cadre, at=AT).window(0, 9)] == [place.ours.pk]
    ask_for_reading(place.ours.pk, actor=place.family, at=BEFORE)
    assert accounts_to_explain(cadre, at=AT).count() == 0
    assert waiting(place) == [place.ours.pk]
