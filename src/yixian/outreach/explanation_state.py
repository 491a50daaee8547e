"""讲解状态: where a household stands with the explanation of its account on a day, derived from the record and never stored.

Only explanations of the account in force count, and none that the household says never took place. A question is open until
it is answered and the household has confirmed after the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from yixian.compensation.choices import StatementStatus
from yixian.compensation.models import Statement
from yixian.kernel.prepared import one_of, prepared
from yixian.outreach.choices import ConfirmationWay, ExplanationState
from yixian.outreach.models import (
    Explanation,
    ExplanationConfirmation,
    ExplanationObjection,
    ExplanationQuestion,
)
from yixian.policies.models import PolicyAnswer
from yixian.registry.models import Household


@dataclass(slots=True)
class ExplanationFacts:
    """What is known of one explanation: of which version, and when the household said what."""

    statement_id: int
    on: date
    by: str = ""
    confirmed: list[datetime] = field(default_factory=list)
    denied: list[datetime] = field(default_factory=list)
    questions: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    """When each was asked, and when it was answered."""

    def is_open(self, on: date) -> bool:
        """Whether a question that was asked by a day was not answered and confirmed by then."""
        return any(
            _by(asked, on) and not self._is_settled(answered, on) for asked, answered in self.questions
        )

    def _is_settled(self, answered: datetime | None, on: date) -> bool:
        return answered is not None and any(
            answered <= moment and _by(moment, on) for moment in self.confirmed
        )


def state_of(in_force: int | None, facts: Iterable[ExplanationFacts], on: date) -> ExplanationState:
    """The state on a day, given the account in force then (None where there is none that could be explained)."""
    if in_force is None:
        return ExplanationState.NO_ACCOUNT
    held = [one for one in facts if one.on <= on and not any(_by(at, on) for at in one.denied)]
    current = [one for one in held if one.statement_id == in_force]
    if not current:
        return ExplanationState.OUTDATED if held else ExplanationState.UNEXPLAINED
    if any(one.is_open(on) for one in current):
        return ExplanationState.OPEN
    if any(_by(moment, on) for one in current for moment in one.confirmed):
        return ExplanationState.CONFIRMED
    return ExplanationState.EXPLAINED


def states_on(household_ids: Collection[int], on: date) -> dict[int, ExplanationState]:
    """The state of each of these households on a day; the caller has limited them to what its actor may see."""
    return {pk: state for pk, (state, _facts) in explained_on(household_ids, on).items()}


def explained_on(
    household_ids: Collection[int], on: date
) -> dict[int, tuple[ExplanationState, list[ExplanationFacts]]]:
    """The same with what is known of each explanation, in the order of their days."""
    in_force, facts = _accounts_in_force(household_ids, on), _facts_of(household_ids)
    return {pk: (state_of(in_force.get(pk), facts[pk], on), facts[pk]) for pk in household_ids}


def _facts_of(household_ids: Collection[int]) -> dict[int, list[ExplanationFacts]]:
    """What is known of the explanations of these households."""
    found: dict[int, list[ExplanationFacts]] = defaultdict(list)
    by_id: dict[int, ExplanationFacts] = {}
    for pk, household_id, statement_id, on, helper, user in _explanations(household_ids):
        by_id[pk] = ExplanationFacts(statement_id, on, helper or user)
        found[household_id].append(by_id[pk])
    for pk, at in _confirmed(by_id):
        by_id[pk].confirmed.append(at)
    for pk, at in _denied(by_id):
        by_id[pk].denied.append(at)
    for pk, at, answered_at in _asked(by_id):
        by_id[pk].questions.append((at, answered_at))
    return found


@prepared
def _explanations(household_ids: Collection[int]) -> QuerySet[Explanation, tuple[Any, ...]]:
    rows = Explanation.objects.filter(one_of("household_id", household_ids)).order_by("on", "pk")
    names = ("helper__person__name", "recorded_by__display_name")
    return rows.values_list("pk", "household_id", "statement_id", "on", *names)


@prepared
def _confirmed(explanation_ids: Collection[int]) -> QuerySet[ExplanationConfirmation, tuple[int, datetime]]:
    rows = ExplanationConfirmation.objects.filter(one_of("explanation_id", explanation_ids))
    return rows.exclude(way=ConfirmationWay.NONE).values_list("explanation_id", "at")


@prepared
def _denied(explanation_ids: Collection[int]) -> QuerySet[ExplanationObjection, tuple[int, datetime]]:
    rows = ExplanationObjection.objects.filter(one_of("explanation_id", explanation_ids), never_held=True)
    return rows.values_list("explanation_id", "at")


@prepared
def _asked(explanation_ids: Collection[int]) -> QuerySet[Any, tuple[int, datetime, datetime | None]]:
    rows = with_answers(ExplanationQuestion.objects.filter(one_of("explanation_id", explanation_ids)))
    return rows.values_list("explanation_id", "at", "answered_at")


def with_answers(rows: QuerySet[ExplanationQuestion]) -> QuerySet[Any]:
    """Questions with ``answered_at``: when the desk last answered, or the matter was closed; None while neither was."""
    answers = PolicyAnswer.objects.filter(question=OuterRef("policy_question")).order_by("-version")
    answered = Coalesce(Subquery(answers.values("answered_at")[:1]), F("matter__projection__closed_at"))
    return rows.annotate(answered_at=answered)


def open_questions(rows: QuerySet[ExplanationQuestion]) -> QuerySet[Any]:
    """Those of the questions that are not answered, or not confirmed after the answer."""
    after = ExplanationConfirmation.objects.filter(
        explanation=OuterRef("explanation"), at__gte=OuterRef("answered_at")
    ).exclude(way=ConfirmationWay.NONE)
    return with_answers(rows).filter(~Exists(after))


def has_something_to_confirm(explanation: Explanation) -> bool:
    """Whether the household has not confirmed the explanation yet, or not an answer that was given since."""
    if not explanation.confirmations.exclude(way=ConfirmationWay.NONE).exists():
        return True
    return open_questions(explanation.questions.all()).exclude(answered_at=None).exists()


def in_state(rows: QuerySet[Household], state: str) -> QuerySet[Household]:
    """Those of the households whose state today it is: what `state_of` says, asked of the database."""
    account = Statement.objects.filter(
        household=OuterRef("pk"), is_current=True, status=StatementStatus.ISSUED
    )
    held = ~Exists(ExplanationObjection.objects.filter(explanation=OuterRef("pk"), never_held=True))
    ever = Explanation.objects.filter(held, household=OuterRef("pk"))
    current = ever.filter(statement__is_current=True)
    asked = open_questions(ExplanationQuestion.objects.filter(explanation=OuterRef("pk")))
    said = ExplanationConfirmation.objects.filter(explanation=OuterRef("pk")).exclude(
        way=ConfirmationWay.NONE
    )
    is_open = Exists(current.filter(Exists(asked)))
    conditions: dict[str, Q] = {
        ExplanationState.NO_ACCOUNT: Q(~Exists(account)),
        ExplanationState.UNEXPLAINED: Q(Exists(account), ~Exists(ever)),
        ExplanationState.OUTDATED: Q(Exists(account), Exists(ever), ~Exists(current)),
        ExplanationState.OPEN: Q(Exists(account), is_open),
        ExplanationState.EXPLAINED: Q(
            Exists(account), Exists(current), ~is_open, ~Exists(current.filter(Exists(said)))
        ),
        ExplanationState.CONFIRMED: Q(Exists(account), ~is_open, Exists(current.filter(Exists(said)))),
    }
    return rows.filter(conditions[state])


def _accounts_in_force(household_ids: Collection[int], on: date) -> dict[int, int]:
    """The account of each household that was in force on a day, if it could be explained: the newest one issued by then.

    Only what is in force today, and what that superseded, was ever in force: a version decided against never was.
    """
    rows = _accounts(household_ids)
    by_pk = {row[0]: row for row in rows}
    found = {}
    for row in rows:
        if not row[3]:
            continue
        then: Any = row
        while then is not None and timezone.localdate(then[5]) > on:
            then = by_pk.get(then[2])
        if then is not None and then[4] == StatementStatus.ISSUED:
            found[row[1]] = then[0]
    return found


@prepared
def _accounts(household_ids: Collection[int]) -> QuerySet[Statement, tuple[Any, ...]]:
    rows = Statement.objects.filter(one_of("household_id", household_ids)).order_by("version")
    return rows.values_list("pk", "household_id", "supersedes_id", "is_current", "status", "issued_at")


def _by(moment: datetime, on: date) -> bool:
    return timezone.localdate(moment) <= on
