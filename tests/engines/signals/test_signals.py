"""早期信号: what is said, how soon, and never of few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.signals.worlds import SERIES, TOPICS, quiet, told
from yixian.engines.signals import RowsInvalid, Signal, WeeklyCount, signals, threshold
from yixian.engines.signals.baseline import baselines, dispersion, references

RISE = 40


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_hundred_and_eighty_households_are_heard_within_two_weeks(seed):
    """In three townships sixty households each ask about the same within three weeks."""
    counts = quiet(seed, RISE + 3)
    struck = [township * TOPICS + 4 for township in (2, 7, 11)]
    counts[struck, RISE:] += 20
    found = signals(told(counts), first_week=0, last_week=RISE + 2, seed="s", watched=SERIES)
    heard = {(s.area, s.topic): s.week for s in reversed(found) if s.week >= RISE}
    for township in (2, 7, 11):
        assert heard[f"township {township}", "topic 4"] <= RISE + 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_slow_rise_is_heard_too(seed):
    """Four more a week than the one or two that are usual."""
    counts = quiet(seed, RISE + 8)
    counts[50] = np.random.default_rng(seed).poisson(1.5, RISE + 8)
    counts[50, RISE:] += 4
    found = signals(told(counts), first_week=0, last_week=RISE + 7, seed="s", watched=SERIES)
    heard = [s.week for s in found if (s.area, s.topic) == ("township 4", "topic 2") and s.week >= RISE]
    assert heard[0] <= RISE + 3


def row(week: int, households: int, *villages: str, area="Hekou", clause="art. 12") -> WeeklyCount:
    return WeeklyCount(area, "land", clause, week, households, frozenset(villages or ("v",)))


def test_the_worked_example():
    """As in docs/signals.md: one a month for half a year, then 4, 7 and 9 in a week."""
    usual = [row(week, 1, "Upper") for week in range(0, 30, 4)]
    rise = [row(30, 4, "Upper", "Lower"), row(31, 7, "Lower", "Ferry"), row(32, 9, "Ferry")]
    found = signals([*usual, *rise], first_week=0, last_week=32, seed="2026-03-01", watched=192)
    assert found == [Signal("Hekou", "land", "art. 12", 31, 11, 3, 30, 0.5)]


def test_a_sum_begins_anew_after_a_signal():
    rise = [row(30, 12), row(31, 3), row(32, 8), row(33, 1)]
    found = signals([row(0, 1), *rise], first_week=0, last_week=33, seed="s", watched=192)
    assert [(s.since_week, s.week, s.households) for s in found] == [(30, 30, 12), (31, 32, 11)]


def test_nothing_is_said_before_there_is_a_normal():
    rows = [row(week, 40) for week in range(11)]
    assert signals(rows, first_week=0, last_week=10, seed="s") == []
    assert signals(rows, first_week=-11, last_week=10, seed="s") != []
    assert signals([], first_week=0, last_week=10, seed="s") == []


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["x", "y"]),
        st.sampled_from(["", "c"]),
        st.integers(0, 29),
    ),
    st.integers(1, 25),
    min_size=1,
    max_size=60,
)


def rows_of(cells) -> list[WeeklyCount]:
    return [
        WeeklyCount(*place, n, frozenset(f"{place[3] % 3}{v}" for v in range(min(n, 3))))
        for place, n in cells.items()
    ]


@settings(max_examples=60, deadline=None)
@given(CELLS, st.randoms())
def test_never_of_fewer_than_ten_and_always_of_what_was_there(cells, random):
    rows = rows_of(cells)
    found = signals(rows, first_week=0, last_week=29, seed="s", watched=50)
    for signal in found:
        inside = [
            row
            for row in rows
            if (row.area, row.topic, row.clause) == (signal.area, signal.topic, signal.clause)
            and signal.since_week <= row.week <= signal.week
        ]
        assert signal.households == sum(row.households for row in inside) >= 10
        assert signal.villages == len(frozenset().union(*(row.villages for row in inside)))
    order = [(s.week, s.area, s.topic, s.clause) for s in found]
    assert order == sorted(set(order))
    shuffled = rows.copy()
    random.shuffle(shuffled)
    assert signals(shuffled, first_week=0, last_week=29, seed="s", watched=50) == found


def by_hand(rows: list[WeeklyCount], weeks: int, watched: int) -> list[tuple[str, str, str, int, int]]:
    """Where sums rise, reckoned again in plain Python: (area, topic, clause, since, week)."""
    series = sorted({(row.area, row.topic, row.clause) for row in rows})
    counts = np.zeros((len(series), weeks), int)
    for one in rows:
        counts[series.index((one.area, one.topic, one.clause)), one.week] = one.households
    usual = baselines(counts)
    wide = dispersion(counts, usual)
    found = []
    for number, name in enumerate(series):
        total, since, households = 0.0, 0, 0
        for week in range(11, weeks):
            if total == 0:
                since, households = week, 0
            mean = usual[number, week]
            total = max(0.0, total + counts[number, week] - references(np.array([mean]))[0])
            households += int(counts[number, week])
            limit = threshold(mean, series=max(watched, len(series)), seed="s", dispersion=wide)
            if households >= 10 and total >= limit:
                found.append((*name, since, week))
                total = 0.0
    return found


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_sums_are_what_plain_calculation_says(cells):
    rows = rows_of(cells)
    found = signals(rows, first_week=0, last_week=29, seed="s", watched=50)
    told_ = sorted((s.area, s.topic, s.clause, s.since_week, s.week) for s in found)
    assert told_ == sorted(by_hand(rows, 30, 50))


@pytest.mark.parametrize(
    "rows",
    [
        [row(-1, 3)],
        [row(30, 3)],
        [row(1, 0)],
        [row(1, -2)],
        [row(1, 1, "v", "w")],
        [row(1, 3), row(1, 4)],
        [WeeklyCount("a", "b", "c", 1, 3, frozenset())],
    ],
)
def test_rows_that_cannot_be_are_refused(rows):
    with pytest.raises(RowsInvalid):
        signals(rows, first_week=0, last_week=29, seed="s")
