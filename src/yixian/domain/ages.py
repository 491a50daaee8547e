"""年龄: whole years lived (周岁)."""

from __future__ import annotations

from datetime import date


def years_between(born: date, on: date) -> int:
    """Birthdays had from the day of birth to ``on``; somebody born on 29 February has theirs on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
