"""我的答题: the actor's own quizzes, with every answer. There is no way to ask for another person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.quizzes.drawing import Cited, Question
from yixian.quizzes.drawing.question import question_from_json
from yixian.quizzes.models import QuizAnswer, QuizAttempt

_MAX_READ_AGAIN = 12
_LATEST = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what was answered: ``chosen`` an option's position, ``minor`` an amount typed; None where open."""

    position: int
    question: Question
    is_answered: bool
    is_right: bool
    chosen: int | None
    minor: int | None


@dataclass(frozen=True, slots=True)
class QuizView:
    """One quiz whole. ``next_open`` is the first question without an answer; None once it has ended."""

    attempt_id: int
    on_date: date
    pack_title_zh: str
    pack_title_en: str
    questions: tuple[Answered, ...]
    finished_at: datetime | None

    @property
    def next_open(self) -> int | None:
        """The first question that has no answer."""
        return next((one.position for one in self.questions if not one.is_answered), None)

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(one.is_right for one in self.questions)


@dataclass(frozen=True, slots=True)
class QuizRow:
    """One quiz in the history."""

    attempt_id: int
    started_at: datetime
    finished_at: datetime | None
    asked: int
    answered: int
    right: int


def own_quiz(actor: Actor, attempt_id: int) -> QuizView:
    """One of the actor's own quizzes. Raises `NotFound` for any other."""
    rows = _own(actor).select_related("pack_version").defer("pack_version__content")
    attempt = rows.filter(pk=attempt_id).first()
    if attempt is None:
        raise NotFound("quiz.not_found", _("There is no such quiz."))
    answers = {row.position: row for row in attempt.answers.all()}
    return QuizView(
        attempt.pk,
        attempt.on_date,
        attempt.pack_version.title_zh,
        attempt.pack_version.title_en,
        tuple(
            _answered(position, question_from_json(kept), answers.get(position))
            for position, kept in enumerate(attempt.questions)
        ),
        attempt.finished_at,
    )


def own_quizzes(actor: Actor) -> list[QuizRow]:
    """The actor's latest quizzes, the latest first."""
    rows = _own(actor).annotate(
        answered=Count("answers"), right=Count("answers", filter=Q(answers__is_right=True))
    )
    return [
        QuizRow(row.pk, row.started_at, row.finished_at, len(row.questions), row.answered, row.right)
        for row in rows.order_by("-started_at", "-pk")[:_LATEST]
    ]


def to_read_again(actor: Actor) -> list[Cited]:
    """The clauses behind the actor's wrong answers, each once, as long as the latest answer of its topic was wrong."""
    answers = (
        QuizAnswer.objects.filter(attempt__in=_own(actor).values("pk"))
        .select_related("attempt")
        .order_by("-at", "-pk")[: _LATEST * 5]
    )
    seen: set[tuple[str, str, str]] = set()
    found: dict[tuple[str, str], Cited] = {}
    for answer in answers:
        for cited in question_from_json(answer.attempt.questions[answer.position]).cited:
            place = (answer.topic, cited.document, cited.clause)
            if place not in seen and not answer.is_right:
                found.setdefault((cited.document, cited.clause), cited)
            seen.add(place)
    return list(found.values())[:_MAX_READ_AGAIN]


def _own(actor: Actor) -> QuerySet[QuizAttempt]:
    if actor.user_id is None:
        return QuizAttempt.objects.none()
    return QuizAttempt.objects.filter(user_id=actor.user_id)


def _answered(position: int, question: Question, answer: QuizAnswer | None) -> Answered:
    if answer is None:
        return Answered(position, question, is_answered=False, is_right=False, chosen=None, minor=None)
    return Answered(
        position,
        question,
        is_answered=True,
        is_right=answer.is_right,
        chosen=answer.chosen,
        minor=answer.minor,
    )
