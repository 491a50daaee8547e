"""差额分布: how many households would gain or lose how much, in bands of yuan, read from a comparison's households."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yixian.lazy_imports import pc, pq
from yixian.revisions.comparisons import folder_of
from yixian.revisions.models import RevisionComparison

_BOUNDS_FEN = (100_000, 1_000_000, 5_000_000)
"""1,000, 10,000 and 50,000 yuan."""


@dataclass(frozen=True, slots=True)
class DifferenceBand:
    """Households whose account would change by more than ``above_fen`` and at most ``most_fen`` (None: without end).

    ``sign`` is 1 for a gain, -1 for a loss, and 0 for the band of those whose account stays as it is.
    """

    sign: int
    above_fen: int
    most_fen: int | None
    households: int


def difference_bands(comparison: RevisionComparison) -> list[DifferenceBand]:
    """The bands from the largest loss to the largest gain; outer bands in which nobody is are left out."""
    table = pq.read_table(folder_of(comparison) / "households.parquet", columns=["status", "difference_fen"])
    differences = table.filter(pc.equal(table.column("status"), "compared")).column("difference_fen")
    bands = _bands((0, *_BOUNDS_FEN))
    losses = [_band(pc.negate(differences), -1, low, high) for low, high in bands]
    gains = [_band(differences, 1, low, high) for low, high in bands]
    same = DifferenceBand(0, 0, 0, pc.sum(pc.equal(differences, 0)).as_py() or 0)
    return _trimmed([*losses[::-1], same, *gains])


def _band(amounts: Any, sign: int, low: int, high: int | None) -> DifferenceBand:
    within = pc.greater(amounts, low)
    if high is not None:
        within = pc.and_(within, pc.less_equal(amounts, high))
    return DifferenceBand(sign, low, high, pc.sum(within).as_py() or 0)


def _bands(edges: tuple[int, ...]) -> list[tuple[int, int | None]]:
    return list(zip(edges, (*edges[1:], None), strict=True))


def _trimmed(bands: list[DifferenceBand]) -> list[DifferenceBand]:
    first = next((n for n, band in enumerate(bands) if band.households), len(bands))
    last = next((n for n, band in enumerate(reversed(bands)) if band.households), 0)
    return bands[first : len(bands) - last]
