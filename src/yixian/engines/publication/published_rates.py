"""公开数字: per cents and days beside published counts, from nothing that is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from yixian.engines.publication.publishing import MINIMUM

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Days:
    """Days that something took: half took at most ``median``, nine in ten at most ``p90``. Both are days that occurred."""

    median: int
    p90: int


def per_cent(part: int | None, whole: int | None, *, minimum: int = MINIMUM) -> Decimal | None:
    """A part of a whole in per cent, to a tenth, half up; None where it may not be shown.

    Both are published counts (None: hidden). It is shown where part, whole and what is left are each zero or at least
    ``minimum``; of a whole of zero there is no rate. Raises ValueError if the part is greater or one is negative.
    """
    if part is None or whole is None:
        return None
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if not whole or any(0 < count < minimum for count in (part, whole, whole - part)):
        return None
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def days_taken(days: Sequence[int], count: int | None, *, minimum: int = MINIMUM) -> Days | None:
    """The median and the ninth decile of days, by nearest rank; None where the count of the same cell is hidden or small.

    ``count`` is the published count of the cell whose ``days`` these are: figures of a hidden cell would say that it is
    not a small one. Raises ValueError if the two are not of the same things.
    """
    if count is None:
        return None
    if count != len(days):
        raise ValueError(f"{len(days)} days cannot be those of {count}")
    if count < minimum or count < 1:
        return None
    ordered = sorted(days)
    return Days(median=ordered[(count + 1) // 2 - 1], p90=ordered[(9 * count + 9) // 10 - 1])
