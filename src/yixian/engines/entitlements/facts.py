"""事实: the household and item tables brought to the pack's declared inputs, as scaled integers.

``households``: ``household_id, zone`` and one column for each declared household input; others are carried, not used.
``items``: ``line_id, household_id, item_code`` and one column for each declared item input.
Numbers may be decimal128, integers or decimal text; binary floats are refused, because they are not what was measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from yixian.domain.policy import Input, Pack
from yixian.engines.entitlements.rules_typing import MOST_LINES


class FactsError(ValueError):
    """A table that cannot be used at all: a column is missing, doubled or of a type that is not exact."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Facts:
    """Both tables with scaled integer inputs (null where the value is missing or out of its range)."""

    households: pa.Table
    items: pa.Table
    sha256: str


def read_facts(pack: Pack, households: pa.Table, items: pa.Table) -> Facts:
    """Bring both tables to the pack's inputs. Raises `FactsError`."""
    household_rows = _table("households", households, ("household_id", "zone"), pack.household_inputs)
    item_rows = _table("items", items, ("line_id", "household_id", "item_code"), pack.item_inputs)
    household_rows = household_rows.sort_by("household_id")
    item_rows = item_rows.sort_by("line_id")
    _unique("households", household_rows, "household_id")
    _unique("items", item_rows, "line_id")
    _bounded(item_rows)
    return Facts(household_rows, item_rows, _digest(household_rows, item_rows))


def _table(which: str, table: pa.Table, keys: tuple[str, ...], inputs: Mapping[str, Input]) -> pa.Table:
    columns = {}
    for name in keys:
        columns[name] = _column(which, table, name).cast(pa.string())
        if columns[name].null_count:
            raise FactsError("facts.empty_id", f"{which}: “{name}” is empty in some row.")
    for name, declared in inputs.items():
        columns[name] = _scaled(which, _column(which, table, name), declared)
    return pa.table(columns)


def _column(which: str, table: pa.Table, name: str) -> pa.ChunkedArray:
    count = table.column_names.count(name)
    if count != 1:
        word = "missing" if not count else "there twice"
        raise FactsError("facts.column", f"{which}: the column “{name}” is {word}.")
    return table.column(name)


def _scaled(which: str, column: pa.ChunkedArray, declared: Input) -> pa.ChunkedArray:
    """The column as int64 of ``10 ** scale``; null where it is missing, too precise, or out of its range."""
    if pa.types.is_floating(column.type):
        message = f"{which}: “{declared.name}” holds binary floats; give decimals or text."
        raise FactsError("facts.float", message)
    wide = pa.decimal128(38, 12)
    try:
        exact = pc.cast(column, wide)
    except pa.ArrowInvalid as error:
        raise FactsError(
            "facts.number", f"{which}: “{declared.name}” holds something that is no number."
        ) from error
    factor = pa.scalar(10**declared.scale, pa.decimal128(8, 0))
    low, high = (pa.scalar(bound, wide) for bound in (declared.low, declared.high))
    inside = pc.and_(pc.greater_equal(exact, low), pc.less_equal(exact, high))
    safe = pc.if_else(inside, exact, pa.scalar(None, wide))
    scaled = pc.multiply(pc.cast(safe, pa.decimal128(24, 12), safe=True), factor)
    whole = pc.floor(scaled)
    precise = pc.if_else(pc.equal(whole, scaled), whole, pa.scalar(None, whole.type))
    return pc.cast(pc.cast(precise, pa.decimal128(precise.type.precision, 0), safe=True), pa.int64())


def _unique(which: str, table: pa.Table, name: str) -> None:
    """Refuse a sorted table in which an id stands twice, and so beside itself."""
    ids = table.column(name)
    twice = ids[1:].filter(pc.equal(ids[1:], ids[:-1]))
    if len(twice):
        raise FactsError("facts.twice", f"{which}: “{name}” {twice[0].as_py()} stands there twice.")


def _bounded(items: pa.Table) -> None:
    counted = items.group_by("household_id").aggregate([([], "count_all")])
    many = counted.filter(pc.greater(counted.column("count_all"), MOST_LINES))
    if many.num_rows:
        number = many.column("household_id")[0].as_py()
        raise FactsError("facts.too_many", f"items: {number} has more than {MOST_LINES} of them.")


def _digest(*tables: pa.Table) -> str:
    """SHA-256 of the sorted rows as text: the same facts in any order, format or file have the same digest."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(("\x1e".join(table.column_names) + "\x1d").encode())
        columns = [column.cast(pa.string()).fill_null("") for column in table.columns]
        rows = pc.binary_join_element_wise(*columns, "\x1f") if columns else pa.array([], pa.string())
        for chunk in rows.chunks:
            digest.update("\x1e".join(chunk.to_pylist()).encode())
            digest.update(b"\x1e")
    return digest.hexdigest()
