"""舍入: the roundings of the language, on integers, exact for every size."""

from __future__ import annotations


def half_up(value: int, drop: int) -> int:
    """The integer without its last ``drop`` digits, rounded half-up (away from zero)."""
    unit: int = 10 ** abs(drop)
    return value * unit if drop <= 0 else divide_half_up(value, unit)


def divide_half_up(value: int, divisor: int) -> int:
    """The quotient by a positive divisor, rounded half-up (away from zero)."""
    size = (abs(value) * 2 + divisor) // (2 * divisor)
    return -size if value < 0 else size


def cut(value: int, unit: int) -> int:
    """The quotient by a positive unit, cut towards zero."""
    size = abs(value) // unit
    return -size if value < 0 else size


def power(value: int, times: int, unit: int, one: int) -> int:
    """``one`` multiplied so many times by ``value / unit``, each product rounded half-up."""
    product = one
    for _ in range(times):
        product = divide_half_up(product * value, unit)
    return product


def up(value: int, unit: int) -> int:
    """The smallest whole number that is not below the quotient by a positive unit."""
    return -(-value // unit)
