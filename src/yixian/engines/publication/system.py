"""联立: tables of the same things as one system of numbers, in which whoever attacks would reckon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yixian.engines.publication.count_tables import TOTAL, CountTable, Dimension
from yixian.engines.publication.publication_errors import TablesInvalid

Key = tuple[str, str, str, str]
"""One number: ``("cell", table, row, column)``, ``("margin", kind, member, "")`` or `GRAND`."""

Relation = tuple[Key, tuple[Key, ...]]
"""A number, and the numbers that add up to it."""

GRAND: Key = ("grand", "", "", "")


class System:
    """Every number of linked tables, with the relations between them.

    Two tables may share a kind of rows or columns, and then share its totals. The kinds must not be linked in a ring: in a
    ring, numbers can contradict one another although all totals agree, and the relations would not be all that is known.
    """

    def __init__(self, tables: Sequence[CountTable]) -> None:
        """Raises `TablesInvalid`."""
        self.tables = {table.name: table for table in tables}
        if not tables or len(self.tables) < len(tables):
            raise TablesInvalid("there must be tables, each with a name of its own")
        self.dimensions: dict[str, Dimension] = {}
        for table in tables:
            self._divide(table.row_kind, Dimension(table.row_kind, table.rows, table.parents))
            self._divide(table.column_kind, Dimension(table.column_kind, table.columns, {}))
        self._refuse_rings()
        self.values: dict[Key, int] = {}
        for table in tables:
            self._count(table)

    def kinds(self, name: str) -> tuple[Dimension, Dimension]:
        """Rows and columns of a table."""
        table = self.tables[name]
        return self.dimensions[table.row_kind], self.dimensions[table.column_kind]

    def key(self, name: str, row: str, column: str) -> Key:
        """The number at a place of a table, totals included."""
        table, (rows, columns) = self.tables[name], self.kinds(name)
        row, column = rows.stands_for.get(row, row), columns.stands_for.get(column, column)
        if row == TOTAL:
            return margin(table.column_kind, column)
        return ("cell", name, row, column) if column != TOTAL else margin(table.row_kind, row)

    def divided(self) -> set[str]:
        """The tables with cells that are not totals already: more than one row and more than one column."""
        return {name for name in self.tables if all(dimension.nodes for dimension in self.kinds(name))}

    def tables_of(self, kind: str) -> list[str]:
        """The tables whose rows or columns are of a kind."""
        return [name for name, table in self.tables.items() if kind in {table.row_kind, table.column_kind}]

    def relations(self, detail: set[str], shown: set[str]) -> Iterator[Relation]:
        """All that is known of the numbers of some tables and the totals of some kinds, but for their not being negative."""
        for kind in shown:
            dimension = self.dimensions[kind]
            for node in dimension.inner() if dimension.nodes else ():
                yield margin(kind, node), tuple(margin(kind, child) for child in dimension.children(node))
        for name in detail:
            rows, columns = self.kinds(name)
            for column in columns.nodes:
                for row in rows.inner():
                    yield (
                        self.key(name, row, column),
                        tuple(self.key(name, child, column) for child in rows.children(row)),
                    )
            for row in rows.nodes:
                for column in columns.inner():
                    yield (
                        self.key(name, row, column),
                        tuple(self.key(name, row, child) for child in columns.children(column)),
                    )

    def _divide(self, kind: str, dimension: Dimension) -> None:
        known = self.dimensions.setdefault(kind, dimension)
        if not known.same_as(dimension):
            raise TablesInvalid(f"{kind}: two tables divide it differently")

    def _refuse_rings(self) -> None:
        group = {kind: kind for kind in self.dimensions}
        for table in self.tables.values():
            one, other = group[table.row_kind], group[table.column_kind]
            if one == other:
                raise TablesInvalid(f"{table.name}: its rows and columns are linked by other tables already")
            group = {kind: one if root == other else root for kind, root in group.items()}

    def _count(self, table: CountTable) -> None:
        rows, columns = self.kinds(table.name)
        _refuse_counts(table.name, table.counts, rows, columns)
        own: dict[Key, int] = dict.fromkeys(
            (
                self.key(table.name, row, column)
                for row in (*rows.nodes, TOTAL)
                for column in (*columns.nodes, TOTAL)
            ),
            0,
        )
        for (row, column), count in table.counts.items():
            for above in (*rows.chains[row], TOTAL):
                for beside in (*columns.chains[column], TOTAL):
                    own[self.key(table.name, above, beside)] += count
        for key, count in own.items():
            if self.values.setdefault(key, count) != count:
                raise TablesInvalid(
                    f"{table.name}: its totals differ from another table's at {key[1]} {key[2]}".strip()
                )


def margin(kind: str, member: str) -> Key:
    """The total of a member of a kind, or of all."""
    return ("margin", kind, member, "") if member != TOTAL else GRAND


def _refuse_counts(
    name: str, counts: Mapping[tuple[str, str], int], rows: Dimension, columns: Dimension
) -> None:
    for (row, column), count in counts.items():
        if row not in rows.chains or column not in columns.chains:
            raise TablesInvalid(f"{name}: there is no row {row!r} with a column {column!r}")
        if count < 0:
            raise TablesInvalid(f"{name}: {count} in {row} {column} is no count")
