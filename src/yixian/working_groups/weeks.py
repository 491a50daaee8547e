"""周: weeks as numbers that grow by one, each from Monday to Sunday."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

_DAYS = 7


def week_of(day: date) -> int:
    """The number of the week that holds a day; the first of January of the year 1 was a Monday."""
    return (day.toordinal() - 1) // _DAYS


def week_at(moment: datetime) -> int:
    """The number of the local week of a moment."""
    return week_of(timezone.localdate(moment))


def monday(week: int) -> date:
    """The first day of a week."""
    return date.fromordinal(week * _DAYS + 1)
