"""分段: large fact files read a part of the households at a time, in their order, so that memory stays small."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from yixian.engines.entitlements.fact_tables import ITEM_KEYS, FactTablesError
from yixian.engines.entitlements.numbering import ascends, used_words
from yixian.engines.entitlements.quoting import sql_text
from yixian.lazy_imports import duckdb, pa, pc, pq

_ROWS = 1 << 16
_BUFFER = 1 << 18
"""Bytes of a column that are read of the file at a time."""
_ID = "household_id"


class NotOrdered(Exception):
    """A file whose rows are not in the order of their household's id; `ordered` makes one that is."""


@dataclass(frozen=True)
class FactFiles:
    """The two Parquet files of facts, and the columns that are needed of each."""

    households: Path
    items: Path
    household_columns: Collection[str]
    item_columns: Collection[str]

    def parts(self, size: int) -> Iterator[tuple[pa.Table, pa.Table]]:
        """About ``size`` households at a time with their items; items of nobody come with the next household.

        Every row comes in exactly one part. Raises `NotOrdered` as soon as a row stands before its turn, and `FactTablesError`
        for a row without household, or a household that stands there twice across two parts.
        """
        households = _Stream("households", self.households, self.household_columns)
        items = _Stream("items", self.items, self.item_columns, ITEM_KEYS[1:])
        part = households.take(size)
        while True:
            following = households.first()
            if following is not None and following == _last(part):
                raise FactTablesError("facts.twice", f"households: “{_ID}” {following} stands there twice.")
            yield part, items.rest() if following is None else items.below(following)
            if following is None:
                return
            part = households.take(size)

    def ordered(self, scratch: Path) -> FactFiles:
        """The same facts in files that are in order, in a folder of their own."""
        return FactFiles(
            _sorted(self.households, scratch / "households.parquet", scratch),
            _sorted(self.items, scratch / "items.parquet", scratch),
            self.household_columns,
            self.item_columns,
        )

    @property
    def count(self) -> int:
        """The number of households."""
        return int(pq.read_metadata(self.households).num_rows)


class _Stream:
    """The rows of a Parquet file in their order, taken piece by piece. Ids and codes that recur come as dictionaries."""

    def __init__(
        self, which: str, path: Path, columns: Collection[str], recurring: Collection[str] = ()
    ) -> None:
        self._which = which
        schema = pq.read_schema(path)
        if _ID not in schema.names:
            raise FactTablesError("facts.column", f"{which}: the column “{_ID}” is missing.")
        words = [
            name for name in recurring if name in schema.names and schema.field(name).type == pa.string()
        ]
        file = pq.ParquetFile(path, read_dictionary=words, buffer_size=_BUFFER, pre_buffer=False)
        kept = [name for name in schema.names if name in columns]
        self._batches = file.iter_batches(_ROWS, columns=kept, use_threads=False)
        self._empty = file.schema_arrow.empty_table().select(kept)
        self._held: list[pa.Table] = []
        self._last = ""

    def first(self) -> str | None:
        """The household of the next row, or None at the end."""
        if not self._held and not self._read():
            return None
        return str(self._held[0].column(_ID)[0].as_py())

    def take(self, count: int) -> pa.Table:
        """The next ``count`` rows, or as many as there are."""
        held = sum(table.num_rows for table in self._held)
        while held < count and self._read():
            held += self._held[-1].num_rows
        table = self._all()
        self._held = [table.slice(count)] if table.num_rows > count else []
        return table.slice(0, count)

    def below(self, household: str) -> pa.Table:
        """The next rows whose household comes before this one."""
        while not self._held or _last(self._held[-1]) < household:
            if not self._read():
                break
        table = self._all()
        ids = table.column(_ID)
        reached = bisect_left(range(len(ids)), household, key=lambda row: str(ids[row].as_py()))
        self._held = [table.slice(reached)] if reached < table.num_rows else []
        return table.slice(0, reached)

    def rest(self) -> pa.Table:
        """All rows that are left."""
        while self._read():
            pass
        table = self._all()
        self._held = []
        return table

    def _all(self) -> pa.Table:
        return pa.concat_tables(self._held) if self._held else self._empty

    def _read(self) -> bool:
        """Read one batch more, if there is one, and see that it is in order."""
        batch = next(self._batches, None)
        if batch is None:
            return False
        if not batch.num_rows:
            return self._read()
        ids = batch.column(_ID)
        if ids.null_count:
            raise FactTablesError("facts.empty_id", f"{self._which}: “{_ID}” is empty in some row.")
        first, last = (str(ids[row].as_py()) for row in (0, len(ids) - 1))
        if first < self._last or not _in_order(ids):
            raise NotOrdered
        self._last = last
        self._held.append(pa.Table.from_batches([batch]))
        return True


def _in_order(ids: pa.Array) -> bool:
    """Whether no id is less than the one before it; of a dictionary in order, its places tell as much."""
    if pa.types.is_dictionary(ids.type):
        _first, words = used_words(ids)
        if ascends([pa.chunked_array([words.cast(pa.string())])]):
            return _not_falling(ids.indices)
    return _not_falling(ids.cast(pa.string()))


def _not_falling(values: pa.Array) -> bool:
    return pc.all(pc.less_equal(values[:-1], values[1:])).as_py() is not False


def _last(table: pa.Table) -> str:
    return str(table.column(_ID)[-1].as_py())


def _sorted(path: Path, made: Path, scratch: Path) -> Path:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = {sql_text(str(scratch))}; SET enable_progress_bar = false")
        connection.execute(
            f"COPY (SELECT * FROM read_parquet({sql_text(str(path))}) ORDER BY CAST({_ID} AS VARCHAR)) "
            f"TO {sql_text(str(made))} (FORMAT parquet)"
        )
    return made
