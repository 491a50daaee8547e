"""门槛: CUSUM decision limits, calibrated by simulation to at most one false alarm a week."""

from __future__ import annotations

from functools import lru_cache

from yixian.engines.signals.baseline import FLOOR, GUARD, STEP, WEEKS, baselines, references
from yixian.engines.signals.draws import Floats, counts, uniforms
from yixian.lazy_imports import np

_GRID = 2.0**0.25
"""Thresholds are reckoned for baselines this much apart."""

_FALSE_ALARMS = 2_000
"""So many are waited for in a simulation: its rate is known to about one part in fifty."""

_WEEKS = 200
_MARGIN = 2.0
"""Standard errors of the simulation by which the rate must lie below the budget."""

_HIGHEST = 4_096 * STEP


def threshold(baseline: float, *, series: int, seed: str, dispersion: float = 1.0) -> float:
    """The sum at which a series is said to have risen, in households.

    The least whole eighth at which a series that does not rise crosses it no more often than once in ``series`` weeks, and
    so all ``series`` together no more than once a week. Simulated weeks are drawn from ``seed``; their baseline is
    estimated from earlier weeks as in real ones. ``baseline`` is in households a week, rounded up to a grid on which
    values lie a fifth apart; ``dispersion`` is variance over mean. Raises ValueError if an argument is out of range.
    """
    if baseline <= 0 or series < 1 or dispersion < 1:
        raise ValueError(
            f"no threshold for {baseline} households a week in {series} series of dispersion {dispersion}"
        )
    step = int(np.ceil(np.log(max(baseline, FLOOR) / FLOOR) / np.log(_GRID) - 1e-9))
    return _simulated(step, series, seed, dispersion)


@lru_cache(maxsize=4_096)
def _simulated(step: int, series: int, seed: str, dispersion: float) -> float:
    mean = FLOOR * _GRID**step
    ahead = WEEKS + GUARD
    paths = max(100, -(-_FALSE_ALARMS * series // _WEEKS))
    drawn = uniforms(f"{seed} {step} {series} {dispersion}", paths * (_WEEKS + ahead))
    weeks = counts(drawn, mean, dispersion).reshape(paths, _WEEKS + ahead)
    over: Floats = np.ascontiguousarray((weeks - references(baselines(weeks)))[:, ahead:].T)
    highest = _highest_sum(over)
    budget = paths * _WEEKS / series
    low, high = 0, _HIGHEST
    while high - low > 1:
        middle = (low + high) // 2
        alarms = _alarms(over, middle / STEP) if middle / STEP <= highest else 0
        low, high = (low, middle) if alarms + _MARGIN * alarms**0.5 <= budget else (middle, high)
    return high / STEP


def _alarms(over: Floats, limit: float) -> int:
    """How often sums of what is over, begun anew at zero, reach a limit; a row of ``over`` is a week of all paths."""
    sums, alarms = np.zeros(over.shape[1]), 0
    for week in over:
        sums += week
        np.maximum(sums, 0, out=sums)
        crossed = np.flatnonzero(sums >= limit)
        alarms += len(crossed)
        sums[crossed] = 0
    return alarms


def _highest_sum(over: Floats) -> float:
    """What no sum gets above, however high the limit."""
    sums, highest = np.zeros(over.shape[1]), 0.0
    for week in over:
        sums += week
        np.maximum(sums, 0, out=sums)
        highest = max(highest, float(sums.max()))
    return highest
