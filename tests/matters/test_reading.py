"""查阅: lists, boards and pages show what stands there as of a moment, to those who may see it."""

from __future__ import annotations

import uuid

import pytest
from django.utils.translation import override

from tests.matters.place import AT, EARTH_TIMBER, Place, days
from tests.matters.test_handling import OPINION
from yixian.kernel.errors import NotFound
from yixian.matters.access import get_matter
from yixian.matters.actions import converse, decide, hand_over, pause, take_on
from yixian.matters.choices import NotificationChannel
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.queries import (
    household_matters,
    matter_board,
    matter_list,
    matter_view,
    own_view,
    steps_for,
)

pytestmark = pytest.mark.django_db


def test_a_page_tells_everything_but_who(place: Place) -> None:
    receipt = place.by_household(clauses=(EARTH_TIMBER,), item_line="L-1")
    petition = place.actor("petition")
    matter = get_matter(petition, receipt.matter.number, at=days(1))
    view = matter_view(petition, matter, at=days(1))
    assert view.words == "我家的晒坝没有量。"
    assert view.holder == "两河县信访局"
    assert view.clauses[0].words
    assert [clock.id for clock in view.open_clocks] == ["register", "overall"]
    assert "register" in steps_for(petition, matter, at=days(1))
    assert "identity" in steps_for(petition, matter, at=days(1))
    assert not steps_for(place.actor("monitor"), matter, at=days(1))
    for name in ("赵近壹", place.ours.household_no, str(place.ours.pk) + "号"):
        assert name not in repr(view)


def test_the_person_sees_each_step_and_what_to_do_next(place: Place) -> None:
    receipt = place.raised()
    number, clerk = receipt.matter.number, place.actor("clerk")
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=days(1))
    take_on.accept_matter(number, actor=clerk, at=days(2))
    pause.wait_for_person(number, "请补一张房屋照片。", "第二十条", actor=clerk, at=days(3))
    converse.write_note(number, uuid.uuid4(), "内部备注", actor=clerk, at=days(3))
    own = own_view(
        authenticated_matter(MatterCredential(code=receipt.code), actor=place.actor("admin"), at=days(4)),
        at=days(4),
    )
    assert own.view.waiting_for == "请补一张房屋照片。"
    assert [step.kind for step in own.view.steps] == [
        "received",
        "forwarded",
        "handover_accepted",
        "accepted",
        "waiting_person",
    ]
    assert not own.view.messages
    assert not own.may_review
    converse.write_to_office(
        MatterCredential(code=receipt.code), uuid.uuid4(), "照片在村里交了。", at=days(5)
    )
    decide.decide(number, OPINION, actor=clerk, at=days(6))
    unseen = own_view(receipt.matter, at=days(6))
    assert not unseen.view.decisions
    converse.write_to_person(
        number, uuid.uuid4(), "意见已出。", NotificationChannel.PORTAL, actor=clerk, at=days(7)
    )
    own = own_view(receipt.matter, at=days(8))
    assert own.view.decisions[0].outcome == "explained"
    assert own.may_review == "review_requested"
    assert own.may_judge


def test_lists_put_first_what_is_due_first(place: Place) -> None:
    early, late = place.raised("早的"), place.raised("晚的", at=days(3))
    petition = place.actor("petition")
    found = matter_list(petition, at=days(4), tab="organisation")
    assert found.count() == 2
    assert [row.number for row in found.window(0, 9)] == [early.matter.number, late.matter.number]
    assert [row.number for row in found.window(1, 1)] == [late.matter.number]
    latest = found.ordered("received", descending=True).window(0, 9)
    assert [row.number for row in latest] == [late.matter.number, early.matter.number]
    found = matter_list(petition, at=days(4), search="晚的")
    assert [row.number for row in found.window(0, 9)] == [late.matter.number]
    assert matter_list(petition, at=days(4), search=early.matter.number).count() == 1
    assert matter_list(petition, at=days(4), tab="closed").count() == 0
    counts = matter_board(petition, at=days(40))
    assert (counts.open, counts.overdue, counts.organisation) == (2, 2, 2)
    assert matter_board(place.actor("water"), at=days(40)).open == 0


def test_a_household_sees_its_own_and_nobody_elses(place: Place) -> None:
    receipt = place.by_household()
    assert [row.number for row in household_matters(place.family, at=AT)] == [receipt.matter.number]
    with pytest.raises(NotFound):
        authenticated_matter(MatterCredential(number=place.raised().matter.number), actor=place.family, at=AT)


def test_the_page_is_told_in_both_languages(place: Place) -> None:
    receipt = place.raised()
    petition = place.actor("petition")
    matter = get_matter(petition, receipt.matter.number, at=AT)
    with override("en"):
        assert matter_view(petition, matter, at=AT).state_label == "Received"
    with override("zh-hans"):
        assert matter_view(petition, matter, at=AT).state_label == "已收到"
