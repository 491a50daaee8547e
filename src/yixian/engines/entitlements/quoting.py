"""引文: texts and days as they stand in SQL."""

from __future__ import annotations


def sql_text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def day_number_sql(day: str) -> str:
    """The number of a day (`yixian.domain.policy.day_numbers`), from a DATE."""
    return f"(date_diff('day', DATE '0001-01-01', {day}) + 1)"


def day_sql(number: str) -> str:
    """A day's number as a DATE."""
    return f"(DATE '0001-01-01' + CAST({number} - 1 AS INTEGER))"
