"""逐期公布: nothing can be subtracted, because nothing is published twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.publication.attacker import Attacker
from tests.engines.publication.test_attack import counted
from tests.proofs import examples
from yixian.engines.publication import (
    WIDTH,
    AlreadyPublished,
    CountTable,
    Period,
    PeriodNotOver,
    PeriodsOverlap,
    PublishedTable,
    publish,
    publish_period,
)

START = date(2026, 1, 5)
ROWS, COLUMNS = ["a", "b", "c"], ["x", "y"]


def week(number: int) -> Period:
    return Period(START + timedelta(7 * number), START + timedelta(7 * number + 7))


def published_weeks(tables):
    done = []
    for number, table in enumerate(tables):
        period = week(number)
        done.append(publish_period(period, [table], earlier=done, on=period.until))
    return done


@st.composite
def weeks(draw):
    return [CountTable(ROWS, COLUMNS, counted(draw, ROWS, COLUMNS)) for _ in range(draw(st.integers(2, 4)))]


@examples(30, gate=10)
@given(weeks())
def test_neither_a_week_nor_a_sum_nor_a_difference_is_told(tables):
    """The attacker knows all weeks together and reckons with cumulative counts and their differences."""
    done = published_weeks(tables)
    attacker = Attacker([period.tables for period in done], {})
    assert attacker.found_within(WIDTH) == []
    shown = [period.tables[0] for period in done]
    for row in ROWS:
        for column in COLUMNS:
            hidden = [n for n, table in enumerate(shown) if table.cells[row, column] is None]
            wanted = [attacker.row(n, table, row, column) for n, table in enumerate(shown)]
            for last in hidden:
                low, high = attacker.span(np.sum(wanted[: last + 1], axis=0))
                assert high - low >= WIDTH - 1e-6
            for one, other in pairwise(hidden):
                low, high = attacker.span(wanted[other] - wanted[one])
                assert high - low >= WIDTH - 1e-6


def test_cumulative_tables_tell_the_week_between():
    """Negative control: each of these tables is safe alone, and their difference tells that two asked."""
    first = {("a", "x"): 20, ("a", "y"): 30, ("b", "x"): 40, ("b", "y"): 50}
    then = first | {("a", "x"): 22}
    tables = [publish([CountTable(["a", "b"], ["x", "y"], counts)])[0] for counts in (first, then)]
    assert None not in [*tables[0].cells.values(), *tables[1].cells.values()]
    between = PublishedTable(
        "table",
        "row",
        "column",
        tables[0].rows,
        tables[0].columns,
        {place: n - tables[0].cells[place] for place, n in tables[1].cells.items()},
    )
    assert between.cells["a", "x"] == 2
    weekly = publish([CountTable(["a", "b"], ["x", "y"], {("a", "x"): 2})])[0]
    assert weekly.cells["a", "x"] is None


def test_cumulative_tables_tell_a_hidden_number():
    """Negative control: what is hidden in the first week is told by the second, since counts only grow."""
    first = {("a", "x"): 9, ("a", "y"): 31, ("b", "x"): 40, ("b", "y"): 50}
    then = first | {("a", "x"): 10, ("b", "x"): 41}
    one, two = (publish([CountTable(["a", "b"], ["x", "y"], counts)])[0] for counts in (first, then))
    assert one.cells["a", "x"] is None
    attacker = Attacker([[one], [two]], {})
    assert attacker.found_within(WIDTH) == []
    attacker.not_negative = [
        attacker.row(1, two, row, column) - attacker.row(0, one, row, column)
        for row in "ab"
        for column in "xy"
    ]
    assert attacker.span(attacker.row(0, one, "a", "x")) == (9, 9)
    assert ("table", "a", "x", 9, 9) in attacker.found_within(WIDTH)


def test_a_published_period_stands_whatever_the_tables_say_later():
    counts = {("a", "x"): 20, ("b", "y"): 30, ("b", "x"): 40, ("a", "y"): 50}
    table = CountTable(ROWS, COLUMNS, counts)
    done = published_weeks([table])
    corrected = CountTable(ROWS, COLUMNS, counts | {("a", "x"): 21})
    again = publish_period(week(0), [corrected], earlier=done, on=date(2027, 1, 1))
    assert again == done[0]
    assert again.tables[0].cells["a", "x"] == 20


def test_no_period_is_published_before_it_is_over_twice_or_with_more():
    table = CountTable(ROWS, COLUMNS, {("a", "x"): 20})
    first = publish_period(week(0), [table], earlier=[], on=week(0).until)
    with pytest.raises(PeriodNotOver):
        publish_period(week(0), [table], earlier=[], on=week(0).until - timedelta(1))
    month = Period(START, START + timedelta(28))
    with pytest.raises(PeriodsOverlap):
        publish_period(month, [table], earlier=[first], on=date(2027, 1, 1))
    more = CountTable(ROWS, COLUMNS, {("a", "x"): 20}, name="more")
    with pytest.raises(AlreadyPublished):
        publish_period(week(0), [more], earlier=[first], on=date(2027, 1, 1))
    with pytest.raises(ValueError, match="no day"):
        Period(START, START)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_periods_overlap_if_they_share_a_day(first, length, other, size):
    one = Period(START + timedelta(first), START + timedelta(first + length))
    two = Period(START + timedelta(other), START + timedelta(other + size))
    shared = set(range(first, first + length)) & set(range(other, other + size))
    assert one.overlaps(two) == two.overlaps(one) == bool(shared)
