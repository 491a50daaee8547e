"""用语: the controlled vocabulary (thesaurus) of a pack: what villagers call things, and which clauses answer which subject.

A *thing* is something that is paid for, under all the names that people have for it. A *subject* is what a question is about
when it asks for no price: when we move, whether a son who works away counts. The subjects that people ask about everywhere,
with the words in which they ask, stand in subjects.toml; a pack says by which of its clauses one is answered, or that it is
not decided yet, and may add words and subjects of its own.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yixian.domain.policy.question_patterns import Asked, Pattern, pattern

PAGES = frozenset(
    "account agreement calculator card genuine helpers how_long offices promises raise status".split()  # noqa: SIM905
)
"""What a subject can lead to besides clauses: pages of this system, by the names that `web` knows."""


@dataclass(frozen=True, slots=True)
class Thing:
    """东西: names under which people ask for the price of these items (codes), or of all items of these categories.

    A ``general`` name (房子, 院子) says so little that everything else in a question counts. Without items and categories
    it is a thing that the pack has no price for: a retaining wall is no earth wall.
    """

    names: tuple[str, ...]
    items: tuple[str, ...]
    categories: tuple[str, ...]
    general: bool


@dataclass(frozen=True, slots=True)
class NotDecided:
    """还没有定: that a subject is not decided, in the words of who says so, and on which day it was said."""

    zh: str
    en: str
    said_on: date
    by_zh: str
    by_en: str

    def words(self, lang: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en

    def by(self, lang: str) -> str:
        """Who says so, in ``zh`` or ``en``."""
        return self.by_zh if lang == "zh" else self.by_en


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause of the pack, by its document's id and its own."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Subject:
    """话题: what questions are about. ``page`` leads to where it is dealt with; "" where nothing of this system does."""

    id: str
    title_zh: str
    title_en: str
    patterns: tuple[Pattern, ...]
    page: str = ""

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class SubjectRule:
    """What a pack says of a subject: the clauses that answer it, those that only touch it, or that it is not decided."""

    subject: Subject
    answers: tuple[Cited, ...]
    related: tuple[Cited, ...]
    not_decided: NotDecided | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A pack's vocabulary."""

    things: tuple[Thing, ...] = ()
    rules: tuple[SubjectRule, ...] = ()


@functools.cache
def common_subjects() -> dict[str, Subject]:
    """The subjects of every county, by their id. Raises ValueError for a faulty table."""
    found: dict[str, Subject] = {}
    for row in _table()["subject"]:
        page = row.get("page", "")
        if row["id"] in found or page not in PAGES | {""}:
            raise ValueError(row["id"])
        found[row["id"]] = Subject(
            row["id"],
            row["title"]["zh"],
            row["title"]["en"],
            subject_patterns(row["zh"], row["en"]),
            page,
        )
    return found


def subject_patterns(zh: Iterable[str], en: Iterable[str]) -> tuple[Pattern, ...]:
    """Written patterns of both languages, ready to be looked for. Raises ValueError or LookupError for a faulty one."""
    groups = _groups()
    return tuple(
        pattern(source, groups[lang]) for lang, sources in (("zh", zh), ("en", en)) for source in sources
    )


def read_question(question: str) -> Asked:
    """A question as it was typed, ready for patterns: words of the dialect are read as the common ones."""
    return Asked.read(question, _dialect())


@functools.cache
def _dialect() -> Mapping[str, str]:
    table = _table()["dialect"]["zh"]
    return {word: table[word] for word in sorted(table, key=len, reverse=True)}


@functools.cache
def _groups() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        lang: {name: tuple(words) for name, words in groups.items()}
        for lang, groups in _table()["words"].items()
    }


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "subjects.toml").read_text(encoding="utf-8"))
