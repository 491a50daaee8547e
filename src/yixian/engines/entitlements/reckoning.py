"""核算: facts + pack → lines, statements, problems, manifest. Pure: the day is handed in, nothing else is read."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yixian.domain.policy import Pack
from yixian.engines.entitlements.checker import check_lines
from yixian.engines.entitlements.facts import Facts, read_facts
from yixian.engines.entitlements.kernel import run
from yixian.engines.entitlements.rules_typing import typed
from yixian.engines.entitlements.tables import ISSUED, STATEMENTS, WITHHELD, Result

ENGINE = "duckdb-2"
"""Name and generation of the engine; it stands in every manifest."""
_WIDE = pa.decimal128(38, 0)
"""Sums are made in this type, in which nothing wraps around."""


def compute(pack: Pack, households: pa.Table, items: pa.Table, on: date) -> Result:
    """Reckon every household on a day and check every line.

    Tables as in `yixian.engines.entitlements.facts` (in) and `.tables` (out), by household and in the pack's order. A household
    with a problem has no lines and no total: it is withheld whole, and its problems say why. Raises `FactsError` for
    tables that cannot be used and `CheckFailed` if the checker disagrees.
    """
    facts = read_facts(pack, households, items)
    rules = [typed(pack, rule) for rule in pack.rules_on(on)]
    lines, problems = run(pack, rules, facts, on)
    check_lines(pack, rules, facts, on, lines)
    problems = problems.sort_by(
        [("household_id", "ascending"), ("line_id", "ascending"), ("code", "ascending")]
    )
    withheld = pc.unique(problems.column("household_id"))
    kept = lines.filter(pc.invert(pc.is_in(lines.column("household_id"), value_set=withheld)))
    kept = _in_pack_order(pack, kept).replace_schema_metadata(_provenance(pack, on))
    statements = _statements(facts, kept, withheld)
    return Result(kept, statements, problems, _manifest(pack, facts, on, kept, statements, problems))


def _in_pack_order(pack: Pack, lines: pa.Table) -> pa.Table:
    """The lines by household, then as the pack lists its rules and items, so that a house comes before its trees."""
    rules = pa.array([rule.id for rule in pack.rules], pa.string())
    items = pa.array(list(pack.items), pa.string())
    positions = pa.table(
        {
            "household": lines.column("household_id"),
            "rule": pc.index_in(lines.column("rule"), value_set=rules),
            "item": pc.fill_null(pc.index_in(lines.column("item_code"), value_set=items), len(items)),
            "line": lines.column("line_id"),
        }
    )
    order = [(name, "ascending") for name in positions.column_names]
    return lines.take(pc.sort_indices(positions, sort_keys=order))


def _provenance(pack: Pack, on: date) -> dict[str, str]:
    """What stands with the lines themselves, so that the file can be read alone: the pack and the day."""
    return {"pack": pack.id, "version": pack.version, "pack_sha256": pack.sha256, "on": on.isoformat()}


def _statements(facts: Facts, lines: pa.Table, withheld: pa.Array) -> pa.Table:
    """One row a household, also for those that only an item names."""
    numbers = pa.chunked_array(
        [facts.households.column("household_id").combine_chunks(), withheld.cast(pa.string())]
    )
    everyone = pa.table({"household_id": pc.unique(numbers)})
    amounts = lines.select(["household_id"]).append_column("amount", lines.column("amount_fen").cast(_WIDE))
    sums = amounts.group_by("household_id").aggregate([("amount", "sum"), ("amount", "count")])
    joined = everyone.join(sums, "household_id").sort_by("household_id")
    held = pc.is_in(joined.column("household_id"), value_set=withheld)
    total = pc.fill_null(joined.column("amount_sum").cast(pa.int64()), 0)
    count = pc.fill_null(joined.column("amount_count"), 0)
    columns = [
        joined.column("household_id"),
        pc.if_else(held, pa.scalar(None, pa.int64()), total),
        count,
        pc.if_else(held, WITHHELD, ISSUED),
    ]
    return pa.table(columns, schema=STATEMENTS)


def _manifest(
    pack: Pack, facts: Facts, on: date, lines: pa.Table, statements: pa.Table, problems: pa.Table
) -> dict[str, Any]:
    held = pc.sum(pc.equal(statements.column("status"), WITHHELD)).as_py() or 0
    return {
        "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
        "on": on.isoformat(),
        "engine": ENGINE,
        "facts_sha256": facts.sha256,
        "households": statements.num_rows,
        "withheld": held,
        "lines": lines.num_rows,
        "problems": problems.num_rows,
        "total_fen": int(pc.sum(statements.column("total_fen").cast(_WIDE)).as_py() or 0),
        "checksum": checksum(lines),
    }


def checksum(lines: pa.Table) -> str:
    """An order-independent checksum of lines: the sum, modulo 2^128, of each line's SHA-256 (its first 16 bytes).

    A line is ``household␟line␟rule␟amount``; parts computed apart add up.
    """
    columns = [lines.column(name).to_pylist() for name in ("household_id", "line_id", "rule", "amount_fen")]
    total = 0
    for row in zip(*columns, strict=True):
        text = "\x1f".join(map(str, row))
        total += int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    return f"{total % 2**128:032x}"
