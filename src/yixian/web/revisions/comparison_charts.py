"""图: bars and a map of a comparison as whole numbers for inline SVG; the tables beside them say the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isqrt
from typing import Any

from yixian.revisions.queries import ComparedRow

WIDTH, HEIGHT, MARGIN = 640, 440, 40
BAR_WIDTH, BAR_STEP = 320, 30
_MAX_VALUE, _SMALLEST = 26, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the middle line: rightwards for a gain, leftwards for a loss."""

    label: str
    fen: int
    x: int
    y: int
    length: int
    gains: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: a disc for a gain, a diamond for a loss, a small ring where nothing changes."""

    label: str
    fen: int
    x: int
    y: int
    size: int
    shape: str

    @property
    def diamond(self) -> str:
        """The corners of the diamond."""
        x, y, size = self.x, self.y, self.size
        return f"{x},{y - size} {x + size},{y} {x},{y + size} {x - size},{y}"


def bars(rows: Sequence[tuple[Any, ComparedRow]]) -> list[Bar]:
    """One bar for each place, in their order."""
    longest = max((abs(row.difference_fen) for _area, row in rows), default=0) or 1
    half = BAR_WIDTH // 2
    found = []
    for position, (area, row) in enumerate(rows):
        length = abs(row.difference_fen) * half // longest
        gains = row.difference_fen >= 0
        x = half if gains else half - length
        found.append(Bar(area.label, row.difference_fen, x, position * BAR_STEP, length, gains))
    return found


def points(rows: Sequence[tuple[Any, ComparedRow]]) -> list[Point]:
    """Each place where it lies, north up; those whose seat is not recorded are left to the table."""
    placed = [(area, row) for area, row in rows if area.lon is not None and area.lat is not None]
    if not placed:
        return []
    west, east = _span([area.lon for area, _row in placed])
    south, north = _span([area.lat for area, _row in placed])
    scale = min(Decimal(WIDTH - 2 * MARGIN) / (east - west), Decimal(HEIGHT - 2 * MARGIN) / (north - south))
    largest = max(abs(row.difference_fen) for _area, row in placed) or 1
    return [
        Point(
            label=area.label,
            fen=row.difference_fen,
            x=MARGIN + int((area.lon - west) * scale),
            y=MARGIN + int((north - area.lat) * scale),
            size=_size(row.difference_fen, largest),
            shape="gain" if row.difference_fen > 0 else "loss" if row.difference_fen < 0 else "same",
        )
        for area, row in placed
    ]


def _span(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - Decimal("0.01"), high + Decimal("0.01"))


def _size(fen: int, largest: int) -> int:
    """The radius: the disc's area goes with the sum."""
    return _SMALLEST + isqrt((_MAX_VALUE - _SMALLEST) ** 2 * abs(fen) // largest)
