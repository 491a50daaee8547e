"""政策咨询台: asking, answering, correcting, coming back; what is refused, and what is sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.policies.shelf import AT, MORE, SYSTEM, TODAY, adopt, person, register_shelf, row_of
from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.kernel.throttle import TooManyGuesses
from yixian.policies.access import HELPDESK
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.actions.submit_question import QUESTIONS_PER_SOURCE, SubmittedQuestion, submit_question
from yixian.policies.answers import answer_views, answers_fitting, public_answer, public_answers
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.codes import LENGTH, new_once
from yixian.policies.models import PolicyAnswer, PolicyQuestion
from yixian.policies.policy_helpdesk import (
    GUESSES_PER_SOURCE,
    QuestionView,
    get_question,
    helpdesk_counts,
    question_by_code,
    question_list,
)

WORDS = "我叫石小凤，家里水浇地的年产值按哪一年算？"


def ask(text: str = WORDS, *, once: str = "", source: str = "", at=AT) -> SubmittedQuestion:
    return submit_question(
        text, once or new_once(), QuestionChannel.PORTAL, source=source, actor=PUBLIC, at=at
    )


@pytest.fixture
def given(pack) -> AnswerInput:
    """An answer that rests on the clause in force."""
    return AnswerInput(
        AnswerOutcome.CITED,
        "按 2025 年 7 月 1 日起的新标准算。",
        clauses=frozenset({row_of(pack, "YIELD-NEW", "yield")}),
        names_nobody=True,
        public_zh="水浇地的年产值按哪一年算？",
    )


def come_back(code: str, *, source: str = "phone", at=AT, today: date = TODAY):
    return question_by_code(code, source=source, at=at, today=today)


def test_the_answer_is_due_within_the_limit_and_the_code_leads_back(pack) -> None:
    asked = ask()
    assert len(asked.code) == LENGTH
    assert asked.due_on == TODAY + timedelta(days=15)
    view = come_back(f" {asked.code[:4].lower()}-{asked.code[4:]} ")
    assert (view.text, view.is_open, view.is_overdue, view.left) == (WORDS, True, False, 15)
    overdue = come_back(asked.code, today=asked.due_on + timedelta(days=3))
    assert (overdue.is_overdue, overdue.days_over) == (True, 3)
    assert not come_back(asked.code, today=asked.due_on).is_overdue


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 9, 16), date(2026, 10, 4)),
        (date(2026, 9, 15), date(2026, 9, 30)),
        (date(2026, 2, 1), date(2026, 2, 20)),
    ],
)
def test_a_limit_that_ends_on_a_holiday_runs_to_the_next_day_that_is_none(
    db, asked_on: date, due: date
) -> None:
    at = AT.replace(year=asked_on.year, month=asked_on.month, day=asked_on.day)
    assert ask(at=at).due_on == due


def test_a_form_sent_twice_is_one_question(pack) -> None:
    once = new_once()
    assert ask(once=once) == ask(once=once)
    assert PolicyQuestion.objects.count() == Event.objects.filter(kind="policy_question.asked").count() == 1
    with pytest.raises(Refused):
        ask("另一个问题", once=once)


@pytest.mark.parametrize(
    ("text", "once"), [("  ", "a" * 32), ("问" * 1001, "a" * 32), ("问", "zz"), ("问", "")]
)
def test_what_cannot_be_handed_in(db, text: str, once: str) -> None:
    with pytest.raises(Invalid):
        submit_question(text, once, QuestionChannel.PORTAL, actor=PUBLIC, at=AT)
    assert not PolicyQuestion.objects.exists()


def test_too_many_from_one_place_wait_and_others_do_not(db) -> None:
    for number in range(QUESTIONS_PER_SOURCE):
        ask(f"问题{number}", source="one")
    with pytest.raises(TooManyGuesses):
        ask("再问一个", source="one")
    ask("别处的问题", source="two")
    assert PolicyQuestion.objects.count() == QUESTIONS_PER_SOURCE + 1


def test_guessing_codes_waits(db) -> None:
    asked = ask()
    for _try in range(GUESSES_PER_SOURCE):
        with pytest.raises(NotFound):
            come_back("AAAA AAAA", source="guesser")
    with pytest.raises(TooManyGuesses):
        come_back(asked.code, source="guesser")
    assert come_back(asked.code, source="asker").text == WORDS


@pytest.mark.parametrize("role", sorted({*STAFF_ROLES, Role.HOUSEHOLD} - HELPDESK))
def test_only_the_helpdesk_reads_and_answers(pack, place, given: AnswerInput, role: Role) -> None:
    asked, other = ask(), person(role, place)
    for answered in (False, True):
        with pytest.raises(NotPermitted):
            question_list(other, today=TODAY, answered=answered)
    with pytest.raises(NotPermitted):
        helpdesk_counts(other, TODAY)
    with pytest.raises(NotPermitted):
        get_question(other, asked.question_id, TODAY)
    with pytest.raises(NotPermitted):
        answer_question(asked.question_id, given, actor=other, at=AT)


def test_a_program_answers_nothing(pack, given: AnswerInput) -> None:
    with pytest.raises(NotPermitted):
        answer_question(ask().question_id, given, actor=SYSTEM, at=AT)


def listed(clerk: Actor, **limits: Any) -> list[QuestionView]:
    return question_list(clerk, today=TODAY, **limits).window(0, 10)


def test_the_first_due_stands_first_and_the_overdue_are_counted(
    pack, clerk: Actor, given: AnswerInput
) -> None:
    late, early = ask("后问的"), ask("先问的围墙", at=AT - timedelta(days=20))
    views = listed(clerk)
    assert [view.pk for view in views] == [early.question_id, late.question_id]
    assert [view.is_overdue for view in views] == [True, False]
    counts = helpdesk_counts(clerk, TODAY)
    assert (counts.open, counts.overdue) == (2, 1)
    assert [row.pk for row in listed(clerk, search="围墙 先问")] == [early.question_id]
    assert listed(clerk, search="墙围") == []
    answer_question(early.question_id, given, actor=clerk, at=AT)
    assert helpdesk_counts(clerk, TODAY).overdue == 0
    assert [row.pk for row in listed(clerk, answered=True)] == [early.question_id]


def test_the_asker_reads_the_answer_and_everybody_the_published_question(
    pack, clerk: Actor, given: AnswerInput
) -> None:
    asked = ask()
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    mine = come_back(asked.code).answer
    assert mine is not None
    assert mine.words_zh == given.words_zh
    (public,) = answer_views(public_answers("年产值"), TODAY)
    assert public.asked_zh == "水浇地的年产值按哪一年算？"
    assert [cited.document.id for cited in public.cited] == ["YIELD-NEW"]
    assert list(public_answers("石小凤")) == []


def test_an_answer_for_the_asker_alone_is_not_published(pack, clerk: Actor, given: AnswerInput) -> None:
    asked = ask()
    answer_question(asked.question_id, replace(given, is_public=False), actor=clerk, at=AT)
    assert list(public_answers()) == list(public_answers("新标准")) == []
    with pytest.raises(NotFound):
        public_answer(asked.question_id, TODAY)
    answer = PolicyAnswer.objects.get()
    assert answer.public_zh == ""
    assert come_back(asked.code).answer is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words_zh": " "}, "words_zh"),
        ({"clauses": frozenset()}, "clauses"),
        ({"clauses": frozenset({10**9})}, "clauses"),
        ({"names_nobody": False}, "names_nobody"),
        ({"public_zh": ""}, "public_zh"),
        ({"outcome": AnswerOutcome.NOT_DECIDED}, "clauses"),
        (
            {
                "outcome": AnswerOutcome.NOT_DECIDED,
                "clauses": frozenset(),
                "draft": "danjiangkou-2009:YIELD-OLD",
            },
            "draft",
        ),
    ],
)
def test_an_answer_that_may_not_be_given(pack, clerk: Actor, given: AnswerInput, change, field: str) -> None:
    asked = ask()
    with pytest.raises(Invalid) as error:
        answer_question(asked.question_id, replace(given, **change), actor=clerk, at=AT)
    assert error.value.field == field
    assert not PolicyAnswer.objects.exists()


@pytest.mark.parametrize(("document", "clause"), [("YIELD-OLD", "yield"), ("SUPPORT", "each-year")])
def test_neither_what_has_ended_nor_a_draft_is_cited(
    pack, clerk: Actor, given: AnswerInput, document: str, clause: str
) -> None:
    wrong = replace(given, clauses=given.clauses | {row_of(pack, document, clause)})
    with pytest.raises(Invalid):
        answer_question(ask().question_id, wrong, actor=clerk, at=AT)


def test_not_decided_names_the_draft_and_tells_once_it_is_decided(
    pack, place, clerk: Actor, tmp_path
) -> None:
    asked = ask("后期扶持发不发")
    undecided = AnswerInput(
        AnswerOutcome.NOT_DECIDED,
        "还没有定，请等正式文件。",
        draft="danjiangkou-2009:SUPPORT",
        names_nobody=True,
        public_zh="后期扶持发不发？",
    )
    answer_question(asked.question_id, undecided, actor=clerk, at=AT)
    view = come_back(asked.code).answer
    assert view is not None
    assert view.draft is not None
    assert (view.is_decided, view.draft.document.id, view.draft.force.binds) == (False, "SUPPORT", False)
    decided = MORE.replace(
        "status: draft\n  from: 2026-01-01", "status: decided\n  decided_on: 2026-11-20\n  from: 2026-12-01"
    )
    adopt(register_shelf(tmp_path, version="11", more=decided), place, date(2026, 12, 1))
    later = come_back(asked.code, today=date(2026, 12, 1)).answer
    assert later is not None
    assert later.draft is not None
    assert later.draft.force.binds


def test_a_correction_is_a_new_version_and_the_old_one_stays(pack, clerk: Actor, given: AnswerInput) -> None:
    asked = ask()
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    with pytest.raises(Refused):
        answer_question(asked.question_id, given, actor=clerk, at=AT)
    with pytest.raises(Invalid):
        answer_question(asked.question_id, replace(given, after=1), actor=clerk, at=AT)
    better = replace(given, after=1, correction="日期写错了。", words_zh="按 2025 年 7 月 1 日公布的标准算。")
    answer_question(asked.question_id, better, actor=clerk, at=AT)
    versions = public_answer(asked.question_id, TODAY)
    assert [(view.version, view.corrected) for view in versions] == [(2, False), (1, True)]
    assert [row.version for row in public_answers()] == [2]
    assert list(public_answers("新标准")) == []
    assert Event.objects.filter(kind="policy_question.corrected").count() == 1


def test_a_correction_may_withdraw_what_was_published(pack, clerk: Actor, given: AnswerInput) -> None:
    asked = ask()
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    withdrawn = replace(given, after=1, correction="写出了当事人。", is_public=False)
    answer_question(asked.question_id, withdrawn, actor=clerk, at=AT)
    assert list(public_answers()) == list(public_answers("年产值")) == []
    with pytest.raises(NotFound):
        public_answer(asked.question_id, TODAY)


def test_an_answer_says_when_what_it_rests_on_has_ended(
    pack, place, clerk: Actor, given: AnswerInput, tmp_path
) -> None:
    asked = ask()
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    ended = MORE.replace(
        "decided_on: 2025-06-20\n  from: 2025-07-01",
        "decided_on: 2025-06-20\n  from: 2025-07-01\n  until: 2026-12-01",
    )
    adopt(register_shelf(tmp_path, version="12", more=ended), place, date(2026, 11, 10))
    before, after = (
        come_back(asked.code, today=day).answer for day in (date(2026, 11, 30), date(2026, 12, 1))
    )
    assert before is not None
    assert after is not None
    assert before.ended == ()
    assert [row.ended_on for row in after.ended] == [date(2026, 12, 1)]


def test_the_answer_that_holds_most_of_a_question_stands_first(
    pack, clerk: Actor, given: AnswerInput
) -> None:
    for public in ("水浇地的年产值按哪一年算？", "水浇地能不能自己换？", "围墙塌了怎么算？"):
        answer_question(
            ask(public).question_id, replace(given, public_zh=public, words_zh="见条款。"), actor=clerk, at=AT
        )
    assert [row.public_zh for row in answers_fitting(["水浇地", "年产值"])] == ["水浇地的年产值按哪一年算？"]
    assert answers_fitting(["龙脉"]) == answers_fitting([]) == []


def test_the_ledger_tells_who_answered_but_nothing_of_the_asker(
    pack, clerk: Actor, given: AnswerInput
) -> None:
    asked = ask()
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    events = Event.objects.filter(subject_kind="policy_question")
    assert [event.kind for event in events.order_by("pk")] == [
        "policy_question.asked",
        "policy_question.answered",
    ]
    told = " ".join(str(event.data) for event in events)
    assert "石小凤" not in told
    assert asked.code not in told
    assert "danjiangkou-2009:YIELD-NEW:yield" in told
