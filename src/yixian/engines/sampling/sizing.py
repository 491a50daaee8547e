"""样本量: how many must be looked at for an answer to be good enough."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Z_95 = Decimal("1.96")
"""Half-width of 95 % of a normal distribution, in standard deviations."""

_HALF = Decimal("0.5")
_ONE = Decimal(1)


def required(
    margin: Decimal,
    population: int | None = None,
    *,
    share: Decimal = _HALF,
    z: Decimal = Z_95,
    design_effect: Decimal = _ONE,
) -> int:
    """How many to ask so that a share is known to within ``margin`` (0.05 for five points), rounded up.

    n0 = z^2 p (1 - p) / e^2 times the design effect, and n = n0 / (1 + (n0 - 1) / N) of a population of N (None: without
    end), never more than N. ``share`` p is the share expected; a half asks for most. Raises ValueError for a margin or
    share outside (0, 1), a population or design effect that is not positive.
    """
    if not (0 < margin < 1 and 0 < share < 1 and z > 0 and design_effect > 0):
        raise ValueError("margin and share must lie between 0 and 1, z and the design effect above 0")
    e, p = Fraction(margin), Fraction(share)
    endless = Fraction(z) ** 2 * p * (1 - p) / e**2 * Fraction(design_effect)
    if population is None:
        return _up(endless)
    if population < 1:
        raise ValueError(f"nobody can be asked of {population}")
    return min(_up(endless / (1 + (endless - 1) / population)), population)


def faultless(population: int, share: Decimal, *, confidence: Decimal = Decimal("0.95")) -> int:
    """How many of a population, drawn at random and all found right, prove that no more than ``share`` of it is wrong.

    The least n for which a population with one more wrong than that would show none in n draws without replacement with
    a probability of at most 1 - confidence. Exact (hypergeometric, in whole numbers). Raises ValueError for a
    population below one, or share or confidence outside (0, 1).
    """
    if population < 1 or not (0 < share < 1 and 0 < confidence < 1):
        raise ValueError("there must be a population, and share and confidence between 0 and 1")
    wrong = int(share * population) + 1
    doubt = Fraction(1 - confidence)
    unseen, draws, n = 1, 1, 0
    while unseen * doubt.denominator > draws * doubt.numerator:
        unseen *= population - wrong - n
        draws *= population - n
        n += 1
    return n


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
