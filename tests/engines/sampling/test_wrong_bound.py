"""The bound after a draw: against every population that there is, scipy's distribution, and the sizes of faultless draws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from scipy import stats

from yixian.engines.sampling import faultless, most_wrong
from yixian.engines.sampling.wrong_bound import at_most_found

CONFIDENCE = Decimal("0.95")


def test_all_draws_of_small_populations_counted_one_by_one() -> None:
    for population in range(1, 8):
        for wrong in range(population + 1):
            for drawn in range(population + 1):
                found = [sum(one < wrong for one in draw) for draw in combinations(range(population), drawn)]
                for most in range(drawn + 1):
                    share = Fraction(sum(one <= most for one in found), len(found))
                    assert at_most_found(population, wrong, drawn, most) == share


@pytest.mark.parametrize(("population", "drawn"), [(1, 1), (30, 7), (400, 60), (12_000, 300)])
def test_it_is_the_largest_that_scipy_does_not_rule_out(population: int, drawn: int) -> None:
    for found in {0, 1, drawn // 5, drawn}:
        most = most_wrong(population, drawn, found)
        assert stats.hypergeom.cdf(found, population, most, drawn) > 0.05
        if most < population:
            assert stats.hypergeom.cdf(found, population, most + 1, drawn) <= 0.05 + 1e-9


def test_the_truth_lies_above_it_in_one_draw_of_twenty_at_most() -> None:
    """For every truth, exactly: the draws whose bound is below it have a probability of 5 % or less."""
    population, drawn = 40, 12
    bounds = [most_wrong(population, drawn, found) for found in range(drawn + 1)]
    for wrong in range(population + 1):
        missed = [found for found in range(drawn + 1) if bounds[found] < wrong]
        probability = at_most_found(population, wrong, drawn, max(missed)) if missed else Fraction(0)
        assert probability <= Fraction(1 - CONFIDENCE)


@pytest.mark.parametrize(
    ("population", "share"), [(12_000, "0.01"), (12_000, "0.02"), (500, "0.05"), (60, "0.1")]
)
def test_a_faultless_draw_proves_what_it_was_sized_for(population: int, share: str) -> None:
    drawn = faultless(population, Decimal(share))
    assert most_wrong(population, drawn, 0) <= Decimal(share) * population
    assert most_wrong(population, drawn - 1, 0) > Decimal(share) * population


@pytest.mark.parametrize(("population", "drawn", "found"), [(0, 0, 0), (10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_what_no_draw_can_give_is_refused(population: int, drawn: int, found: int) -> None:
    with pytest.raises(ValueError, match="drawn"):
        most_wrong(population, drawn, found)
