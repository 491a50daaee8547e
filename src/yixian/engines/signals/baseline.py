"""常态: what a series was like before, and by how much a week goes beyond it."""

from __future__ import annotations

from yixian.engines.signals.draws import Floats, Ints
from yixian.lazy_imports import np

WEEKS = 26
"""The baseline of a week is the mean of so many weeks,"""

GUARD = 3
"""which end so many weeks before it, so that a rise that has begun is not taken for the normal."""

MIN_WEEKS = 8
"""With fewer earlier weeks nothing is said."""

FLOOR = 0.25
"""No baseline is lower, in households a week: from never, one would be infinitely more."""

STEP = 8
"""References and thresholds are whole eighths, so that sums of them are exact."""


def baselines(counts: Ints) -> Floats:
    """The baseline of every series (row) in every week (column); nan in the weeks that have too few before them."""
    series, weeks = counts.shape
    sums = np.concatenate([np.zeros((series, 1), np.int64), np.cumsum(counts, axis=1)], axis=1)
    until = np.maximum(np.arange(weeks) - GUARD, 0)
    since = np.maximum(until - WEEKS, 0)
    length = until - since
    means = (sums[:, until] - sums[:, since]) / np.maximum(length, 1)
    found: Floats = np.where(length >= MIN_WEEKS, np.maximum(means, FLOOR), np.nan)
    return found


def references(baseline: Floats) -> Floats:
    """How many households a week are still taken for normal: what best tells a risen mean from the baseline.

    A risen mean is one that is higher by two standard deviations of a Poisson week, or by one household. For counts of
    mean b or m the log likelihood ratio of a week grows with x - (m - b) / ln(m / b) (Lucas 1985). Rounded up to a whole
    eighth.
    """
    rise = np.maximum(2 * np.sqrt(baseline), 1.0)
    found: Floats = np.ceil(rise / np.log1p(rise / baseline) * STEP) / STEP
    return found


def dispersion(counts: Ints, baseline: Floats) -> float:
    """How much more the counts of a normal week vary than Poisson counts would: 1 or more, in quarters, rounded up.

    The median over weeks of the county's squared deviations over its expected counts, so that weeks in which something
    did happen do not blunt it. A baseline that was estimated from few weeks adds its own share, which is taken off.
    """
    known = ~np.isnan(baseline).any(axis=0)
    if not known.any():
        return 1.0
    expected = baseline[:, known]
    length = np.clip(np.flatnonzero(known) - GUARD, MIN_WEEKS, WEEKS)
    weekly = ((counts[:, known] - expected) ** 2).sum(axis=0) / expected.sum(axis=0) / (1 + 1 / length)
    return max(1.0, float(np.ceil(np.median(weekly) * 4 - 0.5) / 4))
