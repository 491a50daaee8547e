"""分段任务: one range of household ids reckoned by itself, from shared files to shared files.

A task names everything it needs, so it may run in any process of any machine that sees the same folders. What it gives
back adds up in any order; its tables stay where it wrote them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from yixian.engines.entitlements.calculation import Sums, provenance
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.fact_tables import HOUSEHOLD_KEYS, ITEM_KEYS, FactTablesError
from yixian.engines.entitlements.kernel import Kernel
from yixian.engines.entitlements.memory_database import own_instance
from yixian.engines.entitlements.pack_files import pack_from_canonical
from yixian.engines.entitlements.quoting import sql_text
from yixian.engines.entitlements.result_files import FILES, open_result, plain_ids
from yixian.lazy_imports import pa, pc, pq


@dataclass(frozen=True)
class Task:
    """One range: households from ``low`` on, below ``high`` ("" leaves an end open), and where its tables go."""

    number: int
    pack: str
    on: str
    households: str
    items: str
    out: str
    low: str
    high: str
    checked: bool


def bounds(households: Path, size: int) -> list[tuple[str, str]]:
    """Ranges of about ``size`` households that together hold all of them. Raises `FactTablesError`."""
    if "household_id" not in pq.read_schema(households).names:
        raise FactTablesError("facts.column", "households: the column “household_id” is missing.")
    ids = pq.read_table(households, columns=["household_id"]).column(0).cast(pa.string())
    ids = ids.take(pc.sort_indices(ids))
    firsts = [str(ids[place].as_py() or "") for place in range(size, len(ids), size)]
    return list(zip(["", *firsts], [*firsts, ""], strict=True))


def calculate_range(task: Task) -> Sums:
    """Reckon one range and write its tables; what it adds up to. Raises as `compute` does."""
    kernel = _kernel(task.pack, task.on)
    pack = kernel.pack
    facts = (
        _rows(task.households, {*HOUSEHOLD_KEYS, *pack.household_inputs}, task),
        _rows(task.items, {*ITEM_KEYS, *pack.item_inputs}, task),
    )
    part = kernel.part(*facts)
    if task.checked:
        check(pack, kernel.rules, kernel.on, facts, part.lines, part.statements)
    metadata = provenance(pack, kernel.on)
    for name, table in zip(FILES, (plain_ids(part.lines), part.statements, part.problems), strict=True):
        folder = Path(task.out) / name
        folder.mkdir(parents=True, exist_ok=True)
        with open_result(folder / f"part-{task.number:05}.parquet", table, metadata) as file:
            file.write_table(table.replace_schema_metadata(metadata))
    return Sums.of(part)


@lru_cache(maxsize=1)
def _kernel(pack: str, on: str) -> Kernel:
    """The kernel of this process: many ranges in a row use the same."""
    return Kernel(
        pack_from_canonical(Path(pack).read_bytes()), date.fromisoformat(on), own_instance(threads=1)
    )


def _rows(path: str, columns: Collection[str], task: Task) -> pa.Table:
    kept = ", ".join(f'"{name}"' for name in pq.read_schema(path).names if name in columns)
    conditions = ["true"]
    if task.low:
        conditions.append(f"CAST(household_id AS VARCHAR) >= {sql_text(task.low)}")
    if task.high:
        conditions.append(f"CAST(household_id AS VARCHAR) < {sql_text(task.high)}")
    where = " AND ".join(conditions)
    if not task.low:
        where = f"({where}) OR household_id IS NULL"
    with own_instance(threads=1) as connection:
        query = f"SELECT {kept} FROM read_parquet({sql_text(path)}) WHERE {where}"
        return connection.sql(query).to_arrow_table()
