"""率与天数: only from what is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.engines.publication import Days, days_taken, per_cent


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (30, 40, "75.0"),
        (1, 3, None),
        (9, 100, None),
        (91, 100, None),
        (0, 100, "0.0"),
        (100, 100, "100.0"),
        (0, 0, None),
        (None, 100, None),
        (30, None, None),
        (31, 96, "32.3"),
        (617, 1600, "38.6"),
        (10, 20, "50.0"),
    ],
)
def test_per_cent(part, whole, told):
    assert per_cent(part, whole) == (None if told is None else Decimal(told))


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_rate_never_tells_of_few(part, rest):
    rate = per_cent(part, part + rest)
    if rate is None:
        assert 0 < part < 10 or 0 < rest < 10 or part + rest == 0
    else:
        assert not 0 < part < 10
        assert not 0 < rest < 10
        assert abs(Fraction(rate) - Fraction(100 * part, part + rest)) <= Fraction(1, 20)


def test_half_is_rounded_up():
    assert per_cent(10_005, 100_000) == Decimal("10.0")
    assert per_cent(10_050, 100_000) == Decimal("10.1")


@pytest.mark.parametrize(("part", "whole"), [(5, 4), (-1, 4)])
def test_no_part_is_greater_than_its_whole(part, whole):
    with pytest.raises(ValueError, match="no part"):
        per_cent(part, whole)


def test_days_by_nearest_rank():
    assert days_taken([9, 1, 8, 2, 7, 3, 6, 4, 5, 30], 10) == Days(median=5, p90=9)
    assert days_taken(range(1, 12), 11) == Days(median=6, p90=10)


@given(st.lists(st.integers(0, 90), min_size=10, max_size=60))
def test_half_and_nine_in_ten_took_no_longer(days):
    told = days_taken(days, len(days))
    for share, value in ((Fraction(1, 2), told.median), (Fraction(9, 10), told.p90)):
        assert sum(day <= value for day in days) >= share * len(days)
        assert sum(day < value for day in days) < share * len(days)


def test_days_of_few_or_of_a_hidden_count_are_not_told():
    assert days_taken(range(9), 9) is None
    assert days_taken(range(40), None) is None
    assert days_taken([], 0) is None
    with pytest.raises(ValueError, match="cannot be those"):
        days_taken(range(40), 41)
