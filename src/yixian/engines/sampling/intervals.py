"""区间: between what bounds a share lies of which a sample tells."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from yixian.engines.sampling.sizing import Z_95


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and its bounds, each from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(found: int, asked: int, *, population: int | None = None, z: float = float(Z_95)) -> Interval:
    """The share ``found`` / ``asked`` with Wilson's interval (1927), 95 % unless ``z`` says otherwise.

    From a ``population`` of N drawn without replacement, n counts as n (N - 1) / (N - n): the more of it was asked, the
    narrower, and if all were, the share is exact. Raises ValueError unless 0 <= found <= asked, 1 <= asked <= N.
    """
    if not 0 <= found <= asked or asked < 1 or (population is not None and population < asked):
        raise ValueError(f"{found} of {asked} (of {population}) is no sample")
    share = found / asked
    if population == asked:
        return Interval(share, share, share)
    n = asked if population is None else asked * (population - 1) / (population - asked)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if found == 0 else max(0.0, middle - half)
    high = 1.0 if found == asked else min(1.0, middle + half)
    return Interval(share, low, high)
