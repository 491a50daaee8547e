"""承诺用语: the words of policy, from the one list that holds them, and which of them a text holds."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("words.toml")
_BETWEEN = re.compile(r"[，。；！？、,;!?\n]|\. ")
"""What parts one thing that is promised from the next."""


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """The list: words that give, words of what policy decides, and words by which one only asks or explains."""

    gives: tuple[str, ...]
    matters: tuple[str, ...]
    asks: tuple[str, ...]

    def given(self, text: str) -> tuple[str, ...]:
        """The words of a text that give something away."""
        return _found(self.gives, plain(text))

    def named(self, text: str) -> tuple[str, ...]:
        """The words of a text that speak of policy, without those that are only asked about or explained."""
        found = dict.fromkeys(self.given(text))
        for part in _BETWEEN.split(plain(text)):
            if not _found(self.asks, part):
                found |= dict.fromkeys(_found(self.matters, part))
        return tuple(found)


@functools.cache
def policy_words() -> PolicyWords:
    """The list that comes with the product."""
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return PolicyWords(*(tuple(table[name]) for name in ("gives", "matters", "asks")))


def plain(text: str) -> str:
    """The text in plain forms (NFKC) and small letters, without blanks between Han characters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", folded)


def _found(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(word for word in words if _holds(text, word))


def _holds(text: str, word: str) -> bool:
    """Latin words whole, Han words anywhere."""
    return re.search(rf"\b{re.escape(word)}", text) is not None if word.isascii() else word in text
