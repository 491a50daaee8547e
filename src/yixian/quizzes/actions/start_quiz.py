"""开始答题: draw a quiz for oneself from the policy in force."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.quizzes.access import TAKERS
from yixian.quizzes.common_cases import common_cases
from yixian.quizzes.drawing import Deck, draw
from yixian.quizzes.models import QuizAttempt
from yixian.quizzes.quiz_organisation import organisation_of
from yixian.quizzes.quiz_policy import policy_for

_SEEDS = 2**48


def start_quiz(*, actor: Actor, at: datetime, seed: int | None = None) -> QuizAttempt:
    """Draw a quiz for the actor; one that is still open under the same pack on the same day is gone on with.

    Raises `NotPermitted` for who is no staff, `Refused` where no policy is in force or it has nothing to ask. The ledger
    says that a quiz was begun, and never how it went.
    """
    require(actor, TAKERS)
    if actor.user_id is None:
        raise Refused("quiz.person", _("A quiz is taken by a person who has signed in."))
    on = timezone.localdate(at)
    found = policy_for(actor, on)
    if found is None:
        raise Refused("quiz.no_pack", _("No policy is in force here today, so there is nothing to ask."))
    version, pack = found
    opened = QuizAttempt.objects.filter(
        user_id=actor.user_id, pack_version=version, on_date=on, finished_at=None
    ).first()
    if opened is not None:
        return opened
    seed = secrets.randbelow(_SEEDS) if seed is None else seed
    questions = draw(Deck(pack, on, common_cases(version.pk)), seed)
    if not questions:
        raise Refused("quiz.no_pack", _("No policy is in force here today, so there is nothing to ask."))
    with transaction.atomic():
        attempt = QuizAttempt.objects.create(
            user_id=actor.user_id,
            pack_version=version,
            on_date=on,
            seed=seed,
            questions=[question.as_json() for question in questions],
            organisation_id=_organisation(actor, on),
            started_at=at,
        )
        record(Entry("quiz.started", "quiz_attempt", attempt.pk), actor=actor, at=at)
    return attempt


def _organisation(actor: Actor, on: date) -> int | None:
    organisation = organisation_of(actor, on)
    return None if organisation is None else organisation.pk
