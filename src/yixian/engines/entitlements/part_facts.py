"""分段事实: one part's households and items made ready for queries, and the names put back on the lines that come of them.

Queries see numbers in place of ids and codes (`.numbering`), so ids are never copied into them and back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yixian.domain.policy import Pack
from yixian.engines.entitlements.fact_tables import HOUSEHOLD_KEYS, ITEM_KEYS, check_columns, check_types
from yixian.engines.entitlements.numbering import (
    CODE,
    HOME,
    ROW,
    as_words,
    ascends,
    counted,
    of_places,
    places,
)
from yixian.lazy_imports import pa, pc


@dataclass(frozen=True)
class PartFacts:
    """``households``: `HOME`, ``household_id`` as text, ``zone`` and the inputs as given; ``items``: `ROW`, `HOME`, `CODE`
    and the inputs as given. ``given_items`` still have their ids."""

    households: pa.Table
    items: pa.Table
    given_items: pa.Table

    @classmethod
    def of(cls, pack: Pack, households: pa.Table, items: pa.Table) -> PartFacts:
        """Raises `FactsError` for columns that are missing or doubled."""
        check_columns("households", households.column_names, HOUSEHOLD_KEYS, pack.household_inputs)
        check_columns("items", items.column_names, ITEM_KEYS, pack.item_inputs)
        check_types("households", households.schema, pack.household_inputs)
        check_types("items", items.schema, pack.item_inputs)
        ids = _one_array(households.column("household_id").cast(pa.string()))
        numbers = {
            ROW: counted(items),
            HOME: places(items.column("household_id"), ids),
            CODE: places(items.column("item_code"), pa.array(pack.items, pa.string())),
        }
        known = {HOME: counted(households), "household_id": ids, "zone": households.column("zone")}
        return cls(
            pa.table(known | _inputs(households, pack.household_inputs)),
            pa.table(numbers | _inputs(items, pack.item_inputs)),
            items,
        )

    @property
    def household_ids(self) -> pa.Array:
        """The households' ids in their order."""
        return self.households.column("household_id").chunk(0)

    @property
    def line_ids(self) -> pa.ChunkedArray:
        """The items' ids as text."""
        return self.given_items.column("line_id").cast(pa.string())

    def item_names(self) -> pa.Table:
        """What the items are called: `ROW`, ``household_id``, ``line_id`` and ``item_code`` as texts."""
        texts = {name: self.given_items.column(name).cast(pa.string()) for name in ITEM_KEYS}
        return pa.table({ROW: self.items.column(ROW)} | texts)

    def households_ascend(self) -> bool:
        """Whether each id is greater than the one before it; if not, they may still be different."""
        return ascends([self.households.column("household_id")])

    def items_ascend(self) -> bool:
        """Whether each household with its line is greater than the one before it."""
        return ascends([self.items.column(HOME), self.line_ids])

    def of_items(self, lines: pa.Table) -> pa.Table:
        """Item lines with their ids; households as a dictionary."""
        return self._named(lines, of_places(self.line_ids, lines.column(ROW)))

    def of_households(self, lines: pa.Table) -> pa.Table:
        """Household lines with their ids: a line's is that of its rule."""
        return self._named(lines, lines.column("rule").cast(pa.string()))

    def _named(self, lines: pa.Table, line_ids: pa.ChunkedArray) -> pa.Table:
        households = as_words(lines.column(HOME), self.household_ids)
        return lines.append_column("household_id", households).append_column("line_id", line_ids)

    def without(self, lines: pa.Table, told: pa.Table) -> pa.Table:
        """The lines of households of which no problem is told."""
        if not told.num_rows:
            return lines
        held = places(told.column("household_id"), self.household_ids)
        return lines.filter(pc.invert(pc.is_in(lines.column(HOME), value_set=pc.unique(held))))


def _inputs(rows: pa.Table, inputs: Collection[str]) -> dict[str, pa.ChunkedArray]:
    return {name: rows.column(name) for name in inputs if name in rows.column_names}


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
