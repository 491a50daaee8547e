"""假想的县: invented counts of sixteen townships by twelve topics, in which nothing rises unless it is made to."""

from __future__ import annotations

import numpy as np

from yixian.engines.signals import WeeklyCount

TOWNSHIPS, TOPICS = 16, 12
SERIES = TOWNSHIPS * TOPICS


def quiet(seed: int, weeks: int, dispersion: float = 1.0) -> np.ndarray:
    """Counts (series, weeks) with means that differ widely between series and never change."""
    random = np.random.default_rng(seed)
    means = np.exp(random.normal(0, 1.2, SERIES))[:, None]
    if dispersion == 1:
        return random.poisson(means, (SERIES, weeks))
    return random.negative_binomial(means / (dispersion - 1), 1 / dispersion, (SERIES, weeks))


def told(counts: np.ndarray) -> list[WeeklyCount]:
    """The rows of counts, weeks from 0."""
    return [
        WeeklyCount(
            f"township {series // TOPICS}",
            f"topic {series % TOPICS}",
            "",
            int(week),
            int(counts[series, week]),
            frozenset(f"village {v}" for v in range(min(int(counts[series, week]), 5))),
        )
        for series, week in np.argwhere(counts)
    ]


def mean_and_three_deviations(counts: np.ndarray) -> int:
    """How often a week lies above mean + 3 standard deviations of the seven weeks before (EARS C1), which is to be rare."""
    alarms = 0
    for week in range(7, counts.shape[1]):
        before = counts[:, week - 7 : week]
        alarms += int((counts[:, week] > before.mean(axis=1) + 3 * before.std(axis=1, ddof=1)).sum())
    return alarms
