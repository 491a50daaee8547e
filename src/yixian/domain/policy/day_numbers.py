"""日期事实: days as whole numbers — the day 1 January of the year 1 is 1, as in `datetime.date.toordinal` — and whole durations.

A month from a day ends on the same day of the next month or, where that has none, on its last (Civil Code, Article 202).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST, LAST = 1, date.max.toordinal()
"""The first and the last day that can be named."""


def day_number(text: str) -> int | None:
    """The number of a day written YYYY-MM-DD; None if it is none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def day_text(number: int) -> str:
    """A day's number as YYYY-MM-DD."""
    return date.fromordinal(number).isoformat()


def months_between(begin: int, end: int) -> int:
    """The whole months from one day to another; negative where the other is earlier."""
    if end < begin:
        return -months_between(end, begin)
    first, last = date.fromordinal(begin), date.fromordinal(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    reached = last.day >= min(first.day, monthrange(last.year, last.month)[1])
    return months if reached else months - 1


def months_later(day: int, months: int) -> int:
    """The day so many months later, or earlier; held between the first and the last day that can be named."""
    begin = date.fromordinal(day)
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return FIRST if year < date.min.year else LAST
    return date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1])).toordinal()
