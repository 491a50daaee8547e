"""Half-open periods: what holds on a day, and rows of them that overlap or leave days out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.policy.periods import Period, after_a_gap, overlapping

START = date(2009, 10, 1)


def _day(number):
    return START + timedelta(days=number)


def _period(begin, end):
    return Period(_day(begin), None if end is None else _day(end))


@pytest.mark.parametrize(("day", "held"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_period_holds_its_first_day_and_not_its_last(day, held):
    assert _period(0, 10).holds(_day(day)) is held


def test_a_period_without_an_end_goes_on():
    assert _period(0, None).holds(date.max)
    assert not _period(0, None).is_empty


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        ((0, 10), (0, 10), True),
        ((0, 10), (2, 9), True),
        ((0, 10), (0, 11), False),
        ((0, 10), (0, None), False),
        ((0, None), (5, None), True),
        ((1, None), (0, None), False),
    ],
)
def test_covering(outer, inner, covered):
    assert _period(*outer).covers(_period(*inner)) is covered


@pytest.mark.parametrize(
    ("rows", "overlaps", "gaps"),
    [
        ([(0, 5), (5, None)], [], []),
        ([(5, None), (0, 5)], [], []),
        ([(0, 6), (5, None)], [1], []),
        ([(0, 4), (5, None)], [], [1]),
        ([(0, None), (5, 6)], [1], []),
        ([(0, 20), (1, 2), (10, 30)], [1, 2], []),
        ([(0, 20), (1, 2), (20, 30)], [1], []),
        ([(0, 1), (2, 3), (4, None)], [], [1, 2]),
    ],
)
def test_overlaps_and_gaps_of_a_row(rows, overlaps, gaps):
    periods = [_period(*row) for row in rows]
    assert sorted(overlapping(periods)) == overlaps
    assert sorted(after_a_gap(periods)) == gaps


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=6))
def test_they_agree_with_counting_day_by_day(rows):
    periods = [_period(begin, begin + length) for begin, length in rows]
    held = [sum(period.holds(_day(day)) for period in periods) for day in range(45)]
    first = min(begin for begin, _length in rows)
    last = max(begin + length for begin, length in rows)
    assert bool(overlapping(periods)) == (max(held) > 1)
    assert bool(after_a_gap(periods)) == (0 in held[first:last])
