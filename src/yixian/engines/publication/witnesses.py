"""见证: witnesses of ambiguity — two tables equal in all that is published that differ in a suppressed cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yixian.engines.publication.moves import Move
from yixian.engines.publication.system import Key


@dataclass
class Witness:
    """Two tables as differences from the true one: ``low`` and ``high`` hold what is added to each number."""

    low: dict[Key, int] = field(default_factory=dict)
    high: dict[Key, int] = field(default_factory=dict)

    def room(self, key: Key) -> int:
        """By how much the two differ in a place."""
        return abs(self.high.get(key, 0) - self.low.get(key, 0))

    def touched(self) -> set[Key]:
        """The numbers in which either differs from the truth."""
        return {key for table in (self.low, self.high) for key, change in table.items() if change}

    def slack(self, move: Move, values: Mapping[Key, int]) -> tuple[int, int]:
        """How often the high one can follow a move, and the low one its opposite, with no number emptied.

        What is not zero stays at least one: zeros are published, so everybody knows that a hidden number is none.
        """
        up = down = -1
        for key, sign in move.items():
            value = values[key]
            least = 1 if value else 0
            if sign < 0:
                rest = value + self.high.get(key, 0) - least
                up = rest if up < 0 or rest < up else up
            else:
                rest = value + self.low.get(key, 0) - least
                down = rest if down < 0 or rest < down else down
        return max(up, 0), max(down, 0)

    def follow(self, move: Move, slack: tuple[int, int], need: int) -> None:
        """Let the two part by at most ``need`` along a move."""
        up = min(slack[0], need)
        down = min(slack[1], need - up)
        for key, sign in move.items():
            self.high[key] = self.high.get(key, 0) + sign * up
            self.low[key] = self.low.get(key, 0) - sign * down
