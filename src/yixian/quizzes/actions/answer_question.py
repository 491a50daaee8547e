"""作答: answer one question of one's own quiz, once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.errors import DomainError
from yixian.domain.money import Currency, parse_minor
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.quizzes.access import TAKERS
from yixian.quizzes.choices import Topic
from yixian.quizzes.drawing import Question
from yixian.quizzes.drawing.question import question_from_json
from yixian.quizzes.models import QuizAnswer, QuizAttempt


def answer_question(attempt_id: int, position: int, answer: str, *, actor: Actor, at: datetime) -> QuizAnswer:
    """Answer a question: an option's position, or an amount as it was typed, which must be right to the smallest coin.

    Raises `NotFound` for another person's quiz, `Invalid` (``answer``) for what is no answer, `Refused` for a question that
    has its answer. The last answer ends the quiz; the ledger says that it ended, and never how.
    """
    require(actor, TAKERS)
    with transaction.atomic():
        attempt = (
            QuizAttempt.objects.select_for_update().filter(pk=attempt_id, user_id=actor.user_id or 0).first()
        )
        if attempt is None or not 0 <= position < len(attempt.questions):
            raise NotFound("quiz.not_found", _("There is no such quiz."))
        question = question_from_json(attempt.questions[position])
        row = _read(question, answer)
        row.attempt, row.position, row.topic, row.at = attempt, position, Topic(question.kind.value), at
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("quiz.answered", _("This question has its answer already.")) from error
        if attempt.answers.count() == len(attempt.questions):
            attempt.finished_at = at
            attempt.save(update_fields=["finished_at"])
            record(Entry("quiz.finished", "quiz_attempt", attempt.pk), actor=actor, at=at)
    return row


def _read(question: Question, answer: str) -> QuizAnswer:
    answer = answer.strip()
    if question.is_typed:
        minor = _amount(answer, question)
        return QuizAnswer(minor=minor, is_right=minor == question.minor)
    if answer not in {str(position) for position in range(len(question.options))}:
        raise Invalid("quiz.no_answer", _("Choose one of the answers."), field="answer")
    return QuizAnswer(chosen=int(answer), is_right=int(answer) == question.right)


def _amount(answer: str, question: Question) -> int:
    try:
        minor = parse_minor(answer, Currency("", question.digits))
    except DomainError as error:
        raise _no_amount() from error
    if abs(minor) >= 2**63:
        raise _no_amount()
    return minor


def _no_amount() -> Invalid:
    return Invalid(
        "quiz.amount",
        _("Write the amount in digits, to the smallest coin, such as 45792.00."),
        field="answer",
    )
