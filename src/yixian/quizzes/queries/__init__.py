"""查询: one's own quizzes, and the figures of bodies."""

from yixian.quizzes.queries.figures import (
    FEWEST_PARTICIPANTS,
    BodyFigures,
    TopicFigure,
    body_figures,
    ended_months,
)
from yixian.quizzes.queries.own import Answered, QuizRow, QuizView, own_quiz, own_quizzes, to_read_again

__all__ = [
    "FEWEST_PARTICIPANTS",
    "Answered",
    "BodyFigures",
    "QuizRow",
    "QuizView",
    "TopicFigure",
    "body_figures",
    "ended_months",
    "own_quiz",
    "own_quizzes",
    "to_read_again",
]
