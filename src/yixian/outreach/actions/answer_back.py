"""户里说的话: the household asks further about its account, or says that the explanation was not so or never took place."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.queries import version_view
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.outreach.actions.confirm_explanation import own_explanation
from yixian.outreach.asking import hand_in
from yixian.outreach.explanation_draft import AskedQuestion, require_question
from yixian.outreach.limits import MAX_NOTE, MAX_OBJECTIONS, MAX_QUESTIONS
from yixian.outreach.models import Explanation, ExplanationObjection, ExplanationQuestion


@transaction.atomic
def ask_further(
    explanation_id: int, words: str, route: str, *, key: uuid.UUID, actor: Actor, at: datetime
) -> ExplanationQuestion:
    """The household still has a question about its account: it goes to the policy desk, or is raised as a matter.

    The same key sent again is the same question. Raises `NotFound` for anybody else's, `Invalid` without words.
    """
    explanation = own_explanation(explanation_id, actor)
    Explanation.objects.select_for_update().get(pk=explanation.pk)
    asked = AskedQuestion(0, words, route)
    require_question(asked, {})
    for row in explanation.questions.filter(by=None, route=route):
        if row.words == words.strip():
            return row
    if explanation.questions.filter(by=None).count() >= MAX_QUESTIONS:
        raise Refused(
            "explanation.many_questions", _("You have asked ten times: please ring the bureau instead.")
        )
    account = version_view(
        actor, explanation.household, explanation.statement.version, on=timezone.localdate(at)
    )
    row = hand_in(explanation, account, asked, key=key, user_id=None, actor=actor, at=at)
    _record("explanation.asked", explanation, {"route": route}, actor, at)
    return row


@transaction.atomic
def object_to_explanation(
    explanation_id: int, words: str, *, never_held: bool, actor: Actor, at: datetime
) -> ExplanationObjection:
    """Write down what the household says was not so, or that nobody came to explain anything.

    Nothing else follows from it than that the explanation does not count. Raises `NotFound` for anybody else's, `Invalid`
    without words (where it did take place).
    """
    explanation = own_explanation(explanation_id, actor)
    Explanation.objects.select_for_update().get(pk=explanation.pk)
    if not words.strip() and not never_held:
        raise Invalid("visit.objection", _("Please say what was not so."), field="words")
    if len(words) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="words")
    latest = explanation.objections.order_by("-pk").first()
    if latest is not None and (latest.words, latest.never_held) == (words.strip(), never_held):
        return latest
    if explanation.objections.count() >= MAX_OBJECTIONS:
        raise Refused(
            "visit.objections", _("You have written this ten times: please ring the township instead.")
        )
    row = ExplanationObjection.objects.create(
        explanation=explanation, never_held=never_held, words=words.strip(), at=at
    )
    _record("explanation.objected", explanation, {"never_held": never_held}, actor, at)
    return row


def _record(kind: str, explanation: Explanation, data: dict[str, object], actor: Actor, at: datetime) -> None:
    entry = Entry(
        kind,
        "household",
        explanation.household_id,
        explanation.area_path,
        {"explanation": explanation.pk, **data},
    )
    record(entry, actor=actor, at=at)
