"""本人的权利和单位的期限: no right is lost by when an office tells, reopens or sends on; limits run as their article says."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from tests.matters.place import AT, EARTH_TIMBER, Place, days
from yixian.kernel.errors import Refused
from yixian.matters.actions import converse, decide, hand_over, pause, take_on
from yixian.matters.actions.decide import Opinion
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.review import ask_review
from yixian.matters.choices import DecisionOutcome, IntakeChannel, MatterKind, NotificationChannel
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter, MatterEscalation
from yixian.matters.person_access import MatterCredential
from yixian.matters.queries import own_view

pytestmark = pytest.mark.django_db

OPINION = Opinion(
    asked="请求提高单价。",
    facts="该户正房为土木结构。",
    reasons="单价由省里文件规定。",
    outcome=DecisionOutcome.EXPLAINED,
    basis=(EARTH_TIMBER,),
)


def tell(place: Place, number: str, name: str, after: int) -> None:
    converse.write_to_person(
        number, uuid.uuid4(), "答复。", NotificationChannel.PORTAL, actor=place.actor(name), at=days(after)
    )


def clocks(matter: Matter, after: int) -> dict[str, tuple[str, date]]:
    """The latest run of each clock: its status and last day."""
    found = state_of(matter, at=days(after)).course.clocks
    return {one.clock.id: (one.status, date.fromordinal(one.due_day)) for one in found}


def decided(place: Place) -> tuple[Matter, MatterCredential]:
    """A matter that the petition office has decided and told on the third day."""
    receipt = place.raised()
    number, petition = receipt.matter.number, place.actor("petition")
    take_on.accept_matter(number, actor=petition, at=days(1))
    decide.decide(number, OPINION, actor=petition, at=days(2))
    tell(place, number, "petition", 3)
    return receipt.matter, MatterCredential(code=receipt.code)


def test_told_of_the_review_late_the_person_still_has_thirty_days(place: Place) -> None:
    matter, proof = decided(place)
    ask_review(proof, "没有说清。", at=days(4))
    decide.decide(matter.number, OPINION, actor=place.actor("county"), at=days(10))
    assert (
        own_view(matter, at=days(50)).may_review == "rereview_requested"
    )  # not told yet: no limit has begun
    tell(place, matter.number, "county", 43)
    assert own_view(matter, at=days(45)).review_until == date(2026, 5, 14)
    assert ask_review(proof, "复查没有看现场。", at=days(45)).kind == "rereview_requested"


def test_after_those_thirty_days_it_is_over(place: Place) -> None:
    matter, proof = decided(place)
    ask_review(proof, "没有说清。", at=days(4))
    decide.decide(matter.number, OPINION, actor=place.actor("county"), at=days(10))
    tell(place, matter.number, "county", 43)
    with pytest.raises(Refused) as refused:
        ask_review(proof, "复查没有看现场。", at=days(75))
    assert refused.value.key == "matter.no_review"


@pytest.mark.parametrize("reopened_on", [20, 50])
def test_decided_again_after_reopening_it_can_be_reviewed_again(place: Place, reopened_on: int) -> None:
    matter, proof = decided(place)
    petition = place.actor("petition")
    decide.close(matter.number, actor=petition, at=days(5))
    decide.reopen(matter.number, "有新证据。", actor=petition, at=days(reopened_on))
    assert own_view(matter, at=days(reopened_on)).may_review == ""
    decide.decide(matter.number, OPINION, actor=petition, at=days(reopened_on + 5))
    tell(place, matter.number, "petition", reopened_on + 6)
    assert own_view(matter, at=days(reopened_on + 30)).may_review == "review_requested"
    ask_review(proof, "还是没有说清。", at=days(reopened_on + 30))


def test_received_directly_by_the_bureau_it_is_answered_by_article_23(place: Place) -> None:
    receipt = place.raised(actor=place.actor("clerk"), channel=IntakeChannel.COUNTER)
    assert receipt.holder == place.organisations["bureau"]
    found = clocks(receipt.matter, 1)
    assert found["notice_direct"] == ("running", date(2026, 3, 17))
    assert "register" not in found
    assert "notice_direct" not in clocks(place.raised().matter, 1)


def test_sent_out_and_back_the_fifteen_days_run_on_and_are_told_upwards(place: Place) -> None:
    receipt = place.raised()
    number, land = receipt.matter.number, place.organisations["land"].pk
    hand_over.forward(number, land, "", actor=place.actor("petition"), at=days(1))
    assert clocks(receipt.matter, 2)["register"][0] == "met"
    hand_over.return_handover(number, "不归我们管。", actor=place.actor("land"), at=days(3))
    assert clocks(receipt.matter, 4)["register"] == ("running", date(2026, 3, 17))
    escalate(at=days(16))
    told = MatterEscalation.objects.filter(matter=receipt.matter)
    assert [(row.clock, row.to) for row in told] == [("register", "head")]


def test_disclosure_waits_for_completion_and_nobody_above_is_told(place: Place) -> None:
    receipt = place.raised(kind=MatterKind.DISCLOSURE)
    number, petition = receipt.matter.number, place.actor("petition")
    pause.wait_for_person(number, "缺地块编号。", "公开条例第三十条", actor=petition, at=days(3))
    assert escalate(at=days(60)) == {"failed": 0}
    assert not MatterEscalation.objects.exists()
    converse.write_to_office(MatterCredential(code=receipt.code), uuid.uuid4(), "补上了。", at=days(60))
    assert clocks(receipt.matter, 61)["reply"] == ("running", date(2026, 6, 1))


def test_the_slower_of_two_taps_still_names_office_and_days(place: Place) -> None:
    matter = place.raised(at=days(1)).matter
    view = own_view(matter, at=AT).view
    assert view.holder == place.organisations["petition"].label
    assert view.open_clocks
