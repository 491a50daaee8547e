"""抽数: numbers between 0 and 1 from a seed, the same on every machine, and counts drawn from them."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeAlias

from yixian.lazy_imports import np, npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

_TAIL = 1e-12


def uniforms(seed: str, size: int) -> Floats:
    """``size`` numbers of [0, 1) from a text.

    The key of the Philox generator is SHA-256 of the text; NumPy promises its raw stream for good, as it does not for the
    distributions built upon it.
    """
    key = np.frombuffer(sha256(seed.encode()).digest()[:16], dtype="<u8")
    raw = np.random.Philox(key=key).random_raw(size)
    found: Floats = np.asarray(raw >> np.uint64(11), dtype=np.float64) * 2.0**-53
    return found


def counts(uniform: Floats, mean: float, dispersion: float) -> Ints:
    """Counts with a mean and with ``dispersion`` times as much variance, one for each number of [0, 1).

    Poisson for a dispersion of 1, negative binomial above.
    """
    found: Ints = np.searchsorted(_distribution(mean, dispersion), uniform, side="right").astype(np.int64)
    return found


def _distribution(mean: float, dispersion: float) -> Floats:
    """The distribution function from 0 on, until nearly nothing is left."""
    top = int(mean + 60 * dispersion + 12 * (mean * dispersion) ** 0.5)
    n = np.arange(1, top + 1)
    if dispersion > 1:
        size = mean / (dispersion - 1)
        first = -size * np.log(dispersion)
        steps = np.log((n - 1 + size) / n * (dispersion - 1) / dispersion)
    else:
        first, steps = -mean, np.log(mean / n)
    logs: Floats = first + np.concatenate([[0.0], np.cumsum(steps)])
    cumulative: Floats = np.cumsum(np.exp(logs))
    return cumulative[: int(np.searchsorted(cumulative, 1 - _TAIL)) + 1]
