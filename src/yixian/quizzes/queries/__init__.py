"""查询: one's own quizzes, and the figures of bodies."""

from yixian.quizzes.queries.organisation_figures import (
    MIN_PARTICIPANTS,
    OrganisationFigures,
    TopicFigure,
    ended_months,
    organisation_figures,
)
from yixian.quizzes.queries.own_quizzes import (
    Answered,
    QuizRow,
    QuizView,
    own_quiz,
    own_quizzes,
    to_read_again,
)

__all__ = [
    "MIN_PARTICIPANTS",
    "Answered",
    "OrganisationFigures",
    "QuizRow",
    "QuizView",
    "TopicFigure",
    "ended_months",
    "organisation_figures",
    "own_quiz",
    "own_quizzes",
    "to_read_again",
]
