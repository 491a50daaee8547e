"""核算: facts + pack → lines, statements, problems, manifest. Pure: the day is handed in, nothing else is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yixian.domain.policy import Pack
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.fact_tables import FactTablesError
from yixian.engines.entitlements.kernel import Kernel, Part
from yixian.engines.entitlements.memory_database import memory_database
from yixian.engines.entitlements.result_tables import WITHHELD, Result
from yixian.lazy_imports import pa, pc

ENGINE = "duckdb-4"
"""Name and generation of the engine; it stands in every manifest. The fourth sums digests of its own (`.checksum`)."""


def compute(pack: Pack, households: pa.Table, items: pa.Table, on: date, *, checked: bool = True) -> Result:
    """Reckon every household on a day, and check every line unless told not to.

    Tables as in `yixian.engines.entitlements.fact_tables` (in) and `.tables` (out), by household and in the pack's order. A
    household with a problem has no lines and no total: it is withheld whole, and its problems say why. Raises
    `FactTablesError` for tables that cannot be used, or a pack that is a draft, and `CheckFailed` if the checker disagrees.
    """
    refuse_draft(pack)
    with memory_database() as connection:
        kernel = Kernel(pack, on, connection)
        part = kernel.part(households, items)
        lines = in_pack_order(kernel, part.lines)
    statements = part.statements
    if checked:
        check(pack, kernel.rules, on, (households, items), lines, statements)
    manifest = Sums.of(part).manifest(pack, on) | {"facts_sha256": facts_digest(households, items)}
    return Result(lines, statements, part.problems, manifest)


def refuse_draft(pack: Pack) -> None:
    """Raises `FactTablesError` for a draft: it may be compared, and nothing is ever owed by it."""
    if pack.is_draft:
        raise FactTablesError(
            "pack.draft", f"{pack.id} {pack.version} is a draft: compare it, do not reckon with it."
        )


_COUNTS = ("households", "withheld", "lines", "problems", "below_zero")
"""``below_zero`` are households whose sum of what is paid once is less than nothing: they would have to pay."""
_MONEY = ("total_fen", "monthly_fen", "yearly_fen")
_SUMMED = (*_COUNTS, *_MONEY)


@dataclass(frozen=True)
class Sums:
    """What adds up over the parts of a run, in any order: counts, money and the digest."""

    summed: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(_SUMMED, 0))
    digest: int = 0

    @classmethod
    def of(cls, part: Part) -> Sums:
        """The sums of one part."""
        statements = part.statements
        counts = {
            "households": statements.num_rows,
            "withheld": pc.sum(pc.equal(statements.column("status"), WITHHELD)).as_py() or 0,
            "lines": part.lines.num_rows,
            "problems": part.problems.num_rows,
            "below_zero": pc.sum(pc.less(statements.column("total_fen"), 0)).as_py() or 0,
        }
        wide = pa.decimal128(38, 0)
        money = {name: int(pc.sum(statements.column(name).cast(wide)).as_py() or 0) for name in _MONEY}
        return cls(counts | money, part.checksum)

    def __add__(self, other: Sums) -> Sums:
        summed = {name: self.summed[name] + other.summed[name] for name in _SUMMED}
        return Sums(summed, (self.digest + other.digest) % 2**128)

    def manifest(self, pack: Pack, on: date) -> dict[str, Any]:
        """The manifest of what was counted."""
        return {
            "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
            "on": on.isoformat(),
            "engine": ENGINE,
            **self.summed,
            "checksum": f"{self.digest:032x}",
        }


def in_pack_order(kernel: Kernel, lines: pa.Table) -> pa.Table:
    """Plain texts, by household, then as the pack lists its rules and items, so that a house comes before its trees."""
    rules = pa.array(kernel.pack.rule_ids, pa.string())
    rule = pc.index_in(lines.column("rule").cast(pa.string()), value_set=rules)
    codes = pa.array(list(kernel.pack.items), pa.string())
    item = pc.fill_null(pc.index_in(lines.column("item_code").cast(pa.string()), value_set=codes), len(codes))
    positions = {
        "household": lines.column("household_id").cast(pa.string()),
        "rule": rule,
        "item": item,
        "line": lines.column("line_id"),
    }
    order = pc.sort_indices(pa.table(positions), sort_keys=[(name, "ascending") for name in positions])
    schema = kernel.schema.with_metadata(provenance(kernel.pack, kernel.on))
    return lines.take(order).cast(kernel.schema).replace_schema_metadata(schema.metadata)


def provenance(pack: Pack, on: date) -> dict[str, str]:
    """What stands with the lines themselves, so that the file can be read alone: the pack and the day."""
    return {"pack": pack.id, "version": pack.version, "pack_sha256": pack.sha256, "on": on.isoformat()}


def facts_digest(*tables: pa.Table) -> str:
    """SHA-256 of the sorted rows as text: the same facts in any order have the same digest."""
    digest = hashlib.sha256()
    for table in tables:
        names = sorted(table.column_names)
        key = "household_id" if "line_id" not in names else "line_id"
        ordered = table.select(names).sort_by([(key, "ascending"), ("household_id", "ascending")])
        digest.update(("\x1e".join(names) + "\x1d").encode())
        columns = [column.cast(pa.string()).fill_null("") for column in ordered.columns]
        rows = pc.binary_join_element_wise(*columns, "\x1f") if columns else pa.array([], pa.string())
        for chunk in pa.chunked_array(rows).chunks if isinstance(rows, pa.Array) else rows.chunks:
            digest.update("\x1e".join(chunk.to_pylist()).encode())
            digest.update(b"\x1e")
    return digest.hexdigest()
