"""样本量与区间: against published figures and exact reckoning."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.engines.sampling import faultless, required, wilson


@pytest.mark.parametrize(
    ("population", "margin", "size"),
    [
        (667, "0.05", 244),
        (667, "0.03", 411),
        (12_000, "0.05", 373),
        (12_000, "0.03", 981),
        (1_251, "0.03", 577),
        (None, "0.03", 1_068),
        (None, "0.05", 385),
        (1, "0.05", 1),
        (10**18, "0.05", 385),
    ],
)
def test_how_many_to_ask(population, margin, size):
    assert required(Decimal(margin), population) == size


@given(
    st.decimals("0.005", "0.3", places=3),
    st.decimals("0.01", "0.99", places=2),
    st.integers(1, 10**6),
    st.integers(1, 10**6),
)
def test_no_fewer_would_do(margin, share, one, other):
    """The half-width at n, with the finite population's correction, is within the margin, and at n - 1 it is not."""

    def variance(n: int, population: int) -> Fraction:
        p = Fraction(share)
        return p * (1 - p) / n * Fraction(population - n, max(population - 1, 1))

    allowed = (Fraction(margin) / Fraction("1.96")) ** 2
    n = required(margin, one, share=share)
    assert variance(n, one) <= allowed
    assert n == 1 or variance(n - 1, one) > allowed
    small, large = sorted((one, other))
    assert (
        required(margin, small, share=share)
        <= required(margin, large, share=share)
        <= required(margin, share=share)
    )


def test_clusters_ask_for_more():
    assert required(Decimal("0.05"), design_effect=Decimal("1.5")) == 577
    assert required(Decimal("0.05"), share=Decimal("0.9")) == 139


def test_two_hundred_and_ninety_two_without_a_fault():
    """Of 12,000, as docs/signals.md has it."""
    assert faultless(12_000, Decimal("0.01")) == 292
    assert faultless(10**12, Decimal("0.01")) == 299


@given(st.integers(1, 400), st.decimals("0.01", "0.9", places=2), st.decimals("0.5", "0.99", places=2))
def test_faultless_is_exact(population, share, confidence):
    wrong = int(share * population) + 1
    chances = [Fraction(comb(population - wrong, n), comb(population, n)) for n in range(population + 1)]
    expected = next(n for n, chance in enumerate(chances) if chance <= 1 - Fraction(confidence))
    assert faultless(population, share, confidence=confidence) == expected


@pytest.mark.parametrize(
    ("found", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(found, asked, low, high):
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    interval = wilson(found, asked)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(1, 500), st.data())
def test_wilson_solves_its_equation(asked, data):
    """At either bound the share lies exactly z standard errors away."""
    found = data.draw(st.integers(0, asked))
    interval = wilson(found, asked)
    assert 0 <= interval.low <= interval.share <= interval.high <= 1
    for bound in {interval.low, interval.high} - {0.0, 1.0}:
        error = (bound * (1 - bound) / asked) ** 0.5
        assert abs(abs(interval.share - bound) - 1.96 * error) < 1e-9
    mirrored = wilson(asked - found, asked)
    assert abs(mirrored.low - (1 - interval.high)) < 1e-12


def test_a_known_population_narrows():
    endless, known, all_asked = (
        wilson(30, 100),
        wilson(30, 100, population=200),
        wilson(30, 100, population=100),
    )
    assert endless.low < known.low < 0.3 < known.high < endless.high
    assert (all_asked.low, all_asked.high) == (0.3, 0.3)


@pytest.mark.parametrize(
    ("found", "asked", "population"), [(-1, 5, None), (6, 5, None), (0, 0, None), (1, 5, 4)]
)
def test_no_interval_of_what_is_no_sample(found, asked, population):
    with pytest.raises(ValueError, match="no sample"):
        wilson(found, asked, population=population)


def test_impossible_sizes_are_refused():
    half = Decimal("0.5")
    for margin, share in ((Decimal(0), half), (Decimal(1), half), (half, Decimal(0)), (half, Decimal(1))):
        with pytest.raises(ValueError, match="between 0 and 1"):
            required(margin, share=share)
    with pytest.raises(ValueError, match="nobody"):
        required(half, 0)
    for population, share in ((0, half), (10, Decimal(0)), (10, Decimal(1))):
        with pytest.raises(ValueError, match="population"):
            faultless(population, share)
