"""图: the weeks of coverage as columns in whole numbers for inline SVG; the table beside it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yixian.duty.queries import Week

HEIGHT, STEP, BAR, LEFT, TOP = 180, 18, 12, 60, 12


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """A week: the gap at the bottom, the township's lead on top of it."""

    week: Week
    x: int
    gap_y: int
    gap_height: int
    lead_y: int
    lead_height: int


@dataclass(frozen=True, slots=True)
class WeeksChart:
    """Columns, lines across with what they stand for, where today is, and months below."""

    columns: list[WeekColumn]
    lines: list[tuple[int, int]]
    months: list[tuple[int, date]]
    today_x: int
    width: int
    height: int

    @property
    def left(self) -> int:
        """Where the lines across begin, and what they stand for ends: wide enough for letters that a phone does not shrink."""
        return LEFT

    @property
    def right(self) -> int:
        """Where the lines across end."""
        return self.width

    @property
    def floor(self) -> int:
        """Where the columns stand."""
        return TOP + HEIGHT


def chart(weeks: Sequence[Week]) -> WeeksChart:
    """The columns of these weeks; the tallest fills the height."""
    top = _round_up(max((week.total for week in weeks), default=0))
    columns = [_column(week, place, top) for place, week in enumerate(weeks)]
    ahead = next((column.x for column in columns if column.week.is_ahead), LEFT + STEP * len(weeks))
    months = [
        (column.x, column.week.monday)
        for column in columns
        if column.week.monday.day <= 7 and column.x < LEFT + STEP * (len(weeks) - 1)
    ]
    lines = [
        (TOP + HEIGHT - HEIGHT * part // 2, top * part // 2) for part in ((0, 1, 2) if top > 1 else (0, 2))
    ]
    width = LEFT + STEP * len(weeks) + 4
    return WeeksChart(columns, lines, months, ahead - (STEP - BAR) // 2, width, TOP + HEIGHT + 26)


def _column(week: Week, place: int, top: int) -> WeekColumn:
    gap, lead = HEIGHT * week.gap // top, HEIGHT * week.lead // top
    gap, lead = max(gap, 2) if week.gap else 0, max(lead, 2) if week.lead else 0
    floor = TOP + HEIGHT
    return WeekColumn(week, LEFT + place * STEP, floor - gap, gap, floor - gap - lead, lead)


def _round_up(value: int) -> int:
    """The next number that reads well, even, at least 2."""
    size = 1
    while size * 10 < value:
        size *= 10
    return next((size * step for step in (2, 4, 6, 8, 10) if size * step >= value), 2)
