"""What `yixian pairing` prints about a solution, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from yixian.engines.pairing import InputInvalid, Solution, shortage_sentences
from yixian.engines.pairing.pairing_files import line_of, line_of_row
from yixian.lazy_imports import pa

_SHORTAGE_LINES = 10


def solved(solution: Solution, tables: Mapping[str, pa.Table], lang: str) -> Iterator[str]:
    """A line for each role, and the largest shortages as figures and as a sentence."""
    for role, proof in solution.proof.items():
        moved = f"; {proof.moved} moved, none fewer possible" if "previous" in tables else ""
        yield (
            f"{role}: {proof.households} households, {proof.served} served, {proof.unserved} go without{moved}; "
            f"cost {proof.objective}, bound {proof.dual_bound}, gap {proof.gap}; {proof.solver_seconds:.3f} s"
        )
    sentences = shortage_sentences(solution, tables["households"], tables["helpers"], lang)
    shortages = sorted(solution.shortages.to_pylist(), key=lambda row: -row["short"])
    for row in shortages[:_SHORTAGE_LINES]:
        yield (
            f"{row['shortage_id']}: {row['households']} households need {row['demand']} places, and the "
            f"{row['helpers']} helpers who could serve them have {row['places']}: short {row['short']}"
        )
        yield f"  {sentences[row['shortage_id']]}"
    if len(shortages) > _SHORTAGE_LINES:
        yield f"and {len(shortages) - _SHORTAGE_LINES} smaller shortages, see shortages.csv"


def proven_lines(solution: Solution) -> Iterator[str]:
    """What a solution that was verified is proven to be."""
    for role, proof in solution.proof.items():
        yield (
            f"{role}: {proof.served} served, {proof.unserved} go without, {proof.moved} moved, no pairing can do better "
            f"(cost {proof.objective}, bound {proof.dual_bound}, gap {proof.gap})."
        )


def refused(error: InputInvalid, paths: Mapping[str, Path]) -> list[str]:
    """Every bad value by file and line."""
    return [f"{paths[fault.table]}:{line_of(fault)}: {fault.message}" for fault in error.faults]


def gone_line(solution: Solution, path: Path) -> list[str]:
    """The previous pairs about people who are not there any more, by file and line."""
    return [
        f"{path}:{line_of_row(row['row'])}: {row['household_id']} and {row['helper_id']} were a pair, and one of them "
        f"is not there any more: the pair is lost"
        for row in solution.gone.to_pylist()
    ]
