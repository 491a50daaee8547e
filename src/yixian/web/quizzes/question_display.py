"""题面: a question in the reader's language, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.domain.money import Currency, format_fen
from yixian.quizzes.choices import Topic
from yixian.quizzes.drawing import Cited
from yixian.quizzes.queries import Answered


@dataclass(frozen=True, slots=True)
class ClauseDisplay:
    """A clause with where it stands."""

    title: str
    number: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class OptionDisplay:
    """An option; ``why`` says by which mistake one comes to it."""

    position: int
    text: str
    why: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionDisplay:
    """A question and, once it is answered, what was answered and what is right.

    ``reading`` is what is read before answering, ``cited`` that and what proves the answer.
    """

    position: int
    topic: str
    asked: str
    shown: list[tuple[str, str]]
    reading: list[ClauseDisplay]
    options: list[OptionDisplay]
    is_typed: bool
    is_answered: bool
    is_right: bool
    typed: str
    amount: str
    because: str
    cited: list[ClauseDisplay]

    @property
    def number(self) -> int:
        """Its number, from one on."""
        return self.position + 1


def question_display(answered: Answered, lang: str) -> QuestionDisplay:
    """An asked question in ``zh`` or ``en``."""
    question = answered.question
    coin = Currency("", question.digits)
    return QuestionDisplay(
        position=answered.position,
        topic=str(Topic(question.kind.value).label),
        asked=question.asked.said(lang),
        shown=[(row.label.said(lang), row.value.said(lang)) for row in question.shown],
        reading=[clause_display(cited, lang) for cited in question.reading],
        options=[
            OptionDisplay(
                position,
                option.text.said(lang),
                option.why.said(lang),
                is_right=position == question.right,
                is_chosen=position == answered.chosen,
            )
            for position, option in enumerate(question.options)
        ],
        is_typed=question.is_typed,
        is_answered=answered.is_answered,
        is_right=answered.is_right,
        typed="" if answered.minor is None else format_fen(answered.minor, coin),
        amount="" if question.minor is None else format_fen(question.minor, coin),
        because=question.because.said(lang),
        cited=[clause_display(cited, lang) for cited in dict.fromkeys((*question.cited, *question.reading))],
    )


def clause_display(cited: Cited, lang: str) -> ClauseDisplay:
    """A clause in ``zh`` or ``en``."""
    return ClauseDisplay(cited.title.said(lang), cited.number, cited.clause, cited.text.said(lang))
