"""预备结果集: prepared result sets — a list whose count, windows and orders by fields are put into SQL once (`prepared`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import Count, QuerySet, Value

from yixian.kernel.prepared import prepared
from yixian.kernel.result_sets import Asked, Orders, ResultSet, Sorting, in_order

Given = ParamSpec("Given")
Row = TypeVar("Row")


def prepared_results(
    orders: Orders, count: Callable[..., int] | None = None
) -> Callable[[Callable[Given, QuerySet[Any, Row]]], Callable[Given, ResultSet[Row]]]:
    """Let a function that builds the rows of a list, in the list's own order, be called for the result set instead.

    What holds of the arguments of `prepared` holds of its arguments: positional ones are bound, keyword-only ones are the
    shape. An order of field names is prepared too; for one that holds expressions the query is built anew. ``count`` stands
    in for counting, with the same arguments, where something cheaper knows the number.
    """

    def listed(build: Callable[Given, QuerySet[Any, Row]]) -> Callable[Given, ResultSet[Row]]:
        window, counted = prepared(_window_of(build)), prepared(_count_of(build))

        def number(*args: Any, **shape: Any) -> int:
            return sum(found for (found,) in counted(*args, **shape))

        @wraps(build)
        def results(*args: Given.args, **shape: Given.kwargs) -> ResultSet[Row]:
            def asked(start: int, size: int, sorting: Sorting | None) -> list[Row]:
                return window(*args, **shape, span=(start, size), sorting=sorting)

            counting = partial(count or number, *args, **shape)
            return ResultSet(partial(build, *args, **shape), orders, asked=Asked(counting, asked))

        return results

    return listed


def _window_of(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., QuerySet[Any, Row]]:
    """What builds one window of the list, of a shape that includes the window and the order."""

    def rows(*args: Any, span: tuple[int, int], sorting: Sorting | None, **shape: Any) -> QuerySet[Any, Row]:
        start, size = span
        found = build(*args, **shape)
        if sorting is not None:
            found = in_order(found, sorting[0], descending=sorting[1])
        return found[start : start + size]

    return _with_signature(rows, build, "span", "sorting")


def _count_of(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., QuerySet[Any, tuple[int]]]:
    """What builds the count of the list, as one row."""

    def rows(*args: Any, **shape: Any) -> QuerySet[Any, tuple[int]]:
        found = build(*args, **shape).order_by()
        if found.query.group_by is not None or found.query.distinct or found.query.is_sliced:
            raise TypeError(f"{build.__qualname__} groups, or limits, its rows: say how they are counted")
        everything = found.annotate(everything=Value(1)).values("everything")
        counted: QuerySet[Any, tuple[int]] = everything.annotate(number=Count("pk")).values_list("number")
        return counted

    return _with_signature(rows, build)


def _with_signature(
    function: Callable[..., Row], build: Callable[..., Any], *more: str
) -> Callable[..., Row]:
    """The function under the name of the one that it calls, with its arguments and further keyword-only ones."""
    told = inspect.signature(build)
    added = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in more]
    named: Any = wraps(build)(function)
    named.__signature__ = told.replace(parameters=[*told.parameters.values(), *added])
    return named  # type: ignore[no-any-return]
