"""复量的结论 (上界): how many of a population may be wrong, after so many were drawn at random and so many found wrong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

_CONFIDENCE = Decimal("0.95")


def most_wrong(population: int, drawn: int, found: int, *, confidence: Decimal = _CONFIDENCE) -> int:
    """The one-sided exact upper bound of how many of a population are wrong (hypergeometric, Clopper and Pearson's way).

    The largest M for which a population with M wrong would show no more than ``found`` in ``drawn`` draws without
    replacement with a probability above 1 - confidence; in whole numbers. Whatever the truth is, the bound lies below it in
    at most 1 - confidence of all draws. Raises ValueError for numbers that no draw can give.
    """
    if not (0 <= found <= drawn <= population and population >= 1 and 0 < confidence < 1):
        raise ValueError("what is found is of the drawn, and the drawn of a population")
    doubt = Fraction(1 - confidence)
    low, high = found, population - (drawn - found)
    while low < high:
        middle = (low + high + 1) // 2
        if at_most_found(population, middle, drawn, found) > doubt:
            low = middle
        else:
            high = middle - 1
    return low


def at_most_found(population: int, wrong: int, drawn: int, found: int) -> Fraction:
    """P(X <= found) of the wrong ones among the drawn, exactly."""
    ways = sum(comb(wrong, k) * comb(population - wrong, drawn - k) for k in range(found + 1))
    return Fraction(ways, comb(population, drawn))
