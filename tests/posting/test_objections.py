"""Objections, measured again by others, and the list that two persons lock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories import make_area, make_household
from tests.posting.village import AT, DAY, Village, change_quantity, make_village, refuses
from tests.starting_states import StartingState
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.posting.actions.keep_posting import put_up
from yixian.posting.actions.lock_list import agree_lock, propose_lock
from yixian.posting.actions.object_to_posting import MeasuredAgain, Said, answer_objection, take_objection
from yixian.posting.choices import ObjectionChannel, ObjectionOutcome, PostedList
from yixian.posting.models import ListLockAgreement, Objection, ObjectionAnswer, Posting
from yixian.posting.queries import course_of, lists_to_lock, lock_of, objections_to_answer
from yixian.posting.register_lines import lines_of, posted_lines, sha256_of

pytestmark = pytest.mark.django_db
village = StartingState(make_village).fixture()
AGAIN = MeasuredAgain(Decimal("99.5"), "赵尺", "钱图", AT.date())


def _said(village: Village, **changes: object) -> Said:
    first = village.households[0].household_no
    return replace(Said(ObjectionChannel.COUNTER, first, "正房少量了一间", "L11", "周正"), **changes)  # type: ignore[arg-type]


@pytest.fixture
def hung(village: Village) -> Posting:
    posting = village.prepare()
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=AT)
    return posting


def _object(village: Village, posting: Posting, **changes: object) -> Objection:
    return take_objection(posting.pk, _said(village, **changes), actor=village.actor("clerk"), at=AT + DAY)


def test_an_objection_waits_until_it_is_answered(village: Village, hung: Posting) -> None:
    objection = _object(village, hung)
    assert course_of(hung, at=AT + 2 * DAY).waiting == 1
    answer = answer_objection(
        objection.pk,
        ObjectionOutcome.CHANGED,
        "西墙量到了外沿",
        AGAIN,
        actor=village.actor("clerk"),
        at=AT + 3 * DAY,
    )
    assert (answer.before, answer.after) == (Decimal("101.27"), Decimal("99.5"))
    course = course_of(hung, at=AT + 4 * DAY)
    assert course.waiting == 0
    assert [clock.status for clock in course.clocks if clock.id == "answer"] == ["met"]


def test_who_objected_stands_in_no_event(village: Village, hung: Posting) -> None:
    _object(village, hung)
    event = Event.objects.get(kind="posting.objected")
    assert "周正" not in str(event.data)
    assert "少量" not in str(event.data)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"household_no": "T999999"}, "household_no"),
        ({"line_no": "L21"}, "line_no"),
    ],
)
def test_an_objection_says_what_about_which_line(
    village: Village, hung: Posting, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _object(village, hung, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("outcome", "measured", "field"),
    [
        (ObjectionOutcome.CHANGED, None, "quantity"),
        (ObjectionOutcome.CHANGED, replace(AGAIN, measured_by="李量"), "measured_by"),
        (ObjectionOutcome.CHANGED, replace(AGAIN, second="李量"), "second"),
        (ObjectionOutcome.CHANGED, replace(AGAIN, second="赵尺"), "second"),
        (ObjectionOutcome.CHANGED, replace(AGAIN, second=" "), "second"),
        (ObjectionOutcome.CHANGED, replace(AGAIN, quantity=Decimal("101.27")), "outcome"),
        (ObjectionOutcome.KEPT, AGAIN, "outcome"),
        (ObjectionOutcome.KEPT, replace(AGAIN, quantity=Decimal(-1)), "quantity"),
    ],
)
def test_others_measure_again_and_the_outcome_follows(
    village: Village, hung: Posting, outcome: ObjectionOutcome, measured: MeasuredAgain | None, field: str
) -> None:
    objection = _object(village, hung)
    with pytest.raises(Invalid) as refused:
        answer_objection(
            objection.pk, outcome, "复核", measured, actor=village.actor("clerk"), at=AT + 2 * DAY
        )
    assert refused.value.field == field
    assert not ObjectionAnswer.objects.exists()


def test_the_database_holds_that_two_measured(village: Village, hung: Posting) -> None:
    objection = _object(village, hung)
    values = {"objection": objection, "reason": "复核", "by": village.users["clerk"], "at": AT}
    for names in ({"measured_by": "赵尺"}, {"measured_by": "赵尺", "second": "赵尺"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ObjectionAnswer.objects.create(
                outcome="kept", after=Decimal(1), measured_on=AT.date(), **values, **names
            )


def test_an_answer_is_given_once(village: Village, hung: Posting) -> None:
    objection, clerk = _object(village, hung), village.actor("clerk")
    answer_objection(objection.pk, ObjectionOutcome.EXPLAINED, "按外墙", actor=clerk, at=AT + 2 * DAY)
    with refuses(Refused, "posting.answered"):
        answer_objection(objection.pk, ObjectionOutcome.EXPLAINED, "按外墙", actor=clerk, at=AT + 3 * DAY)


def test_no_next_round_before_every_objection_is_answered(village: Village) -> None:
    posting = village.prepare()
    after = village.hang(posting, at=AT)
    objection = take_objection(posting.pk, _said(village), actor=village.actor("clerk"), at=after)
    with refuses(Refused, "posting.unanswered"):
        village.prepare(at=after)
    answer_objection(
        objection.pk, ObjectionOutcome.EXPLAINED, "按外墙", actor=village.actor("clerk"), at=after
    )
    assert village.prepare(at=after).round == 2


def test_a_household_that_the_list_forgot_may_object(village: Village, hung: Posting) -> None:
    forgotten = make_household(village.households[0].area, "郑遗")
    elsewhere = make_household(make_area(make_area(village.other)), "孙远")
    objection = _object(village, hung, household_no=forgotten.household_no, line_no="")
    assert objection.line_no == ""
    with refuses(Invalid, "posting.household"):
        _object(village, hung, household_no=elsewhere.household_no, line_no="")


def test_nothing_is_locked_with_a_quantity_that_was_found_wrong(village: Village) -> None:
    last, after = _all_rounds(village)
    clerk = village.actor("clerk")
    first = village.households[0].household_no
    objection = take_objection(
        last.pk, Said(ObjectionChannel.VISIT, first, "少量了一分地", "L12"), actor=clerk, at=after
    )
    found = replace(AGAIN, quantity=Decimal("2.6"))
    answer_objection(objection.pk, ObjectionOutcome.CHANGED, "重量", found, actor=clerk, at=after)
    with refuses(Refused, "posting.not_corrected"):
        propose_lock(last.pk, "文", actor=clerk, at=after)
    change_quantity("L12", "2.6", on=after.date())
    extra = village.prepare(PostedList.LAND, at=after)
    after = village.hang(extra, at=after)
    propose_lock(extra.pk, "文", actor=clerk, at=after)


def test_what_waits_stands_before_whoever_may_do_it_and_nobody_else(village: Village) -> None:
    last, after = _all_rounds(village)
    propose_lock(last.pk, "文", actor=village.actor("clerk"), at=after)
    assert [one.key for one in lists_to_lock(village.actor("leader")).window(0, 5)] == [last.pk]
    for name in ("clerk", "cadre", "stranger", "auditor"):
        assert lists_to_lock(village.actor(name)).window(0, 5) == []
    agree_lock(last.pk, actor=village.actor("leader"), at=after)
    assert lists_to_lock(village.actor("leader")).window(0, 5) == []
    posting = village.prepare(PostedList.PROPERTY, at=after)
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=after)
    take_objection(posting.pk, _said(village), actor=village.actor("clerk"), at=after)
    assert [one.key for one in objections_to_answer(village.actor("lead")).window(0, 5)] == [posting.pk]
    for name in ("leader", "cadre", "stranger", "township"):
        assert objections_to_answer(village.actor(name)).window(0, 5) == []


def _all_rounds(village: Village) -> tuple[Posting, datetime]:
    after = village.hang(village.prepare(PostedList.LAND), at=AT)
    last = village.prepare(PostedList.LAND, at=after)
    return last, village.hang(last, at=after)


def test_two_persons_lock_what_all_rounds_left(village: Village) -> None:
    last, after = _all_rounds(village)
    lock = propose_lock(last.pk, "两政函〔2026〕9号", actor=village.actor("clerk"), at=after)
    assert lock_of(village.village.pk, PostedList.LAND) is None
    agree_lock(last.pk, actor=village.actor("leader"), at=after)
    assert lock_of(village.village.pk, PostedList.LAND) == lock
    assert lock.sha256 == sha256_of(posted_lines(village.village.pk, PostedList.LAND))
    assert course_of(last, at=after).state == "confirmed"
    assert lock_of(village.village.pk, PostedList.PROPERTY) is None


def test_a_lock_takes_two(village: Village) -> None:
    last, after = _all_rounds(village)
    propose_lock(last.pk, "两政函〔2026〕9号", actor=village.actor("lead"), at=after)
    for name, error in (("lead", Refused), ("clerk", NotPermitted), ("stranger", NotFound)):
        with pytest.raises(error):
            agree_lock(last.pk, actor=village.actor(name), at=after)
    assert not ListLockAgreement.objects.exists()


def test_nothing_is_locked_that_was_not_posted(village: Village) -> None:
    first = village.prepare(PostedList.LAND)
    with refuses(Refused, "posting.not_closed"):
        propose_lock(first.pk, "文", actor=village.actor("clerk"), at=AT)
    after = village.hang(first, at=AT)
    with refuses(Refused, "posting.not_closed"):
        propose_lock(first.pk, "文", actor=village.actor("clerk"), at=after)
    last = village.prepare(PostedList.LAND, at=after)
    after = village.hang(last, at=after)
    propose_lock(last.pk, "文", actor=village.actor("clerk"), at=after)
    change_quantity("L12", "2.4", on=after.date())
    for act in (
        lambda: agree_lock(last.pk, actor=village.actor("leader"), at=after),
        lambda: propose_lock(last.pk, "文", actor=village.actor("clerk"), at=after),
    ):
        with refuses(Refused, "posting.register_differs"):
            act()


def test_what_changes_after_the_lock_hangs_and_is_locked_anew(village: Village) -> None:
    last, after = _all_rounds(village)
    clerk, leader = village.actor("clerk"), village.actor("leader")
    propose_lock(last.pk, "文一", actor=clerk, at=after)
    agree_lock(last.pk, actor=leader, at=after)
    change_quantity("L12", "2.4", on=after.date())
    extra = village.prepare(PostedList.LAND, at=after)
    assert [line.line_no for line in lines_of(extra)] == ["L12"]
    after = village.hang(extra, at=after)
    new = propose_lock(extra.pk, "文二", actor=clerk, at=after)
    agree_lock(extra.pk, actor=leader, at=after)
    found = lock_of(village.village.pk, PostedList.LAND)
    assert found == new
    assert [line.quantity for line in posted_lines(village.village.pk, PostedList.LAND)] == [
        Decimal("2.4"),
        Decimal("2.5"),
    ]


@pytest.mark.parametrize("model", [Objection, ObjectionAnswer])
def test_what_was_said_and_answered_cannot_be_changed(
    village: Village, hung: Posting, model: type[Objection]
) -> None:
    objection = _object(village, hung)
    answer_objection(
        objection.pk, ObjectionOutcome.EXPLAINED, "按外墙", actor=village.actor("clerk"), at=AT + 2 * DAY
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
