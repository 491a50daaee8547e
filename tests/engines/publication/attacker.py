"""攻击者: whoever knows everything that was published and reckons what the hidden numbers can be, by linear programming.

Written against what is published, with nothing of the engine's: unknown are the cells at the bottom of every table; known
are all published numbers as sums of them, and that tables with the same kind of rows or columns have the same totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

from yixian.engines.publication import TOTAL, CountTable, PublishedTable


class Attacker:
    """Knows published table sets, one or several, each of linked tables."""

    def __init__(self, sets: Sequence[Sequence[PublishedTable]], parents: Mapping[str, str]) -> None:
        self.sets, self.parents = sets, parents
        self.index: dict[tuple[int, str, str, str], int] = {}
        for number, tables in enumerate(sets):
            for table in tables:
                for row in self.leaves(table.rows):
                    for column in self.leaves(table.columns):
                        self.index[number, table.name, row, column] = len(self.index)
        self.equations: list[tuple[np.ndarray, float]] = []
        for number, tables in enumerate(sets):
            self._learn(number, tables)
        self.least = np.zeros(len(self.index))
        self.not_negative: list[np.ndarray] = []
        """Further sums that the attacker knows not to be negative, such as the growth of a cumulative count."""

    def leaves(self, members: Iterable[str]) -> list[str]:
        return [m for m in members if m != TOTAL and m not in set(self.parents.values())]

    def under(self, member: str, members: Iterable[str]) -> list[str]:
        return [leaf for leaf in self.leaves(members) if member == TOTAL or member in self._chain(leaf)]

    def _chain(self, leaf: str) -> list[str]:
        chain = [leaf]
        while chain[-1] in self.parents:
            chain.append(self.parents[chain[-1]])
        return chain

    def row(self, number: int, table: PublishedTable, row: str, column: str) -> np.ndarray:
        """A number as a sum of the unknown."""
        found = np.zeros(len(self.index))
        for leaf in self.under(row, table.rows):
            for other in self.under(column, table.columns):
                found[self.index[number, table.name, leaf, other]] = 1
        return found

    def _learn(self, number: int, tables: Sequence[PublishedTable]) -> None:
        totals: dict[tuple[str, str], np.ndarray] = {}
        for table in tables:
            for (row, column), count in table.cells.items():
                if count is not None:
                    self.equations.append((self.row(number, table, row, column), count))
            for kind, members, along in (
                (table.row_kind, table.rows, "row"),
                (table.column_kind, table.columns, "column"),
            ):
                for member in [*self.leaves(members), TOTAL]:
                    place = (member, TOTAL) if along == "row" else (TOTAL, member)
                    own = self.row(number, table, *place)
                    known = totals.setdefault((kind if member else "all", member), own)
                    if known is not own:
                        self.equations.append((own - known, 0))

    def know_nonzero(self, number: int, table: CountTable, published: PublishedTable) -> None:
        """Tell the attacker which hidden cells are not zero: where cells are shown at all, zeros are shown."""
        shows = any(
            published.cells[row, column] is not None
            and published.cells[row, TOTAL] != 0
            and published.cells[TOTAL, column] != 0
            for row in self.leaves(published.rows)
            for column in self.leaves(published.columns)
        )
        if shows:
            for (row, column), count in table.counts.items():
                if count:
                    self.least[self.index[number, table.name, row, column]] = 1

    def span(self, wanted: np.ndarray) -> tuple[float, float]:
        """The least and the greatest that a sum of the unknown can be."""
        matrix = np.array([row for row, _count in self.equations])
        counts = [count for _row, count in self.equations]
        more = -np.array(self.not_negative) if self.not_negative else None
        none = np.zeros(len(self.not_negative)) if self.not_negative else None
        bounds = [(least, None) for least in self.least]
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * wanted, A_ub=more, b_ub=none, A_eq=matrix, b_eq=counts, bounds=bounds, method="highs"
            )
            if found.status == 3:
                ends.append(-sign * float("inf"))
                continue
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[0], ends[1]

    def hidden(self) -> Iterator[tuple[int, PublishedTable, str, str]]:
        for number, tables in enumerate(self.sets):
            for table in tables:
                for (row, column), count in table.cells.items():
                    if count is None:
                        yield number, table, row, column

    def found_within(self, width: float) -> list[tuple[str, str, str, float, float]]:
        """The hidden numbers that the attacker can tell to less than a width."""
        found = []
        for number, table, row, column in self.hidden():
            low, high = self.span(self.row(number, table, row, column))
            if high - low < width - 1e-6:
                found.append((table.name, row, column, low, high))
        return found


def only_small_hidden(tables: Sequence[CountTable], minimum: int = 10) -> tuple[PublishedTable, ...]:
    """What somebody publishes who hides small numbers and no others: the negative control."""
    published = []
    for table in tables:
        assert not table.parents
        rows, columns = (*table.rows, TOTAL), (*table.columns, TOTAL)
        cells = {}
        for row in rows:
            for column in columns:
                count = sum(
                    n for (r, c), n in table.counts.items() if row in {r, TOTAL} and column in {c, TOTAL}
                )
                cells[row, column] = None if 0 < count < minimum else count
        published.append(PublishedTable(table.name, table.row_kind, table.column_kind, rows, columns, cells))
    return tuple(published)
