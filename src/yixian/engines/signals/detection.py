"""早期信号: where more households than usual ask the same, under which clause, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yixian.engines.signals.baseline import baselines, dispersion, references
from yixian.engines.signals.draws import Floats, Ints
from yixian.engines.signals.signal_errors import RowsInvalid
from yixian.engines.signals.thresholds import threshold
from yixian.lazy_imports import np

MINIMUM = 10
"""A signal of fewer households is never given."""

Series = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class WeeklyCount:
    """How many different households of an area asked about a topic, citing a clause ("" for none), in a week.

    Each household counts once in a series, in the week in which it first asked, so that weeks add up to different
    households. ``week`` is a number that grows by one a week; ``villages`` are those in which the households live.
    """

    area: str
    topic: str
    clause: str
    week: int
    households: int
    villages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Signal:
    """``households`` in ``villages`` asked the same, from week ``since_week`` to ``week``, where ``expected`` was usual."""

    area: str
    topic: str
    clause: str
    week: int
    households: int
    villages: int
    since_week: int
    expected: float


def signals(
    rows: Iterable[WeeklyCount],
    *,
    first_week: int,
    last_week: int,
    seed: str,
    watched: int = 0,
    minimum: int = MINIMUM,
) -> list[Signal]:
    """Every signal from ``first_week`` to ``last_week``, by week, area, topic and clause.

    A series is an area, topic and clause; a week without a row is a week in which nobody asked. For each, what is beyond
    its reference is summed up (one-sided CUSUM, Page 1954), beginning anew where the sum falls to zero and after a
    signal. A signal is given where the sum has reached its `threshold` and at least ``minimum`` households have asked
    since the sum began. With no rise anywhere, at most one signal a week is to be expected in all series together.

    ``watched`` is the number of series that could give a signal, if more than have rows. Rows may come in any order; the
    same rows and seed give the same signals on every machine. Raises `RowsInvalid` for a row outside the weeks, without
    households or villages, with more villages than households, or that stands twice.
    """
    kept = sorted(rows, key=lambda row: (row.area, row.topic, row.clause, row.week))
    _refuse(kept, first_week, last_week)
    names = list(dict.fromkeys((row.area, row.topic, row.clause) for row in kept))
    if not names:
        return []
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), last_week - first_week + 1), np.int64)
    villages: dict[tuple[int, int], frozenset[str]] = {}
    for row in kept:
        cell = place[row.area, row.topic, row.clause], row.week - first_week
        counts[cell], villages[cell] = row.households, row.villages
    usual = baselines(counts)
    limits = _Limits(max(len(names), watched), seed, dispersion(counts, usual))
    found = [
        Signal(*names[number], first_week + end, households, lived_in, first_week + since, expected)
        for number in range(len(names))
        for since, end, households, expected in _rises(counts[number], usual[number], limits, minimum)
        for lived_in in (_villages(villages, number, since, end),)
    ]
    return sorted(found, key=lambda signal: (signal.week, signal.area, signal.topic, signal.clause))


@dataclass(frozen=True, slots=True)
class _Limits:
    series: int
    seed: str
    dispersion: float

    def at(self, baseline: float) -> float:
        return threshold(baseline, series=self.series, seed=self.seed, dispersion=self.dispersion)


def _rises(counts: Ints, usual: Floats, limits: _Limits, minimum: int) -> list[tuple[int, int, int, float]]:
    """Of one series: first and last week of each rise, households in it, and how many were usual."""
    found, total, since = [], 0.0, 0
    over = counts - references(usual)
    for week in np.flatnonzero(~np.isnan(usual)).tolist():
        if total <= 0:
            total, since = 0.0, week
        total += float(over[week])
        households = int(counts[since : week + 1].sum())
        if total > 0 and households >= minimum and total >= limits.at(float(usual[week])):
            found.append((since, week, households, round(float(usual[since : week + 1].sum()), 1)))
            total = 0.0
    return found


def _villages(villages: dict[tuple[int, int], frozenset[str]], number: int, since: int, end: int) -> int:
    weeks = (villages.get((number, week), frozenset()) for week in range(since, end + 1))
    return len(frozenset().union(*weeks))


def _refuse(rows: list[WeeklyCount], first_week: int, last_week: int) -> None:
    before: WeeklyCount | None = None
    for row in rows:
        name = f"{row.area} {row.topic} {row.clause} week {row.week}"
        if not first_week <= row.week <= last_week:
            raise RowsInvalid(f"{name}: not from week {first_week} to {last_week}")
        if not 0 < len(row.villages) <= row.households:
            raise RowsInvalid(f"{name}: {row.households} households in {len(row.villages)} villages")
        if before and (before.area, before.topic, before.clause, before.week) == (
            row.area,
            row.topic,
            row.clause,
            row.week,
        ):
            raise RowsInvalid(f"{name}: stands there twice")
        before = row
