"""讲解账目: every line or nothing; a question goes on with its day and comes back; nothing that is said moves money or place."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.outreach.explained import (
    LATER,
    account_of,
    answered,
    calculated_anew,
    confirmed,
    drafted,
    explained,
    positions,
)
from tests.visits.place import AT, DAY, Place
from yixian.compensation.models import AccountCase, Statement, StatementLine
from yixian.compensation.queries import current_account
from yixian.duty.models import Pairing
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.matters.models import Matter
from yixian.outreach.actions.answer_back import ask_further, object_to_explanation
from yixian.outreach.actions.confirm_explanation import (
    ConfirmationInput,
    confirm_explanation,
    confirm_own_explanation,
)
from yixian.outreach.actions.explain_account import explain_account
from yixian.outreach.choices import ConfirmationWay, ExplanationState, QuestionRoute
from yixian.outreach.explanation_draft import AskedQuestion
from yixian.outreach.explanation_state import in_state, states_on
from yixian.outreach.models import Explanation, ExplanationQuestion
from yixian.outreach.queries import (
    accounts_to_explain,
    answers_to_bring,
    denied_explanations,
    explanation_list,
    get_explanation,
    household_explanations,
)
from yixian.outreach.queries.explanation_list import DENIED, WAITING
from yixian.policies.models import PolicyQuestion
from yixian.registry.models import Household
from yixian.visits.queries import my_households

pytestmark = pytest.mark.django_db


def state(place: Place, *, days: int = 0) -> str:
    """Our household's state on a day; the database's own answer must be the same today."""
    found = states_on([place.ours.pk], DAY + timedelta(days=days))[place.ours.pk]
    if not days:
        rows = Household.objects.filter(pk=place.ours.pk)
        assert [one for one in ExplanationState if in_state(rows, one).exists()] == [found]
    return found


def refusal(place: Place, *asked: AskedQuestion, **changes: object) -> str:
    with pytest.raises((Invalid, Refused)) as caught:
        explained(place, *asked, **changes)
    assert not Explanation.objects.exists()
    assert not PolicyQuestion.objects.exists()
    return caught.value.key


def test_from_unexplained_to_confirmed(place: Place) -> None:
    assert state(place) == ExplanationState.UNEXPLAINED
    row = explained(place)
    assert (row.helper, row.statement, row.recorded_by) == (
        place.cadre,
        account_of(place),
        place.users["cadre"],
    )
    assert state(place) == ExplanationState.EXPLAINED
    confirmed(place, row)
    assert state(place) == ExplanationState.CONFIRMED
    assert state(place, days=-1) == ExplanationState.NO_ACCOUNT
    assert list(
        Event.objects.filter(kind__startswith="explanation.").order_by("pk").values_list("kind", flat=True)
    ) == [
        "explanation.recorded",
        "explanation.confirmed",
    ]


@pytest.mark.parametrize("name", ["cadre", "member", "township", "clerk", "lead"])
def test_who_explains(place: Place, name: str) -> None:
    assert (explained(place, name=name).helper_id is None) == (name not in {"cadre", "member"})


@pytest.mark.parametrize(
    ("name", "error"), [("stranger", NotFound), ("finance", NotPermitted), ("county", NotPermitted)]
)
def test_who_does_not(place: Place, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        explained(place, name=name)
    row = explained(place)
    with pytest.raises(error):
        confirm_explanation(
            row.pk, ConfirmationInput(ConfirmationWay.NONE, why_not="不在家"), actor=place.actor(name), at=AT
        )


def test_what_is_refused(place: Place) -> None:
    assert refusal(place, explained=frozenset()) == "explanation.lines"
    assert refusal(place, explained=positions(place) - {max(positions(place))}) == "explanation.lines"
    assert refusal(place, version=7) == "explanation.version"
    assert refusal(place, on=DAY + timedelta(days=1)) == "explanation.future"
    assert refusal(place, on=DAY - timedelta(days=1)) == "explanation.early"
    assert refusal(place, language="lat") == "explanation.language"
    assert refusal(place, AskedQuestion(1, " ")) == "explanation.no_words"
    assert refusal(place, AskedQuestion(1, "问" * 801)) == "explanation.long_words"
    assert refusal(place, AskedQuestion(99, "这行呢？")) == "explanation.line"
    assert refusal(place, AskedQuestion(1, "哪里？", "nowhere")) == "explanation.route"
    assert refusal(place, *[AskedQuestion(1, "问")] * 11) == "explanation.questions"


def test_an_account_behind_its_facts_is_not_explained_and_waits_for_no_helper(place: Place) -> None:
    assert place.ours.pk in [
        one.key for one in accounts_to_explain(place.actor("cadre"), at=LATER).window(0, 9)
    ]
    InventoryItem.objects.filter(household=place.ours).update(quantity="99")
    assert refusal(place) == "explanation.outdated_account"
    assert not accounts_to_explain(place.actor("cadre"), at=LATER).count()


def test_the_same_form_makes_one(place: Place) -> None:
    draft = drafted(place, AskedQuestion(1, "为什么只按这个面积算？"))
    rows = [explain_account(place.ours.pk, draft, actor=place.actor("cadre"), at=AT) for _time in range(2)]
    assert rows[0] == rows[1]
    assert Explanation.objects.count() == PolicyQuestion.objects.count() == 1
    with pytest.raises(Refused, match="another explanation"):
        explain_account(place.ours.pk, draft, actor=place.actor("member"), at=AT)


def test_a_question_to_the_desk_comes_back_and_is_confirmed(place: Place) -> None:
    row = explained(place, AskedQuestion(1, "为什么只按这个面积算？"))
    question = PolicyQuestion.objects.get()
    assert "为什么只按这个面积算？" in question.text
    assert state(place) == ExplanationState.OPEN
    confirmed(place, row)
    assert state(place) == ExplanationState.OPEN
    assert answers_to_bring(place.actor("cadre"), at=LATER).count() == 0
    answered(place, question.pk, at=LATER + timedelta(hours=1))
    assert state(place) == ExplanationState.OPEN
    (waiting,) = answers_to_bring(place.actor("cadre"), at=LATER).window(0, 9)
    assert (waiting.key, waiting.about) == (row.pk, "赵近壹")
    confirmed(place, row, at=LATER + timedelta(hours=2))
    assert state(place) == ExplanationState.CONFIRMED
    assert answers_to_bring(place.actor("cadre"), at=LATER).count() == 0
    _household, view = get_explanation(place.actor("cadre"), row.pk, at=LATER + timedelta(hours=2))
    (asked,) = view.questions
    assert (asked.answer, asked.answered_at, asked.confirmed_at) == (
        "照表补偿。",
        LATER + timedelta(hours=1),
        LATER + timedelta(hours=2),
    )
    assert view.understood == view.lines - 1
    with pytest.raises(Refused, match="confirmed this already"):
        confirmed(place, row, at=LATER + timedelta(hours=3))


def test_a_question_that_nobody_answers_is_overdue(place: Place) -> None:
    row = explained(place, AskedQuestion(0, "整本账怎么看？"))
    late = AT + timedelta(days=60)
    (asked,) = get_explanation(place.actor("cadre"), row.pk, at=late)[1].questions
    due_on = PolicyQuestion.objects.get().due_on
    assert (asked.due_on, asked.days_over) == (due_on, (DAY + timedelta(days=60) - due_on).days)


def test_what_is_not_right_becomes_a_matter_of_the_household(place: Place) -> None:
    row = explained(place, AskedQuestion(1, "面积量少了。", QuestionRoute.MATTER))
    matter = Matter.objects.get()
    assert (matter.channel, matter.projection.topic, matter.shared, matter.text.words) == (
        "visit",
        "account",
        True,
        "面积量少了。",
    )
    (line,) = account_of(place).lines.filter(position=1)
    assert [(one.document, one.clause) for one in matter.clauses.all()] == [(line.document, line.clause)]
    (asked,) = get_explanation(place.actor("cadre"), row.pk, at=AT)[1].questions
    assert (asked.matter_no, asked.answered_at) == (matter.number, None)
    assert state(place) == ExplanationState.OPEN


def test_another_version_makes_it_outdated(place: Place) -> None:
    row = explained(place)
    confirmed(place, row)
    calculated_anew(place)
    assert state(place) == ExplanationState.OUTDATED
    assert Explanation.objects.get() == row
    assert [one.key for one in accounts_to_explain(place.actor("cadre"), at=LATER).window(0, 9)] == [
        place.ours.pk
    ]
    with pytest.raises(Refused, match="another version"):
        confirmed(place, row)
    confirmed(place, explained(place, at=LATER))
    assert state(place) == ExplanationState.CONFIRMED


def test_how_it_is_confirmed(place: Place) -> None:
    row, card = explained(place), place.card()

    def fault(**given: str) -> str:
        with pytest.raises(Invalid) as caught:
            confirmed(place, row, **({"attested_by": ""} | given))
        return caught.value.field

    assert fault(way=ConfirmationWay.ATTESTED) == "attested_by"
    assert fault(way=ConfirmationWay.SIGNATURE, strokes="[]") == "strokes"
    assert fault(way=ConfirmationWay.PIN, pin="000000") == "pin"
    assert fault(way=ConfirmationWay.NONE) == "why_not"
    assert fault(way=ConfirmationWay.PORTAL) == "way"
    confirmed(place, row, way=ConfirmationWay.NONE, why_not="老人要等儿子回来")
    assert state(place) == ExplanationState.EXPLAINED
    confirmed(place, row, way=ConfirmationWay.PIN, pin=card.pin, source="here")
    assert state(place) == ExplanationState.CONFIRMED


def test_the_household_confirms_asks_and_denies_by_itself(place: Place) -> None:
    row = explained(place)
    confirm_own_explanation(row.pk, actor=place.family, at=LATER)
    assert state(place) == ExplanationState.CONFIRMED
    key = uuid.uuid4()
    for _time in range(2):
        ask_further(row.pk, "果树呢？", QuestionRoute.HELPDESK, key=key, actor=place.family, at=LATER)
    assert ExplanationQuestion.objects.get().by is None
    assert state(place) == ExplanationState.OPEN
    for _time in range(2):
        object_to_explanation(row.pk, "", never_held=True, actor=place.family, at=LATER)
    assert row.objections.count() == 1
    assert state(place) == ExplanationState.UNEXPLAINED
    assert denied_explanations(place.actor("township"), at=LATER) == 1
    with pytest.raises(Refused, match="never took place"):
        confirm_own_explanation(row.pk, actor=place.family, at=LATER)
    explained(place, name="member", at=LATER)
    assert state(place) == ExplanationState.EXPLAINED


def test_what_was_not_so_does_not_undo_it(place: Place) -> None:
    row = explained(place)
    with pytest.raises(Invalid):
        object_to_explanation(row.pk, " ", never_held=False, actor=place.family, at=LATER)
    object_to_explanation(row.pk, "只讲了房子。", never_held=False, actor=place.family, at=LATER)
    assert state(place) == ExplanationState.EXPLAINED
    account, _change = current_account(place.family, place.ours, on=DAY)
    said, (view,) = household_explanations(place.family, place.ours, account, at=LATER)
    assert said == ExplanationState.EXPLAINED
    assert [one.words for one in view.objections] == ["只讲了房子。"]


def test_nobody_else_speaks_for_the_household(place: Place) -> None:
    row = explained(place)
    for name in ("cadre", "clerk", "stranger"):
        with pytest.raises(NotFound):
            confirm_own_explanation(row.pk, actor=place.actor(name), at=LATER)
        with pytest.raises(NotFound):
            object_to_explanation(row.pk, "不是", never_held=True, actor=place.actor(name), at=LATER)


def test_nothing_said_moves_money_or_place_or_pairing(place: Place) -> None:
    def moved() -> list[object]:
        rows = [Statement, StatementLine, AccountCase, InventoryItem, Pairing, Household]
        order = [(one.household.pk, one.urgency(DAY)) for one in my_households(place.actor("cadre"), on=DAY)]
        return [order, *(list(row.objects.order_by("pk").values()) for row in rows)]

    before = moved()
    row = explained(place, AskedQuestion(1, "少了。", QuestionRoute.MATTER), AskedQuestion(0, "不懂。"))
    confirmed(place, row)
    ask_further(row.pk, "还是不对。", QuestionRoute.MATTER, key=uuid.uuid4(), actor=place.family, at=LATER)
    object_to_explanation(row.pk, "没有来过。", never_held=True, actor=place.family, at=LATER)
    assert moved() == before


def test_lists_by_place_helper_and_state(place: Place) -> None:
    def found(name: str, **asked: str) -> list[int]:
        rows = explanation_list(place.actor(name), on=DAY, **asked).window(0, 9)
        return [row.household.pk for row in rows]

    row = explained(place)
    object_to_explanation(row.pk, "", never_held=True, actor=place.family, at=LATER)
    assert found("cadre") == [place.ours.pk]
    assert found("stranger") == [place.theirs.pk]
    assert found("finance") == []
    assert set(found("clerk")) == {place.ours.pk, place.theirs.pk}
    assert found("clerk", area_path=place.township.path) == [place.ours.pk]
    assert found("clerk", search=place.cadre.person.name) == [place.ours.pk]
    assert found("clerk", state=DENIED) == [place.ours.pk]
    assert place.ours.pk in found("clerk", state=WAITING)
    explained(place, at=LATER)
    assert place.ours.pk not in found("clerk", state=WAITING)


def test_what_was_written_stays(place: Place) -> None:
    confirmed(place, explained(place, AskedQuestion(0, "为什么？")))
    for table in ("explanation", "explanationquestion", "explanationconfirmation"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM outreach_{table}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM outreach_explanationquestion")
        assert "为什么" not in str(cursor.fetchall())
