"""路线: one stop after the other; a decision by two; and what a group may never do to anybody's account."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.working_groups.county import AT, CHARGE, PRICE, RURAL, TODAY, County
from tests.working_groups.test_signals import secrets
from tests.working_groups.walking import (
    INTENT,
    LATER,
    NUMBER,
    OPTIONS,
    checked,
    drafted,
    drawn,
    replied,
    told,
    walked,
)
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.matters.models import Matter, MatterMessage
from yixian.revisions.actions.take_step import withdraw
from yixian.revisions.choices import RevisionStage
from yixian.revisions.models import Revision
from yixian.working_groups import models as tables
from yixian.working_groups.actions.answer_everybody import answer_everybody
from yixian.working_groups.actions.close_group import close_group
from yixian.working_groups.actions.draw_sample import draw_sample
from yixian.working_groups.actions.keep_standard import decide_keeping, propose_keeping, take_back_keeping
from yixian.working_groups.actions.link_revision import draft_standard, note_seen
from yixian.working_groups.actions.open_group import open_by_decision, open_for_signal
from yixian.working_groups.actions.send_report import (
    Letter,
    Recipient,
    end_replies,
    freeze_report,
    record_reply,
    send_report,
)
from yixian.working_groups.choices import GroupStage, GroupStepKind, RecipientKind, ReplyVerdict
from yixian.working_groups.models import GroupReport, GroupStep, SampledHousehold, WorkingGroup
from yixian.working_groups.queries import GroupView, group_view
from yixian.working_groups.queries.pending_group_work import standards_to_keep
from yixian.working_groups.queries.reports import sent
from yixian.working_groups.report.paper import report_document
from yixian.working_groups.report.report_facts import facts_sha256
from yixian.working_groups.signals.detecting import detect
from yixian.working_groups.workflow import ORDER, current_stage, stage_progress


def view_of(group: WorkingGroup) -> GroupView:
    """The group as it stands in the tables."""
    return group_view(WorkingGroup.objects.get(pk=group.pk))


def coming(group: WorkingGroup) -> GroupStage | None:
    """The next stop."""
    stop = view_of(group).coming
    return stop.group_stage if stop else None


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_each_stop_leads_to_the_next(county: County, group: WorkingGroup) -> None:
    assert coming(group) == GroupStage.SAMPLED
    with pytest.raises(Refused):
        draft_standard(group.pk, INTENT, {PRICE: "420"}, actor=county.actor("clerk"), at=LATER)
    with pytest.raises(Refused):
        propose_keeping(group.pk, "事实没有变。", NUMBER, actor=county.actor("lead"), at=LATER)
    for act in (answer_everybody, close_group):
        with pytest.raises(Refused):
            act(group.pk, actor=county.actor("clerk"), at=LATER)
    checked(county, group, drawn(county, group))
    revision = drafted(county, group)
    replied(county, group)
    assert coming(group) == GroupStage.DECIDED
    assert view_of(group).stage == RevisionStage.DRAFTING
    withdraw(revision.pk, "换一种办法。", actor=county.actor("clerk"), at=LATER)
    assert coming(group) == GroupStage.DRAFTED
    assert view_of(group).here == GroupStage.CHECKED


@pytest.mark.django_db
def test_the_decision_is_the_revisions_own(county: County, group: WorkingGroup, decided: None) -> None:
    view = view_of(group)
    assert view.decision is not None
    assert (view.decision.number, view.decision.is_adopted) == (NUMBER, False)
    assert view.coming is not None
    assert view.coming.group_stage == GroupStage.ANSWERED
    with pytest.raises(Refused) as refused:
        answer_everybody(group.pk, actor=county.actor("clerk"), at=LATER)
    assert refused.value.key == "group.uncalculated"


@pytest.mark.django_db
def test_keeping_the_standard_needs_reasons_and_two_people_and_everybody_is_told(
    county: County, group: WorkingGroup, checked: None
) -> None:
    lead, leader, clerk = (county.actor(name) for name in ("lead", "leader", "clerk"))
    with pytest.raises(Invalid):
        propose_keeping(group.pk, " ", NUMBER, actor=lead, at=LATER)
    propose_keeping(group.pk, "重建费用和现价相差不大。", NUMBER, actor=lead, at=LATER)
    with pytest.raises(Refused) as refused:
        decide_keeping(group.pk, actor=lead, at=LATER)
    assert refused.value.key == "adoption.two_people"
    with pytest.raises(NotPermitted):
        decide_keeping(group.pk, actor=clerk, at=LATER)
    assert [row.key for row in standards_to_keep(leader).window(0, 9)] == [group.pk]
    assert not standards_to_keep(lead).count() + standards_to_keep(clerk).count()
    take_back_keeping(group.pk, "再核一次。", actor=lead, at=LATER)
    assert not standards_to_keep(leader).count()
    with pytest.raises(Refused):
        decide_keeping(group.pk, actor=leader, at=LATER)
    propose_keeping(group.pk, "重建费用和现价相差不大。", NUMBER, actor=clerk, at=LATER)
    decide_keeping(group.pk, actor=leader, at=LATER)
    view = view_of(group)
    assert [stop.group_stage for stop in view.progress if stop.is_skipped] == [
        GroupStage.DRAFTED,
        GroupStage.SEEN,
        GroupStage.SENT,
        GroupStage.REPLIED,
    ]
    answer_everybody(group.pk, actor=clerk, at=LATER)
    for matter in Matter.objects.filter(clauses__clause=RURAL.clause):
        (words,) = told(matter)
        assert "维持" in words
        assert "重建费用和现价相差不大。" in words
        assert "账目" not in words
    assert Statement.objects.filter(version__gt=1).count() == 0


@pytest.mark.django_db
def test_a_group_without_a_signal_is_the_leads_to_open(county: County) -> None:
    charge = CHARGE.__class__(
        title_zh="核查", question_zh="够不够？", basis="县长办公会决定", since=TODAY, prices=(PRICE,)
    )
    with pytest.raises(NotPermitted):
        open_by_decision(county.area.pk, RURAL, charge, actor=county.actor("clerk"), at=AT)
    group = open_by_decision(county.area.pk, RURAL, charge, actor=county.actor("lead"), at=AT)
    assert (group.signal, group.prices) == (None, [list(PRICE)])


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_opening_a_group_and_drawing_change_nobodys_account_or_helper(county: County) -> None:
    def everything() -> str:
        return json.dumps(
            [
                list(Statement.objects.order_by("pk").values_list()),
                list(Pairing.objects.order_by("pk").values_list()),
            ],
            default=str,
        )

    before = everything()
    group = county.group()
    checked(county, group, drawn(county, group))
    assert everything() == before


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_whether_they_asked_changes_nothing_for_a_household(county: County) -> None:
    """Ten households of one township asked and ten of another did not: the same houses, the same sums."""
    county.began_long_ago()
    for number in range(10):
        county.raised(number)
    assert detect(at=AT) == {"signals": 1}
    group = open_by_decision(
        county.area.pk,
        RURAL,
        CHARGE.__class__(title_zh="核查", question_zh="够不够？", basis="决定", since=TODAY, prices=(PRICE,)),
        actor=county.actor("lead"),
        at=AT,
    )
    walked(county, group)
    sums = [one.statements.get(is_current=True).total_fen for one in county.households]
    assert sums[:10] == sums[10:20] == sums[20:]


@pytest.mark.django_db
def test_the_report_is_frozen_and_names_nobody(
    county: County, group: WorkingGroup, revision: Revision
) -> None:
    clerk = county.actor("clerk")
    with override("zh-hans"):
        report = freeze_report(group.pk, OPTIONS, actor=clerk, at=LATER)
        order = report_document(report.facts)
    assert report.facts_sha256 == facts_sha256(GroupReport.objects.get().facts)
    assert report.pdf.open().read().startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(report.workbook.open().read())) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist()).decode()
    printed = json.dumps(order.data, ensure_ascii=False)
    assert "30 户" in printed
    assert "384" in printed
    assert "420" in printed
    assert "431.00" in printed
    for text in secrets(county):
        assert text not in printed
        assert text not in inside
        assert text not in json.dumps(report.facts, ensure_ascii=False)
    for user in county.users.values():
        assert user.username not in printed + inside
    with pytest.raises(DatabaseError), transaction.atomic():
        GroupReport.objects.update(number=7)


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_nobody_is_named_in_public(
    county: County, group: WorkingGroup, answered: dict[str, int], client: Client
) -> None:
    close_group(group.pk, actor=county.actor("clerk"), at=LATER)
    for language in ("zh-hans", "en"):
        for address in ("/changes/", f"/changes/{group.pk}/"):
            response = client.get(address, headers={"accept-language": language})
            assert response.status_code == 200
            page = response.content.decode()
            for text in [*secrets(county), *(user.username for user in county.users.values())]:
                assert text not in page, (address, text)
    story = client.get(f"/changes/{group.pk}/").content.decode()
    for part in (NUMBER, "384", "420", "30 户", "三江水电开发公司", "福彩双色球"):
        assert part in story
    numbers = re.search(r'class="drawn-numbers">([\d, ]+)<', story)
    assert numbers is not None
    assert len(numbers[1].split(",")) == 24


@pytest.mark.django_db
def test_a_draft_is_told_to_nobody_outside(
    county: County, group: WorkingGroup, checked: None, client: Client
) -> None:
    drafted(county, group, price="423.45")
    page = client.get(f"/changes/{group.pk}/").content.decode()
    assert "423.45" not in page
    assert "384" in page


@pytest.mark.django_db
def test_replies_are_asked_for_in_working_days_and_the_missing_are_named(
    county: County, group: WorkingGroup, revision: Revision
) -> None:
    clerk = county.actor("clerk")
    freeze_report(group.pk, OPTIONS, actor=clerk, at=LATER)
    recipient = Recipient(RecipientKind.OWNER, "三江水电开发公司", TODAY, 10)
    dispatch = send_report(group.pk, 1, recipient, actor=clerk, at=LATER)
    (row,) = sent(group, at=LATER)
    assert row.due_on is not None
    assert row.due_on.isoformat() == "2026-03-18"
    (late,) = sent(group, at=AT + timedelta(days=15))
    assert late.is_overdue
    with pytest.raises(Invalid):
        end_replies(group.pk, actor=clerk, at=LATER)
    letter = Letter(TODAY, ReplyVerdict.CONDITIONAL, "同意，但要列入概算调整。", "函〔2026〕1号")
    record_reply(group.pk, dispatch.pk, letter, actor=clerk, at=LATER)
    end_replies(group.pk, actor=clerk, at=LATER)
    assert coming(group) == GroupStage.DECIDED


@pytest.mark.django_db
def test_effects_must_be_calculated_before_they_are_looked_at(
    county: County, group: WorkingGroup, checked: None
) -> None:
    clerk = county.actor("clerk")
    draft_standard(group.pk, INTENT, {PRICE: "420"}, actor=clerk, at=LATER)
    with pytest.raises(Refused) as refused:
        note_seen(group.pk, actor=clerk, at=LATER)
    assert refused.value.key == "revision.not_compared"
    with pytest.raises(Refused):
        freeze_report(group.pk, OPTIONS, actor=clerk, at=LATER)


@pytest.mark.django_db
def test_every_table_only_grows(answered: dict[str, int]) -> None:
    for name in tables.__all__:
        model = getattr(tables, name)
        if not model.objects.exists():
            assert name in {"CheckPhoto"}, name
            continue
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().update(id=model.objects.first().pk + 10_000)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


ACTIONS = {
    "open": (
        {"clerk", "clerk2", "lead"},
        lambda c, g, a: open_for_signal(g.signal_id, CHARGE, actor=a, at=AT),
    ),
    "draw": ({"clerk", "clerk2", "lead"}, lambda c, g, a: drawn_as(g, a)),
    "keep": (
        {"clerk", "clerk2", "lead", "leader"},
        lambda c, g, a: propose_keeping(g.pk, "理由", NUMBER, actor=a, at=LATER),
    ),
    "decide": ({"lead", "leader"}, lambda c, g, a: decide_keeping(g.pk, actor=a, at=LATER)),
    "freeze": ({"clerk", "clerk2", "lead"}, lambda c, g, a: freeze_report(g.pk, OPTIONS, actor=a, at=LATER)),
    "answer": ({"clerk", "clerk2", "lead"}, lambda c, g, a: answer_everybody(g.pk, actor=a, at=LATER)),
    "close": ({"clerk", "clerk2", "lead"}, lambda c, g, a: close_group(g.pk, actor=a, at=LATER)),
}
"""Each step, who may ask for it at all (then it may be refused because it is not its turn), and how."""


def drawn_as(group: WorkingGroup, actor: Actor) -> None:
    """Draw, whoever it is."""
    draw_sample(group.pk, "1", actor=actor, at=LATER)


@pytest.mark.django_db
def test_who_may_take_which_step(county: County, group: WorkingGroup) -> None:
    for step, (allowed, act) in ACTIONS.items():
        for name in county.users:
            expected = Refused if name in allowed else NotPermitted
            with pytest.raises(expected), transaction.atomic():
                act(county, group, county.actor(name))
            assert expected, (step, name)
    assert MatterMessage.objects.count() == 0


@pytest.mark.django_db
def test_the_ledger_names_who_took_each_step(county: County, drawn: list[SampledHousehold]) -> None:
    kinds = list(Event.objects.filter(subject_kind="group").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["group.opened", "group.sample_announced", "group.sampled"]
    assert set(Event.objects.filter(subject_kind="group").values_list("actor_user_id", flat=True)) == {
        county.users["clerk"].pk
    }


steps = st.lists(st.sampled_from(list(GroupStepKind)), max_size=25)


@given(steps, st.sampled_from([None, *RevisionStage]))
def test_the_path_never_jumps(kinds: list[GroupStepKind], stage: RevisionStage | None) -> None:
    """Whatever was written down: the next stop is the first that is neither behind nor passed over, and there is one place."""
    rows = [GroupStep(pk=number, kind=kind, at=AT) for number, kind in enumerate(kinds, 1)]
    found = stage_progress(
        rows, stage, AT if stage in {RevisionStage.DECIDED, RevisionStage.ADOPTED} else None
    )
    assert [stop.group_stage for stop in found] == list(ORDER)
    upcoming = [stop for stop in found if stop.is_next]
    assert len(upcoming) <= 1
    if upcoming:
        before = found[: ORDER.index(upcoming[0].group_stage)]
        assert all(stop.is_done or stop.is_skipped for stop in before)
        assert ORDER.index(current_stage(found)) <= max(0, ORDER.index(upcoming[0].group_stage) - 1)
    assert not any(stop.is_done and stop.is_skipped for stop in found)
