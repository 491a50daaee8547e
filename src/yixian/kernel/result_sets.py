"""结果集: a lazy result set — what a query found, counted, ordered by the database and read one window at a time.

A room's query hands one to a page, an export or the API. Scope and permission are in it already; whoever holds it can
count it, choose one of the orders that the query offers and read windows of typed rows, but cannot reach the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import Expression, F, QuerySet, Subquery
from django.db.models.expressions import OrderBy

Row = TypeVar("Row")
Other = TypeVar("Other")

Source = QuerySet[Any] | Sequence[Any]
"""What was found: a query, or rows that are there already."""

Order = tuple[str | Expression | Subquery, ...]
"""What rows are ordered by, first things first: names of fields, or expressions of the query's own."""

Orders = Mapping[str, Order | Callable[[], Order]]
"""Orders on offer by name; an expression may be built when somebody asks for its order."""

BATCH = 500
"""Rows read at a time by an export: enough to be quick, few enough for one statement's values on SQLite."""


Sorting = tuple[tuple[str, ...], bool]
"""Names of fields to order by, first things first, and whether the whole of it is turned round."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a result is asked for by prepared queries: how many there are, and ``size`` from ``start`` on, in an order.

    ``sorting`` is that order; None for the result's own.
    """

    count: Callable[[], int]
    window: Callable[[int, int, Sorting | None], Sequence[Any]]
    sorting: Sorting | None = None

    def sorted_by(self, order: Order, *, descending: bool) -> Asked | None:
        """The same in another order; None for one that is no order of fields alone: it is no part of a statement's shape."""
        names = tuple(column for column in order if isinstance(column, str))
        return replace(self, sorting=(names, descending)) if len(names) == len(order) else None


def _as_they_are(window: list[Any]) -> Sequence[Any]:
    return window


@dataclass(frozen=True)
class ResultSet(Generic[Row]):
    """A query's result, not read yet.

    ``orders`` are the orders on offer by name; of a sequence they name attributes. Without a choice the source's own order
    holds. ``read`` turns one window of the source's objects into rows, in bulk, so that a window costs a fixed number of
    statements. With ``asked`` the source, which it stands for, may be what builds it when it is needed.
    """

    built_from: Source | Callable[[], Source]
    orders: Orders = field(default_factory=dict)
    read: Callable[[list[Any]], Sequence[Row]] = _as_they_are
    asked: Asked | None = None

    @cached_property
    def source(self) -> Source:
        """What is counted and read."""
        return self.built_from() if callable(self.built_from) else self.built_from

    def count(self) -> int:
        """How many there are: one statement for a table."""
        if self.asked is not None:
            return self.asked.count()
        return self.source.count() if isinstance(self.source, QuerySet) else len(self.source)

    def window(self, start: int, size: int) -> list[Row]:
        """``size`` rows from the place ``start`` on, counted from 0."""
        if self.asked is not None:
            return list(self.read(list(self.asked.window(start, size, self.asked.sorting))))
        return list(self.read(list(self.source[start : start + size])))

    def batches(self, size: int = BATCH) -> Iterator[list[Row]]:
        """All rows, ``size`` at a time.

        Which rows there are, and their order, is settled by the first statement: what is written meanwhile moves nobody
        from one batch into another.
        """
        if isinstance(self.source, QuerySet) and not self.source.query.is_sliced:
            keys = list(self.source.values_list("pk", flat=True))
            for start in range(0, len(keys), size):
                yield list(self.read(list(self.source.filter(pk__in=keys[start : start + size]))))
        else:
            found = list(self.source)
            for start in range(0, len(found), size):
                yield list(self.read(found[start : start + size]))

    def ordered(self, name: str, *, descending: bool = False) -> ResultSet[Row]:
        """The same in one of the orders on offer, the whole of it turned round if asked; empty values stand last.

        Rows that are equal in it stand in the order of their keys (a table) or as they came (a sequence). Raises KeyError
        for an order that is not on offer.
        """
        offered = self.orders[name]
        order = offered() if callable(offered) else offered
        asked = self.asked.sorted_by(order, descending=descending) if self.asked else None
        return replace(self, built_from=lambda: self._sorted_by(order, descending=descending), asked=asked)

    def _sorted_by(self, order: Order, *, descending: bool) -> Source:
        if isinstance(self.source, QuerySet):
            return in_order(self.source, order, descending=descending)
        return _sorted(self.source, order, descending=descending)

    def reading(self, read: Callable[[list[Row]], Sequence[Other]]) -> ResultSet[Other]:
        """The same with each window of rows made into other rows: what a page adds out of further rooms."""
        first = self.read
        return ResultSet(self.built_from, self.orders, lambda window: read(list(first(window))), self.asked)

    def offering(self, **orders: Order | Callable[[], Order]) -> ResultSet[Row]:
        """The same with further orders on offer."""
        return replace(self, orders={**self.orders, **orders})


def in_order(rows: QuerySet[Any], order: Order, *, descending: bool) -> QuerySet[Any]:
    """The rows of a table in an order, equal ones by their keys; empty values stand last either way."""
    columns = [_directed(column, descending=descending) for column in order]
    return rows.order_by(*columns, "-pk" if descending else "pk")


def _directed(column: str | Expression | Subquery, *, descending: bool) -> OrderBy:
    if not isinstance(column, str):
        return OrderBy(column, descending=descending, nulls_last=True)
    down = column.startswith("-") is not descending
    return OrderBy(F(column.removeprefix("-")), descending=down, nulls_last=True)


def _sorted(rows: Sequence[Any], order: Order, *, descending: bool) -> list[Any]:
    found = list(rows)
    for column in reversed(order):
        name = str(column)
        value = attrgetter(name.removeprefix("-"))
        down = name.startswith("-") is not descending
        known = [row for row in found if value(row) is not None]
        found = sorted(known, key=value, reverse=down) + [row for row in found if value(row) is None]
    return found
