"""数位: lexicographic objective — units unserved, pairs broken, cost — compared in that order. Part of the proof."""

from __future__ import annotations

from typing import NamedTuple

from yixian.engines.pairing.county import Flags, Ints
from yixian.lazy_imports import np, npt


class Digits(NamedTuple):
    """Many such values, one array for each number."""

    short: Ints
    moves: Ints
    number: Ints

    def all(self) -> tuple[Ints, Ints, Ints]:
        """The three arrays in their order."""
        return self.short, self.moves, self.number

    def at(self, positions: Ints) -> Digits:
        """The values at some positions."""
        return Digits(self.short[positions], self.moves[positions], self.number[positions])

    def less(self, cost: Ints) -> Digits:
        """The values with a cost taken away."""
        return Digits(self.short, self.moves, self.number - cost)

    def __sub__(self, other: Digits) -> Digits:
        return Digits(self.short - other.short, self.moves - other.moves, self.number - other.number)

    def below_zero(self) -> Flags:
        """Which of them are less than nothing."""
        below: Flags = (self.short < 0) | (
            (self.short == 0) & ((self.moves < 0) | ((self.moves == 0) & (self.number < 0)))
        )
        return below

    def above_zero(self) -> Flags:
        """Which of them are more than nothing."""
        above: Flags = (self.short > 0) | (
            (self.short == 0) & ((self.moves > 0) | ((self.moves == 0) & (self.number > 0)))
        )
        return above


def total(values: npt.NDArray[np.generic]) -> int:
    """The exact sum, however large."""
    return int(sum(values.tolist()))
