"""分段: large fact files read a part of the households at a time, in their order, so that memory stays small."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yixian.engines.entitlements.facts import FactsError, sql_text

_ROWS = 1 << 16
_MEMORY_MB = 128
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

        Every row comes in exactly one part. Raises `NotOrdered` as soon as a row stands before its turn, and `FactsError`
        for a row without household, or a household that stands there twice across two parts.
        """
        households = _Stream("households", self.households, self.household_columns)
        items = _Stream("items", self.items, self.item_columns)
        part = households.take(size)
        while True:
            following = households.first()
            if following is not None and following == _last(part):
                raise FactsError("facts.twice", f"households: “{_ID}” {following} stands there twice.")
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
    """The rows of a Parquet file in their order, taken piece by piece."""

    def __init__(self, which: str, path: Path, columns: Collection[str]) -> None:
        self._which = which
        names = pq.read_schema(path).names
        if _ID not in names:
            raise FactsError("facts.column", f"{which}: the column “{_ID}” is missing.")
        kept = ", ".join(f'"{name}"' for name in names if name in columns)
        connection = duckdb.connect(":memory:")
        connection.execute(
            f"SET threads = 1; SET memory_limit = '{_MEMORY_MB}MB'; SET enable_progress_bar = false"
        )
        query = f"SELECT {kept} FROM read_parquet({sql_text(str(path))})"
        self._connection = connection
        self._batches = connection.sql(query).to_arrow_reader(_ROWS)
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
        if not table.num_rows:
            return table
        reached = pc.index(pc.greater_equal(table.column(_ID).cast(pa.string()), household), True).as_py()
        self._held = [table.slice(reached)] if reached >= 0 else []
        return table if reached < 0 else table.slice(0, reached)

    def rest(self) -> pa.Table:
        """All rows that are left."""
        while self._read():
            pass
        table = self._all()
        self._held = []
        return table

    def _all(self) -> pa.Table:
        return pa.concat_tables(self._held) if self._held else self._batches.schema.empty_table()

    def _read(self) -> bool:
        """Read one batch more, if there is one, and see that it is in order."""
        batch = next(self._batches, None)
        if batch is None:
            return False
        if not batch.num_rows:
            return self._read()
        ids = batch.column(_ID)
        if ids.null_count:
            raise FactsError("facts.empty_id", f"{self._which}: “{_ID}” is empty in some row.")
        texts = ids.cast(pa.string())
        in_order = pc.all(pc.less_equal(texts[:-1], texts[1:])).as_py() is not False
        if not in_order or texts[0].as_py() < self._last:
            raise NotOrdered
        self._last = texts[-1].as_py()
        self._held.append(pa.Table.from_batches([batch]))
        return True


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
