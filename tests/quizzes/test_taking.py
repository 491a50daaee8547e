"""答题: a quiz is the person's own, each question is answered once, and the ledger does not tell how it went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction

from tests.access.world import PACK
from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_user
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import PUBLIC, Actor, household_actor, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.policies.queries import read_pack
from yixian.quizzes.actions.answer_question import answer_question
from yixian.quizzes.actions.start_quiz import start_quiz
from yixian.quizzes.common_cases import common_cases
from yixian.quizzes.drawing import Case, Deck, draw
from yixian.quizzes.drawing.question import question_from_json
from yixian.quizzes.models import QuizAnswer, QuizAttempt
from yixian.quizzes.queries import own_quiz, own_quizzes, to_read_again

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
SYSTEM = system_actor("test")


@pytest.fixture
def county():
    cache.clear()
    area = make_area(make_area(name="云岭省"), "两河县")
    version = register_pack(PACK, actor=SYSTEM, at=AT)
    proposer, approver = make_user(Role.BUREAU_CLERK), make_user(Role.BUREAU_LEAD)
    PackAdoption.objects.create(
        pack_version=version,
        area=area,
        valid_from=LONG_AGO,
        document="两政发〔2026〕1号",
        proposed_by=proposer,
        proposed_at=AT,
        approved_by=approver,
        approved_at=AT,
    )
    return area


def person(role: Role, county) -> Actor:
    return actor_for(make_user(role, area_path=county.path), at=AT)


def right_answer(attempt: QuizAttempt, position: int, *, wrong: bool = False) -> str:
    question = question_from_json(attempt.questions[position])
    if question.is_typed:
        return f"{Decimal(question.minor + wrong).scaleb(-question.digits):f}"
    return str((question.right + wrong) % len(question.options))


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_role_of_the_staff_may_take_a_quiz(role: Role, county) -> None:
    assert len(start_quiz(actor=person(role, county), at=AT).questions) == 5


@pytest.mark.parametrize("actor", [PUBLIC, household_actor(1)])
def test_nobody_else_may(actor: Actor, county) -> None:
    with pytest.raises(NotPermitted):
        start_quiz(actor=actor, at=AT)


def test_without_a_policy_there_is_nothing_to_ask() -> None:
    user = make_user(Role.BUREAU_CLERK, area_path=make_area(make_area()).path)
    with pytest.raises(Refused, match="No policy"):
        start_quiz(actor=actor_for(user, at=AT), at=AT)


def test_an_open_quiz_is_gone_on_with(county) -> None:
    clerk = person(Role.BUREAU_CLERK, county)
    first = start_quiz(actor=clerk, at=AT)
    assert start_quiz(actor=clerk, at=AT + timedelta(hours=1)).pk == first.pk
    assert start_quiz(actor=clerk, at=AT + timedelta(days=1)).pk != first.pk


def test_the_same_seed_draws_what_was_asked(county) -> None:
    attempt = start_quiz(actor=person(Role.CADRE, county), at=AT, seed=41)
    pack = read_pack(attempt.pack_version_id)
    again = draw(Deck(pack, attempt.on_date, common_cases(attempt.pack_version_id)), attempt.seed)
    attempt.refresh_from_db()
    assert tuple(map(question_from_json, attempt.questions)) == again


def test_a_whole_quiz(county) -> None:
    cadre = person(Role.CADRE, county)
    attempt = start_quiz(actor=cadre, at=AT, seed=5)
    for position in range(5):
        assert own_quiz(cadre, attempt.pk).next_open == position
        row = answer_question(
            attempt.pk, position, right_answer(attempt, position, wrong=position == 1), actor=cadre, at=AT
        )
        assert row.is_right == (position != 1)
    quiz = own_quiz(cadre, attempt.pk)
    assert (quiz.next_open, quiz.right, quiz.finished_at) == (None, 4, AT)
    (listed,) = own_quizzes(cadre)
    assert (listed.asked, listed.answered, listed.right) == (5, 5, 4)
    assert to_read_again(cadre)[0] in quiz.questions[1].question.cited


def test_one_fen_beside_the_sum_is_wrong(county) -> None:
    cadre = person(Role.CADRE, county)
    for seed in range(40):
        attempt = start_quiz(actor=cadre, at=AT + timedelta(days=seed), seed=seed)
        question = question_from_json(attempt.questions[0])
        if question.is_typed:
            break
    assert question.is_typed
    one_more = f"{Decimal(question.minor + 1).scaleb(-2):f}"
    assert not answer_question(attempt.pk, 0, one_more, actor=cadre, at=AT).is_right
    with pytest.raises(Refused):
        answer_question(attempt.pk, 0, right_answer(attempt, 0), actor=cadre, at=AT)


@pytest.mark.parametrize("answer", ["", "-1", "4", "x", "９", "1.5"])
def test_what_is_no_option_is_no_answer(answer: str, county) -> None:
    cadre = person(Role.CADRE, county)
    attempt = start_quiz(actor=cadre, at=AT, seed=5)
    position = next(n for n in range(5) if question_from_json(attempt.questions[n]).kind == "promise")
    with pytest.raises(Invalid) as refusal:
        answer_question(attempt.pk, position, answer, actor=cadre, at=AT)
    assert refusal.value.field == "answer"
    assert not QuizAnswer.objects.exists()


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_nobody_reaches_anothers_quiz(role: Role, county) -> None:
    attempt = start_quiz(actor=person(Role.CADRE, county), at=AT)
    other = person(role, county)
    with pytest.raises(NotFound):
        own_quiz(other, attempt.pk)
    with pytest.raises(NotFound):
        answer_question(attempt.pk, 0, "0", actor=other, at=AT)
    assert own_quizzes(other) == []
    assert to_read_again(other) == []


def test_the_ledger_tells_that_and_not_how(county) -> None:
    cadre = person(Role.CADRE, county)
    attempt = start_quiz(actor=cadre, at=AT)
    for position in range(5):
        answer_question(attempt.pk, position, right_answer(attempt, position), actor=cadre, at=AT)
    events = list(Event.objects.filter(subject_kind="quiz_attempt").order_by("pk"))
    assert [event.kind for event in events] == ["quiz.started", "quiz.finished"]
    assert all(event.data == {} and event.area_path == "" for event in events)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_answers_are_never_edited(verb: str, county) -> None:
    cadre = person(Role.CADRE, county)
    attempt = start_quiz(actor=cadre, at=AT)
    answer_question(attempt.pk, 0, right_answer(attempt, 0, wrong=True), actor=cadre, at=AT)
    rows = QuizAnswer.objects.all()
    change = {"update": lambda: rows.update(is_right=True), "delete": lambda: rows._raw_delete("default")}[
        verb
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_case_needs_five_households(county) -> None:
    place = make_area(make_area(make_area(county)))
    for number, quantity in enumerate(["86.4"] * 5 + ["71.2"] * 4 + ["12.3"]):
        household = make_household(place)
        InventoryItem.objects.create(
            line_no=f"L{number}",
            household=household,
            area_path=household.area_path,
            item_code="house.main.brick_concrete",
            quantity=Decimal(quantity),
            surveyed_on=LONG_AGO,
            valid_from=LONG_AGO,
        )
    run = calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    found = common_cases(getattr(run, "pack_version_id", PackAdoption.objects.get().pack_version_id))
    assert found == (Case("house.main.brick_concrete", "rural", Decimal("86.4")),)


def test_organisation_of_the_day_is_kept(county) -> None:
    organisation = make_organisation(county)
    user = make_user(Role.DEPARTMENT_LEAD, organisation=organisation)
    assert start_quiz(actor=actor_for(user, at=AT), at=AT).organisation_id == organisation.pk
