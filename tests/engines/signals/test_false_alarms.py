"""误报: at most one a week in the whole county, known by simulation and checked by another one."""

from __future__ import annotations

import pytest

from tests.engines.signals.worlds import SERIES, mean_and_three_deviations, quiet, told
from yixian.engines.signals import signals

FIRST, LAST = 30, 429
WEEKS = LAST - FIRST + 1


def alarms(seed: int, dispersion: float, minimum: int) -> int:
    found = signals(
        told(quiet(seed, LAST + 1, dispersion)),
        first_week=0,
        last_week=LAST,
        seed="2026-03-01",
        watched=SERIES,
        minimum=minimum,
    )
    return sum(signal.week >= FIRST for signal in found)


@pytest.mark.slow
@pytest.mark.parametrize("dispersion", [1.0, 2.0])
def test_a_quiet_county_gives_at_most_one_a_week(dispersion):
    """Below one by more than three standard errors of the simulation."""
    found = alarms(3, dispersion, 10)
    assert found + 3 * found**0.5 <= WEEKS


@pytest.mark.parametrize("dispersion", [1.0, 2.0])
def test_the_budget_is_used(dispersion):
    """Without the least size, what is expected is one a week: the threshold is neither too low nor simply out of reach."""
    found = alarms(4, dispersion, 0)
    assert 0.7 * WEEKS <= found <= WEEKS + 3 * WEEKS**0.5


def test_the_common_rule_breaks_its_promise():
    """Negative control: three standard deviations are said to give 0.1 % (0.2 a week here), and give twenty times that."""
    counts = quiet(3, WEEKS + 7)
    found = mean_and_three_deviations(counts)
    assert found / (SERIES * WEEKS) > 0.02
    assert found / WEEKS > 4
