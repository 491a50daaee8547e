"""刻度: where a value stands between nothing and the top of an axis, in per cent; axes end at numbers that read well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yixian.web.ui.charts.declared import Number

_STEPS = (Decimal(1), Decimal(2), Decimal(4), Decimal(5), Decimal(6), Decimal(8), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` (0, or minus ``high``) to ``high``."""

    low: Decimal
    high: Decimal

    def at(self, value: Number) -> float:
        """Where a value stands, in per cent of the axis."""
        whole = self.high - self.low
        return float((Decimal(str(value)) - self.low) * 100 / whole)

    @property
    def marks(self) -> tuple[Decimal, ...]:
        """The values that are written at the axis: both ends and the middle."""
        return (self.low, (self.low + self.high) / 2, self.high)


def scale_of(values: Iterable[Number | None]) -> Scale:
    """The axis on which all these values find room; symmetrical where one is negative."""
    known = [Decimal(str(value)) for value in values if value is not None]
    high = round_up(max((abs(value) for value in known), default=Decimal(0)))
    return Scale(-high if any(value < 0 for value in known) else Decimal(0), high)


def round_up(value: Decimal) -> Decimal:
    """The next number that reads well and can be halved, at least 2."""
    size = Decimal(1)
    while size * 10 < value:
        size *= 10
    return next((size * step for step in _STEPS if size * step >= value and size * step >= 2), Decimal(2))
