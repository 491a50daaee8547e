"""抽签: numbers that follow from a pack, a day and a seed, and are the same on every machine and in every year."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Lots:
    """Draws one after another: the SHA-256 of the words it was made with and a counter."""

    def __init__(self, *words: object) -> None:
        self._words = "\n".join(str(word) for word in words)
        self._drawn = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit."""
        self._drawn += 1
        digest = hashlib.sha256(f"{self._words}\n{self._drawn}".encode()).digest()
        return int.from_bytes(digest) % limit

    def pick(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in another order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]
