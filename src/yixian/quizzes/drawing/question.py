"""题目: one question with its options, its right answer and the clause that proves it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from yixian.domain.policy import Pack

TYPED = -1
"""Where a question's answer is typed: it has no options, and so no right one among them."""


class Kind(StrEnum):
    """What a question is about; also the topic its results are told by."""

    LINE = "line"
    PROMISE = "promise"
    CLAUSE = "clause"
    FORCE = "force"


class Words(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Case:
    """案例: an item, a price zone and a quantity, as the accounts of at least five households hold them; nothing else."""

    item_code: str
    zone: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Cited:
    """出处: a clause with its own words and the document it stands in."""

    document: str
    clause: str
    title: Words
    number: str
    text: Words


@dataclass(frozen=True, slots=True)
class Shown:
    """已知条件: something that the question tells."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Option:
    """选项: an answer to choose. ``why`` says by which mistake one comes to it, where that is known."""

    text: Words
    why: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Question:
    """题目. ``right`` is the right option's position, or `TYPED`: then ``minor`` is the amount in minor units (fen).

    ``shown`` and ``reading`` are told before answering, ``because`` and ``cited`` after it.
    """

    kind: Kind
    asked: Words
    shown: tuple[Shown, ...]
    reading: tuple[Cited, ...]
    options: tuple[Option, ...]
    right: int
    because: Words
    cited: tuple[Cited, ...]
    minor: int | None = None
    digits: int = 2

    @property
    def is_typed(self) -> bool:
        """Whether the answer is an amount to be typed."""
        return self.right == TYPED

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, to be kept with the attempt."""
        return asdict(self)


def question_from_json(kept: Mapping[str, Any]) -> Question:
    """The question that `Question.as_json` wrote down."""
    return Question(
        kind=Kind(kept["kind"]),
        asked=Words(*kept["asked"]),
        shown=tuple(Shown(Words(*row["label"]), Words(*row["value"])) for row in kept["shown"]),
        reading=tuple(_cited(row) for row in kept["reading"]),
        options=tuple(Option(Words(*row["text"]), Words(*row["why"])) for row in kept["options"]),
        right=kept["right"],
        because=Words(*kept["because"]),
        cited=tuple(_cited(row) for row in kept["cited"]),
        minor=kept["minor"],
        digits=kept["digits"],
    )


def cite(pack: Pack, document_id: str, clause_id: str) -> Cited:
    """A clause of a pack as it is shown."""
    document = pack.documents[document_id]
    clause = document.clauses[clause_id]
    return Cited(
        document_id,
        clause_id,
        Words(document.title_zh, document.title_en),
        document.number,
        Words(clause.zh, clause.en),
    )


def _cited(kept: Mapping[str, Any]) -> Cited:
    return Cited(
        kept["document"], kept["clause"], Words(*kept["title"]), kept["number"], Words(*kept["text"])
    )
