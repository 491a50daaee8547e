"""Facts as CSV, spoiled in two dozen ways: read rightly, or named, or withheld; no traceback, and no silent difference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engines.entitlements.mutated_facts import WAYS, Drawn, Right
from yixian.domain.policy import Pack
from yixian.engines.entitlements import FactTablesError, compute, load_pack
from yixian.engines.entitlements.fact_files import FactFilesError, fact_files

PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"
ON = date(2026, 11, 2)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


def accounts(pack: Pack, drawn: Drawn, folder: Path) -> dict[str, tuple[Any, ...]]:
    """Household → its sum and its lines; None for one that is withheld. Raises what the readers raise."""
    drawn.write(folder)
    (folder / "made").mkdir(exist_ok=True)
    tables = [pq.read_table(path) for path in fact_files(folder, pack, folder / "made")]
    found = compute(pack, tables[0], tables[1], ON)
    sums = {row["household_id"]: row["total_fen"] for row in found.statements.to_pylist()}
    lines: dict[str, list[tuple[Any, ...]]] = {number: [] for number in sums}
    for row in found.lines.to_pylist():
        lines[row["household_id"]].append((row["rule"], row["line_id"], row["amount_fen"]))
    return {number: (total, tuple(sorted(lines[number], key=repr))) for number, total in sums.items()}


def check(pack: Pack, number: int, folder: Path) -> str:
    """One case; "" where all is well, else what went wrong."""
    name, spoil = WAYS[number * 7 % len(WAYS)]
    codes = tuple(pack.items)[:: max(1, len(pack.items) // 12)]
    drawn = Drawn(Random(number), codes)
    before = accounts(pack, drawn, folder / "sound")
    right = spoil(drawn)
    try:
        after = accounts(pack, drawn, folder / "spoiled")
    except (FactFilesError, FactTablesError) as refusal:
        return _refusal(name, right, str(refusal))
    if right.must_refuse:
        return f"{name}: it was read"
    return "; ".join(f"{name}: {fault}" for fault in _differences(right, before, after))


def _refusal(name: str, right: Right, told: str) -> str:
    if not right.may_refuse:
        return f"{name}: refused what is right: {told}"
    if right.file and f"{right.file}.csv" not in told:
        return f"{name}: the file {right.file} is not named: {told}"
    if right.line and f":{right.line}:" not in told:
        return f"{name}: line {right.line} is not named: {told}"
    return ""


def _differences(right: Right, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    if before.keys() != after.keys():
        yield f"other households: {sorted(before.keys() ^ after.keys())}"
    for number, account in before.items():
        if account == after.get(number):
            continue
        if number in right.touched and after.get(number, ("",))[0] is None:
            continue
        yield f"{number} changed: {account} → {after.get(number)}"


@pytest.mark.proof(cases=192, slice=8)
def test_spoiled_facts_are_read_rightly_or_named_or_withheld(
    cases: Iterator[int], pack: Pack, tmp_path: Path
) -> None:
    faults = []
    for number in cases:
        fault = check(pack, number, tmp_path / str(number))
        if fault:
            faults.append((number, fault))
    assert not faults, "\n".join(f"{number}: {fault}" for number, fault in faults)


def test_the_oracle_finds_a_silent_difference(pack: Pack, tmp_path: Path) -> None:
    """The other way round: a quantity that is simply another one is told."""
    drawn = Drawn(Random(1), tuple(pack.items)[:3])
    before = accounts(pack, drawn, tmp_path / "a")
    drawn.item()[3] = "7"
    drawn.encode()
    after = accounts(pack, drawn, tmp_path / "b")
    assert list(_differences(Right(), before, after))


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pa.array(["3\n"]), "withheld"),
        (pa.array(["\u00a03\u3000"]), "issued"),
        (pa.array([" 3 "]), "issued"),
        (pa.array([True]), "holds bool"),
        (pa.array([Decimal("3.5")], pa.decimal256(50, 4)), "holds decimal256"),
        (pa.array([date(2026, 1, 1)]), "holds date32"),
    ],
    ids=["line break", "another blank", "blanks", "yes and no", "too wide", "a day"],
)
def test_odd_cells_of_parquet_withhold_one_household_or_are_named(
    pack: Pack, column: pa.Array, told: str
) -> None:
    """One cell had failed the whole county with words about the checker, or ended in a traceback."""
    households = pa.table({"household_id": ["A", "B"], "zone": ["rural", "rural"], "persons": ["2", "3"]})
    code = next(iter(pack.items))
    items = pa.table({"line_id": ["L1"], "household_id": ["A"], "item_code": [code], "quantity": column})
    if told.startswith("holds"):
        with pytest.raises(FactTablesError, match=told):
            compute(pack, households, items, ON)
        return
    found = compute(pack, households, items, ON).statements.to_pylist()
    assert {row["household_id"]: row["status"] for row in found} == {"A": told, "B": "issued"}


def test_a_line_without_a_code_is_told_in_words(pack: Pack) -> None:
    households = pa.table({"household_id": ["A"], "zone": ["rural"], "persons": ["2"]})
    items = pa.table(
        {
            "line_id": ["L1"],
            "household_id": ["A"],
            "item_code": pa.array([None], pa.string()),
            "quantity": ["3"],
        }
    )
    (problem,) = compute(pack, households, items, ON).problems.to_pylist()
    assert problem["line_id"] == "L1"
    assert problem["message"]
