"""出题: questions drawn from a pack by lot, the same ones again for the same pack, day and seed. Pure: no tables, no clock."""

from yixian.quizzes.drawing.deck import QUESTIONS, Deck, draw
from yixian.quizzes.drawing.question import Case, Cited, Kind, Option, Question, Shown, Words

__all__ = [
    "QUESTIONS",
    "Case",
    "Cited",
    "Deck",
    "Kind",
    "Option",
    "Question",
    "Shown",
    "Words",
    "draw",
]
