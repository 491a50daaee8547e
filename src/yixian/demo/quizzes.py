"""示范答题: the demonstration's users have each answered a quiz, most of it right; the last one stopped half way."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from yixian.demo.sign_ins import user_actor
from yixian.kernel.actors import Actor
from yixian.kernel.models import User
from yixian.quizzes.actions.answer_question import answer_question
from yixian.quizzes.actions.start_quiz import start_quiz
from yixian.quizzes.drawing.question import Question, question_from_json
from yixian.quizzes.models import QuizAttempt

_RIGHT = 0.75
_FEN_PER_YUAN = 100


def quizzes_stand() -> bool:
    """Whether anybody has answered one."""
    return QuizAttempt.objects.exists()


@transaction.atomic
def take_quizzes(seed: int, *, at: datetime) -> None:
    """Let every user take one."""
    rng = Random(f"{seed}:quizzes")  # noqa: S311 - invented answers, not secrets
    users = list(User.objects.order_by("pk"))
    for user in users:
        _take(user_actor(user.username, at=at), rng, halfway=user == users[-1], at=at)


def _take(actor: Actor, rng: Random, *, halfway: bool, at: datetime) -> None:
    attempt = start_quiz(actor=actor, at=at, seed=rng.randrange(2**32))
    asked = [question_from_json(row) for row in attempt.questions]
    for position, question in enumerate(asked[: len(asked) // 2] if halfway else asked):
        answer_question(attempt.pk, position, _answer(question, rng), actor=actor, at=at)


def _answer(question: Question, rng: Random) -> str:
    """The right one mostly; else any other: another option, or a yuan too much."""
    knows = rng.random() < _RIGHT
    if question.is_typed:
        fen = (question.minor or 0) + (0 if knows else _FEN_PER_YUAN)
        return f"{fen // _FEN_PER_YUAN}.{fen % _FEN_PER_YUAN:02}"
    others = [place for place in range(len(question.options)) if place != question.right]
    return str(question.right if knows or not others else rng.choice(others))
