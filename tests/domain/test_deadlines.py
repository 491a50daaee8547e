"""期限 at its boundaries: the day of the event, month and year ends, leap days, and holidays at the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.deadlines import days_left, due_day

NATIONAL = frozenset(date(2026, 10, day) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("begun", "days", "due"),
    [
        (date(2026, 11, 2), 15, date(2026, 11, 17)),
        (date(2026, 12, 20), 15, date(2027, 1, 4)),
        (date(2028, 2, 14), 15, date(2028, 2, 29)),
        (date(2027, 2, 14), 15, date(2027, 3, 1)),
        (date(2026, 11, 2), 1, date(2026, 11, 3)),
    ],
    ids=["the day itself is not counted", "over the year", "onto a leap day", "past February", "one day"],
)
def test_plain_days(begun: date, days: int, due: date) -> None:
    assert due_day(begun, days, frozenset()) == due


@pytest.mark.parametrize(
    ("begun", "due"),
    [
        (date(2026, 9, 15), date(2026, 9, 30)),
        (date(2026, 9, 16), date(2026, 10, 4)),
        (date(2026, 9, 17), date(2026, 10, 4)),
        (date(2026, 9, 18), date(2026, 10, 4)),
        (date(2026, 9, 19), date(2026, 10, 4)),
    ],
    ids=["the day before", "on the first", "on the second", "on the last", "the day after"],
)
def test_a_limit_that_ends_on_a_holiday_ends_after_it(begun: date, due: date) -> None:
    assert due_day(begun, 15, NATIONAL) == due


def test_a_holiday_within_the_limit_moves_nothing() -> None:
    assert due_day(date(2026, 9, 25), 15, NATIONAL) == date(2026, 10, 10)


def test_a_weekend_that_no_table_names_moves_nothing() -> None:
    assert due_day(date(2026, 11, 6), 15, NATIONAL) == date(2026, 11, 21)  # a Saturday


def test_a_limit_has_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        due_day(date(2026, 1, 1), 0, frozenset())


def test_days_left_to_the_last_midnight() -> None:
    due = date(2026, 11, 17)
    assert [days_left(due, due + timedelta(days=step)) for step in (-1, 0, 1)] == [1, 0, -1]


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 400),
    st.frozensets(st.dates(date(2000, 1, 1), date(2102, 1, 1)), max_size=40),
)
def test_never_early_never_on_a_holiday_and_late_only_by_holidays(
    begun: date, days: int, holidays: frozenset[date]
) -> None:
    due = due_day(begun, days, holidays)
    plain = begun + timedelta(days=days)
    assert due >= plain
    assert due not in holidays
    assert all(plain + timedelta(days=step) in holidays for step in range((due - plain).days))
