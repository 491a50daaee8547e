"""事实文件: households and items from CSV or Parquet, with bad rows named by file and line; and results to Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from yixian.domain.policy import Input, Pack
from yixian.engines.entitlements.tables import Result

HOUSEHOLD_KEYS = ("household_id", "zone")
ITEM_KEYS = ("line_id", "household_id", "item_code")


class FactFilesError(ValueError):
    """Files that cannot be used; ``problems`` names every bad row by file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_fact_files(folder: Path, pack: Pack) -> tuple[pa.Table, pa.Table]:
    """``households`` and ``items`` from a folder, each as .parquet or .csv. Raises `FactFilesError`."""
    problems: list[str] = []
    households = _read(folder, "households", HOUSEHOLD_KEYS, pack.household_inputs, problems)
    items = _read(folder, "items", ITEM_KEYS, pack.item_inputs, problems)
    if problems:
        raise FactFilesError(problems)
    return households, items


def write_result(result: Result, folder: Path, *, seconds: Decimal) -> None:
    """``lines``, ``statements`` and ``problems`` as Parquet and ``manifest.json`` (with the seconds it took)."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(result.lines, folder / "lines.parquet")
    pq.write_table(result.statements, folder / "statements.parquet")
    pq.write_table(result.problems, folder / "problems.parquet")
    manifest = result.manifest | {"seconds": str(seconds)}
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _read(
    folder: Path, which: str, keys: tuple[str, ...], inputs: dict[str, Input], problems: list[str]
) -> pa.Table:
    parquet, plain = folder / f"{which}.parquet", folder / f"{which}.csv"
    if parquet.is_file():
        return pq.read_table(parquet)
    if plain.is_file():
        return _read_csv(plain, keys, inputs, problems)
    problems.append(f"{folder}: there is neither {which}.parquet nor {which}.csv")
    return pa.table({})


def _read_csv(path: Path, keys: tuple[str, ...], inputs: dict[str, Input], problems: list[str]) -> pa.Table:
    wanted = (*keys, *inputs)
    columns: dict[str, list[str]] = {name: [] for name in wanted}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [name for name in wanted if header.count(name) != 1]
        if missing:
            problems.append(f"{path.name}:1: missing or doubled columns: {', '.join(missing)}")
            return pa.table({})
        positions = {name: header.index(name) for name in wanted}
        for row in reader:
            faults = list(_row_faults(row, len(header), positions, keys, inputs))
            problems += [f"{path.name}:{reader.line_num}: {fault}" for fault in faults]
            if not faults:
                for name, position in positions.items():
                    columns[name].append(row[position].strip())
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _row_faults(
    row: list[str], width: int, positions: dict[str, int], keys: tuple[str, ...], inputs: dict[str, Input]
) -> Iterator[str]:
    if len(row) != width:
        yield f"{len(row)} cells instead of {width}"
        return
    for name in keys:
        if not row[positions[name]].strip():
            yield f"“{name}” is empty"
    for name in inputs:
        text = row[positions[name]].strip()
        try:
            exact = Decimal(text).is_finite()
        except InvalidOperation:
            exact = False
        if not exact:
            yield f"“{name}” is no number: “{text}”"
