"""经办: a matter goes through every pair of hands that the procedure knows, and nothing falls between."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import make_user
from tests.matters.place import AT, EARTH_TIMBER, Place, days
from yixian.kernel.errors import NotFound, NotPermitted, Refused
from yixian.kernel.roles import Role
from yixian.matters.access import get_matter, matter_scope
from yixian.matters.actions import converse, decide, extend, hand_over, take_on
from yixian.matters.actions.decide import Opinion
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.open_identity import open_identity
from yixian.matters.actions.review import ask_review
from yixian.matters.actions.say_verdict import note_verdict, say_verdict
from yixian.matters.choices import DecisionOutcome, NotificationChannel, Verdict
from yixian.matters.intake import Complainant
from yixian.matters.matter_state import state_of
from yixian.matters.models import MatterEscalation, MatterEvent, MatterProjection
from yixian.matters.person_access import MatterCredential
from yixian.matters.queries import matter_list
from yixian.matters.queries.identity import opened_identity
from yixian.matters.queries.pending_approvals import extensions_to_approve

pytestmark = pytest.mark.django_db

OPINION = Opinion(
    asked="请求提高土木结构房屋的补偿单价。",
    facts="经实地核查，该户正房为土木结构。",
    reasons="单价由省里文件规定，本局无权变更，已向上反映。",
    outcome=DecisionOutcome.EXPLAINED,
    basis=(EARTH_TIMBER,),
)


def test_a_whole_life(place: Place) -> None:
    receipt = place.raised()
    number = receipt.matter.number
    assert receipt.holder == place.organisations["petition"]
    petition, clerk, lead = (place.actor(name) for name in ("petition", "clerk", "lead"))
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=petition, at=days(1))
    with pytest.raises(NotPermitted):
        take_on.accept_matter(number, actor=petition, at=days(2))
    take_on.accept_matter(number, actor=clerk, at=days(2))
    state = state_of(receipt.matter, at=days(2))
    assert state.course.state == "accepted"
    assert state.holder_id == place.organisations["bureau"].pk
    decide.decide(number, OPINION, actor=clerk, at=days(20))
    with pytest.raises(Refused) as refused:
        decide.close(number, actor=clerk, at=days(21))
    assert refused.value.key == "matter.not_told"
    converse.write_to_person(
        number, uuid.uuid4(), "处理意见见附件。", NotificationChannel.PORTAL, actor=clerk, at=days(21)
    )
    event = ask_review(MatterCredential(code=receipt.code), "没有说清为什么。", at=days(22))
    assert event.to_organisation == place.organisations["leadership"]
    decide.decide(number, OPINION, actor=place.actor("county"), at=days(40))
    converse.write_to_person(
        number, uuid.uuid4(), "复查意见。", NotificationChannel.CALL, actor=place.actor("county"), at=days(41)
    )
    say_verdict(MatterCredential(code=receipt.code), Verdict.NOT_RESOLVED, 2, at=days(42))
    note_verdict(number, Verdict.PARTLY, 3, actor=place.actor("monitor"), at=days(60))
    with pytest.raises(NotPermitted):
        note_verdict(number, Verdict.RESOLVED, 5, actor=lead, at=days(60))
    decide.close(number, actor=place.actor("county"), at=days(61))
    done = state_of(receipt.matter, at=days(70))
    assert done.is_closed
    assert done.course.seconds == timedelta(days=61).total_seconds()


def test_extension_needs_the_head_and_somebody_else(place: Place) -> None:
    receipt = place.raised()
    number = receipt.matter.number
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=days(1))
    take_on.accept_matter(number, actor=place.actor("lead"), at=days(2))
    extend.ask_extension(number, "需要等测绘单位复核。", actor=place.actor("lead"), at=days(50))
    with pytest.raises(Refused) as refused:
        extend.approve_extension(number, actor=place.actor("lead"), at=days(51))
    assert refused.value.key == "matter.same_person"
    with pytest.raises(NotPermitted):
        extend.approve_extension(number, actor=place.actor("clerk"), at=days(51))
    head = replace(place.actor("lead"), user_id=place.actor("county").user_id)
    assert [row.number for row in extensions_to_approve(head, at=days(51)).window(0, 9)] == [number]
    for name in ("lead", "clerk", "county"):
        assert not extensions_to_approve(place.actor(name), at=days(51)).count()
    extend.approve_extension(number, actor=head, at=days(51))
    assert not extensions_to_approve(head, at=days(52)).count()


def test_the_second_return_goes_to_the_common_superior(place: Place) -> None:
    receipt = place.raised()
    number = receipt.matter.number
    petition = place.actor("petition")
    for organisation in ("water", "land"):
        hand_over.offer(
            number,
            place.organisations[organisation].pk,
            "归你们管。",
            "三定方案第三条",
            actor=petition,
            at=days(1),
        )
        hand_over.return_handover(number, "不归我们管。", actor=place.actor(organisation), at=days(1))
    with pytest.raises(Refused):
        hand_over.offer(
            number, place.organisations["near"].pk, "归你们管。", "三定方案", actor=petition, at=days(2)
        )
    hand_over.fix_holder(
        number, place.organisations["water"].pk, "由水利局办理。", actor=place.actor("county"), at=days(2)
    )
    assert state_of(receipt.matter, at=days(2)).holder_id == place.organisations["water"].pk


def test_silence_is_acceptance_and_the_sender_holds_it_until_then(place: Place) -> None:
    receipt = place.raised()
    number = receipt.matter.number
    hand_over.offer(
        number,
        place.organisations["water"].pk,
        "归你们管。",
        "三定方案第三条",
        actor=place.actor("petition"),
        at=AT,
    )
    assert state_of(receipt.matter, at=days(5)).holder_id == place.organisations["petition"].pk
    assert state_of(receipt.matter, at=days(8)).holder_id == place.organisations["water"].pk
    hand_over.assign(number, place.users["water"].pk, actor=place.actor("water"), at=days(9))
    assert MatterProjection.objects.get(matter=receipt.matter).assignee_id == place.users["water"].pk


def test_every_missed_clock_goes_up_its_ladder_once(place: Place) -> None:
    receipt = place.raised()
    assert escalate(at=days(10)) == {"failed": 0}
    assert not MatterEscalation.objects.exists()
    for _again in range(3):
        assert escalate(at=days(60)) == {"failed": 0}
    rows = MatterEscalation.objects.filter(matter=receipt.matter)
    assert {(row.clock, row.after, row.to) for row in rows} == {
        ("register", 0, "head"),
        ("register", 5, "superior"),
        ("overall", 0, "superior"),
    }
    assert MatterProjection.objects.get(matter=receipt.matter).next_escalation_at is None


def test_nobody_sees_what_is_not_theirs(place: Place) -> None:
    receipt = place.raised()
    seen = {
        name
        for name in place.users
        if matter_scope(place.actor(name), at=AT).filter(pk=receipt.matter.pk).exists()
    }
    assert seen == {"petition", "petition2", "county", "auditor", "monitor"}
    with pytest.raises(NotFound):
        take_on.register_matter(receipt.matter.number, actor=place.actor("water"), at=AT)


def test_who_raised_it_is_closed_again_once_it_is_handed_on(place: Place) -> None:
    number = place.raised(people=(Complainant("陈桂英", "13800138000"),)).matter.number
    petition = place.actor("petition")
    open_identity(number, "要上门核对。", actor=petition, at=days(1))
    assert [one.name for one in opened_identity(number, actor=petition, at=days(1))] == ["陈桂英"]
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=petition, at=days(1))
    take_on.accept_matter(number, actor=place.actor("clerk"), at=days(1))
    assert opened_identity(number, actor=petition, at=days(1)) == []


def test_events_are_never_changed(place: Place) -> None:
    place.raised()
    with pytest.raises(Exception, match="append-only"):
        MatterEvent.objects.update(kind="closed")


def test_whoever_is_told_of_a_missed_limit_can_read_it(place: Place) -> None:
    """A village committee lets a limit pass: the township above it is told, finds it and may read it."""
    receipt = place.raised(area_id=place.near.pk)
    number = receipt.matter.number
    petition, village = place.actor("petition"), place.organisations["village"]
    make_user(Role.DEPARTMENT_LEAD, organisation=village)
    hand_over.forward(number, village.pk, "", actor=petition, at=days(1))
    with pytest.raises(NotFound):
        get_matter(place.actor("near"), number, at=days(20))
    escalate(at=days(40))
    told = MatterEscalation.objects.filter(matter=receipt.matter, organisation=place.organisations["near"])
    assert told.exists()
    assert get_matter(place.actor("near"), number, at=days(40)) == receipt.matter
    rows = matter_list(place.actor("near"), at=days(40), tab="told").window(0, 9)
    assert [row.number for row in rows] == [number]
