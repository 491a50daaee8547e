"""期限: the last day on which something must be answered.

Counted as 《民法典》 Articles 200 to 203 count: in whole calendar days, the day of the event is not counted, and a limit
that would end on a statutory holiday ends on the first day after it that is none. The limit ends at midnight, local time.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_ONE = timedelta(days=1)


def due_day(begun_on: date, days: int, holidays: AbstractSet[date]) -> date:
    """The last day of a limit of ``days`` calendar days that an event on ``begun_on`` sets running.

    ``holidays`` are the days that a table names as statutory holidays; days that no table names move nothing, weekends
    neither. Raises ValueError for a limit of less than one day.
    """
    if days < 1:
        raise ValueError("a limit has at least one day")
    due = begun_on + days * _ONE
    while due in holidays:
        due += _ONE
    return due


def days_left(due: date, today: date) -> int:
    """Whole days until the limit ends: 0 on its last day, negative once it is overdue."""
    return (due - today).days
