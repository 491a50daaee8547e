"""期间: half-open intervals of days, and what is wrong with a row of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on, until (not including) another; without an end it goes on."""

    begin: date
    end: date | None

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return self.begin <= on and (self.end is None or on < self.end)

    def covers(self, other: Period) -> bool:
        """Whether every day of the other lies in it."""
        return self.begin <= other.begin and (
            self.end is None or (other.end is not None and other.end <= self.end)
        )

    @property
    def is_empty(self) -> bool:
        """Whether no day lies in it."""
        return self.end is not None and self.end <= self.begin


def overlapping(periods: Sequence[Period]) -> list[int]:
    """The positions of the periods that begin before an earlier one has ended."""
    return [position for position, reached in _reached(periods) if periods[position].begin < reached]


def after_a_gap(periods: Sequence[Period]) -> list[int]:
    """The positions of the periods before which there are days that none holds, though an earlier one was there."""
    return [position for position, reached in _reached(periods) if periods[position].begin > reached]


def _reached(periods: Sequence[Period]) -> list[tuple[int, date]]:
    """Each position but the earliest, with the day up to which the earlier ones reach."""
    order = sorted(range(len(periods)), key=lambda position: (periods[position].begin, position))
    found = []
    reached = date.min
    for rank, position in enumerate(order):
        if rank:
            found.append((position, reached))
        reached = max(reached, periods[position].end or date.max)
    return found
