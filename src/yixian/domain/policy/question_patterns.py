"""问法: whether a question holds a pattern of words, and where in it the words stand.

A pattern has parts joined by “&”, all of which the question must hold; a part has words parted by “|”, of which one is enough.
“@name” stands for a group of words. Han words are found wherever they stand; Latin words whole and without their plural s,
and “compensat*” is a beginning. Nothing is understood here: what no pattern foresees is not matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from yixian.domain.text import tokens

Span: TypeAlias = tuple[int, int]
"""Where words stand in a text, half-open."""

_BEGINNING = "*"
_APART = re.compile(r"[^\w\s'’]+")
"""Punctuation: no word runs across it. An apostrophe only parts letters."""

_SIGNS = re.compile("[@＆｜＠]")
"""Signs of a pattern where they are none: @ within a word, and in full width, as a Chinese keyboard types them."""

_LATIN_WEIGHT = 3
"""So many Latin letters say as much as one Han character."""

_FOCUS = frozenset({"when", "where", "who"})
_FOCUS_WEIGHT = 6
"""What a question asks for (a day, a place, a person) says more than what it is about: as much as two Han characters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """问句: a question as patterns read it: lower case, half-width, Han characters without blanks, English in the singular."""

    text: str

    @classmethod
    def read(cls, question: str, dialect: Mapping[str, str] | None = None) -> Asked:
        """A question as it was typed; words of a ``dialect`` are read as the common ones that they stand for."""
        text = _readable(question)
        for word, meant in (dialect or {}).items():
            text = text.replace(word, meant)
        return cls(text)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: where each of its parts stands, and how much that says."""

    spans: tuple[Span, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, ready to be looked for: one expression for each part."""

    parts: tuple[re.Pattern[str], ...]
    focus: int = 0
    """How many of its parts are what is asked for."""

    def found_in(self, asked: Asked, without: Iterable[Span] = ()) -> Match | None:
        """Where the question holds all parts; places that lie inside longer words of ``without`` do not count."""
        without = tuple(without)
        spans = []
        for part in self.parts:
            places = [row.span() for row in part.finditer(asked.text)]
            places = [place for place in places if not any(_inside(place, longer) for longer in without)]
            if not places:
                return None
            spans.append(max(places, key=lambda place: (place[1] - place[0], -place[0])))
        weight = sum(_weight(asked.text[begin:end]) for begin, end in spans)
        return Match(tuple(spans), weight + self.focus * _FOCUS_WEIGHT)


@lru_cache(maxsize=4096)
def _expression(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_word(word) for word in sorted(words, key=len, reverse=True)))


def pattern(source: str, groups: Mapping[str, tuple[str, ...]]) -> Pattern:
    """A written pattern. Raises ValueError for an empty part and LookupError for a group that there is none of."""
    parts, focus = [], 0
    for part in source.split("&"):
        words: list[str] = []
        for word in (piece.strip() for piece in part.split("|")):
            words += groups[word[1:]] if word.startswith("@") else [word]
        if not all(says_something(word.rstrip(_BEGINNING)) and not _SIGNS.search(word) for word in words):
            raise ValueError(source)
        parts.append(_expression(tuple(words)))
        focus += any(f"@{name}" in part for name in _FOCUS)
    return Pattern(tuple(parts), focus)


def says_something(word: str) -> bool:
    """Whether anything of a word or name is left to be looked for: of one of blanks and signs only, every question holds it."""
    return any(character != "," for character in _readable(word))


def words_of(patterns: Iterable[Pattern]) -> re.Pattern[str]:
    """One expression for all words of these patterns, the longer before the shorter."""
    words = {word for row in patterns for part in row.parts for word in part.pattern.split("|")}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def longest_words(asked: Asked, words: re.Pattern[str]) -> tuple[Span, ...]:
    """Where these words stand in a question, each as long as it can be: 搬家费 is not also 搬家."""
    text = asked.text
    found = [match.span() for at in range(len(text)) if (match := words.match(text, at))]
    return tuple(place for place in found if not any(_inside(place, longer) for longer in found))


def phrase(word: str) -> Pattern:
    """A single word or name as a pattern: nothing in it is a sign of the pattern's own."""
    return Pattern((_expression((word.replace(_BEGINNING, " "),)),))


def overlaps(one: Span, other: Span) -> bool:
    """Whether two places share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _inside(place: Span, longer: Span) -> bool:
    return longer[0] <= place[0] and place[1] <= longer[1] and place != longer


def _weight(text: str) -> int:
    latin = sum(letter.isascii() for letter in text)
    return (len(text) - latin) * _LATIN_WEIGHT + latin


def _word(word: str) -> str:
    begins = word.endswith(_BEGINNING)
    text = _readable(word.rstrip(_BEGINNING))
    if not text.isascii():
        return re.escape(text)
    return rf"(?<![a-z0-9]){re.escape(text)}" + ("[a-z]*" if begins else "(?![a-z0-9])")


def _readable(text: str) -> str:
    """Han characters run on, Latin words are parted by a blank from each other, stretches by a comma."""
    return ",".join(_joined(tokens(stretch)) for stretch in _APART.split(text))


def _joined(words: list[str]) -> str:
    text = ""
    for word in words:
        follows = text and word.isascii() and text[-1].isascii()
        text += f" {singular(word)}" if follows else singular(word)
    return text


def singular(word: str) -> str:
    """An English word without its plural s, so that both are found; every other word as it is."""
    return (
        word[:-1]
        if word.isascii() and len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        else word
    )
