"""讲解查询: the explanations of a household's account in words, with what was asked, answered and confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.account_read_models import StatementView
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.roles import HELPER_ROLES
from yixian.matters.access import matter_scope
from yixian.outreach.access import household_to_read
from yixian.outreach.choices import ConfirmationWay, ExplanationState
from yixian.outreach.explanation_state import ExplanationFacts, state_of, states_on, with_answers
from yixian.outreach.models import Explanation, ExplanationConfirmation, ExplanationQuestion
from yixian.outreach.outreach_read_models import ConfirmedView, DenialView, ExplanationView, QuestionView
from yixian.policies.answers import answer_views, with_citations
from yixian.policies.models import PolicyAnswer
from yixian.registry.access import Part, parts_for
from yixian.registry.models import Household


def household_explanations(
    actor: Actor, household: Household, account: StatementView | None, *, at: datetime
) -> tuple[ExplanationState, list[ExplanationView]]:
    """Where a household stands with the explanation of its account, and every explanation, the latest first.

    ``account`` is the one in force, as the caller has read it. Nothing is explained to those who may not read the visits.
    """
    on, rows = timezone.localdate(at), []
    if Part.VISITS in parts_for(actor, household):
        rows = _of_household(household.pk)
    views = _views(actor, rows, at)
    in_force = account.statement_id if account is not None and account.total_fen is not None else None
    facts = [_facts(row, view) for row, view in zip(rows, views, strict=True)]
    return state_of(in_force, facts, on), views


def get_explanation(actor: Actor, explanation_id: int, *, at: datetime) -> tuple[Household, ExplanationView]:
    """One explanation with its household. Raises `NotFound` for what the actor may not read."""
    row = _rows().filter(pk=explanation_id).first()
    try:
        household = household_to_read(actor, row.household_id if row else 0)
    except NotFound as error:
        raise NotFound("explanation.not_found", _("There is no such explanation.")) from error
    return household, _views(actor, [row], at)[0]


def own_states(actor: Actor, household_ids: Collection[int], *, at: datetime) -> dict[int, ExplanationState]:
    """The states of households that the actor stands beside, as their list has them; `NO_ACCOUNT` for any other."""
    own = {pk for grant in actor.grants if grant.role in HELPER_ROLES for pk in grant.household_ids}
    states = states_on([pk for pk in household_ids if pk in own], timezone.localdate(at))
    return {pk: states.get(pk, ExplanationState.NO_ACCOUNT) for pk in household_ids}


@prepared
def _of_household(household_id: int) -> QuerySet[Explanation]:
    return _rows().filter(household=household_id).order_by("-on", "-pk")


def _rows() -> QuerySet[Explanation]:
    return Explanation.objects.select_related(
        "statement", "helper__person", "helper__organisation", "recorded_by"
    ).prefetch_related(
        Prefetch("confirmations", ExplanationConfirmation.objects.order_by("pk")), "objections"
    )


def _views(actor: Actor, rows: list[Any], at: datetime) -> list[ExplanationView]:
    questions = _questions(actor, rows, at)
    return [_view(row, questions[row.pk]) for row in rows]


def _facts(row: Explanation, view: ExplanationView) -> ExplanationFacts:
    """What an explanation says of the household's state."""
    return ExplanationFacts(
        row.statement_id,
        row.on,
        view.by,
        [one.at for one in view.confirmations if one.way != ConfirmationWay.NONE],
        [one.at for one in view.objections if one.never_held],
        [(one.asked_at, one.answered_at) for one in view.questions],
    )


def _view(row: Explanation, questions: list[QuestionView]) -> ExplanationView:
    return ExplanationView(
        pk=row.pk,
        household_id=row.household_id,
        version=row.statement.version,
        lines=row.statement.line_count,
        is_current=row.statement.is_current,
        on=row.on,
        language_label=str(row.get_language_display()),
        by=row.helper.person.name if row.helper else str(row.recorded_by),
        organisation=row.helper.organisation.label if row.helper else "",
        recorded_at=row.recorded_at,
        questions=tuple(questions),
        confirmations=tuple(
            ConfirmedView(
                one.way, str(one.get_way_display()), one.at, one.strokes, one.attested_by, one.why_not
            )
            for one in row.confirmations.all()
        ),
        objections=tuple(DenialView(one.at, one.never_held, one.words) for one in row.objections.all()),
    )


def _questions(actor: Actor, rows: Collection[Explanation], at: datetime) -> dict[int, list[QuestionView]]:
    """The questions of these explanations as the actor sees them, by explanation."""
    confirmed = {
        row.pk: [one.at for one in row.confirmations.all() if one.way != ConfirmationWay.NONE] for row in rows
    }
    asked = _asked(confirmed)
    answers = _answers([one.policy_question_id for one in asked if one.policy_question_id], at)
    matters = [one.matter_id for one in asked if one.matter_id]
    seen = (
        set(matter_scope(actor, at=at).filter(pk__in=matters).values_list("pk", flat=True))
        if matters
        else set()
    )
    found: dict[int, list[QuestionView]] = defaultdict(list)
    for one in asked:
        after = confirmed[one.explanation_id]
        found[one.explanation_id].append(_question(one, answers, after, at, is_seen=one.matter_id in seen))
    return found


@prepared
def _asked(explanation_ids: Collection[int]) -> QuerySet[Any]:
    rows = with_answers(ExplanationQuestion.objects.filter(one_of("explanation", explanation_ids)))
    return rows.select_related("policy_question", "matter__projection").order_by("position", "pk")


def _question(
    row: Any, answers: dict[int, str], confirmed: list[datetime], at: datetime, *, is_seen: bool
) -> QuestionView:
    answered_at: datetime | None = row.answered_at
    since = [moment for moment in confirmed if answered_at is not None and moment >= answered_at]
    due_on = row.policy_question.due_on if row.policy_question else None
    if row.matter_id and is_seen and row.matter.projection.next_due_at:
        due_on = timezone.localdate(row.matter.projection.next_due_at)
    return QuestionView(
        pk=row.pk,
        position=row.position,
        title=row.title,
        words=row.words,
        route=row.route,
        route_label=str(row.get_route_display()),
        asked_at=row.at,
        by_household=row.by_id is None,
        due_on=due_on,
        answered_at=answered_at,
        answer=answers.get(row.policy_question_id or 0, ""),
        matter_no=row.matter.number if is_seen else "",
        confirmed_at=since[0] if since else None,
        on=timezone.localdate(at),
    )


def _answers(question_ids: list[int], at: datetime) -> dict[int, str]:
    """What the policy desk answers to these questions, in the language spoken: the latest version of each."""
    views = answer_views(_answered(question_ids), timezone.localdate(at))
    return {view.question_id: view.words(language()) for view in views}


@prepared
def _answered(question_ids: Collection[int]) -> QuerySet[PolicyAnswer]:
    rows = PolicyAnswer.objects.filter(one_of("question", question_ids), corrected_by=None)
    return with_citations(rows.select_related("question")).order_by("version")
