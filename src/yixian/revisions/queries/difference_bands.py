"""差额分布: how many households would gain or lose how much, in bands of yuan, read from a comparison's households."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.lazy_imports import pq
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
    pairs = zip(*(column.to_pylist() for column in table.columns), strict=True)
    differences = [fen for status, fen in pairs if status == "compared" and fen is not None]
    edges = (0, *_BOUNDS_FEN)
    found = [
        DifferenceBand(
            sign,
            low,
            high,
            sum(low < fen * sign and (high is None or fen * sign <= high) for fen in differences),
        )
        for sign, bands in ((-1, _bands(edges)[::-1]), (1, _bands(edges)))
        for low, high in bands
    ]
    same = DifferenceBand(0, 0, 0, sum(fen == 0 for fen in differences))
    half = len(found) // 2
    return _trimmed([*found[:half], same, *found[half:]])


def _bands(edges: tuple[int, ...]) -> list[tuple[int, int | None]]:
    return list(zip(edges, (*edges[1:], None), strict=True))


def _trimmed(bands: list[DifferenceBand]) -> list[DifferenceBand]:
    first = next((n for n, band in enumerate(bands) if band.households), len(bands))
    last = next((n for n, band in enumerate(reversed(bands)) if band.households), 0)
    return bands[first : len(bands) - last]
