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

Order = tuple[str | Expression | Subquery, ...]
"""What rows are ordered by, first things first: names of fields, or expressions of the query's own."""

BATCH = 500
"""Rows read at a time by an export: enough to be quick, few enough for one statement's values on SQLite."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a result in its own order is asked for by prepared queries: how many there are, and ``size`` from ``start`` on."""

    count: Callable[[], int]
    window: Callable[[int, int], Sequence[Any]]


def _as_they_are(window: list[Any]) -> Sequence[Any]:
    return window


@dataclass(frozen=True)
class ResultSet(Generic[Row]):
    """A query's result, not read yet.

    ``orders`` are the orders on offer by name; of a sequence they name attributes. Without a choice the source's own order
    holds. ``read`` turns one window of the source's objects into rows, in bulk, so that a window costs a fixed number of
    statements. With ``asked`` the source, which it stands for, may be what builds it when it is needed.
    """

    built_from: QuerySet[Any] | Sequence[Any] | Callable[[], QuerySet[Any]]
    orders: Mapping[str, Order] = field(default_factory=dict)
    read: Callable[[list[Any]], Sequence[Row]] = _as_they_are
    asked: Asked | None = None

    @cached_property
    def source(self) -> QuerySet[Any] | Sequence[Any]:
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
            return list(self.read(list(self.asked.window(start, size))))
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
        order = self.orders[name]
        if isinstance(self.source, QuerySet):
            columns = [_directed(column, descending=descending) for column in order]
            found: QuerySet[Any] | list[Any] = self.source.order_by(*columns, "-pk" if descending else "pk")
        else:
            found = _sorted(self.source, order, descending=descending)
        return replace(self, built_from=found, asked=None)

    def reading(self, read: Callable[[list[Row]], Sequence[Other]]) -> ResultSet[Other]:
        """The same with each window of rows made into other rows: what a page adds out of further rooms."""
        first = self.read
        return ResultSet(self.built_from, self.orders, lambda window: read(list(first(window))), self.asked)

    def offering(self, **orders: Order) -> ResultSet[Row]:
        """The same with further orders on offer."""
        return replace(self, orders={**self.orders, **orders})


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
