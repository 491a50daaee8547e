"""预备语句: prepared queries — a query of constant shape is put into SQL once; afterwards only its values are bound.

Django builds a query and writes its SQL anew each time it is asked, which costs ten times what the database needs for a
household's few rows. What is kept here is the text of the statement and how its rows become objects, never a row.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import wraps
from itertools import chain
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, F, Field, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

_MAX_KEY = 2**63 - 1

_MAX_SHAPES = 256
"""Statements that a query of several shapes keeps."""

_MAX_FILLED_UP = 512
"""Longer collections are bound as they are: databases take some 32,000 values in one statement."""


class Parameter(Expression):
    """Stands in a prepared query for a value that is bound later. It has none yet: nothing can be reckoned with it."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=Field())
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        """A place for the value."""
        return "%s", [self]

    def _combine(self, _other: Any, _connector: str, _reversed: bool) -> Any:  # noqa: FBT001 - Django's signature
        raise TypeError(f"{self.name} has no value while the query is prepared")


def one_of(column: str, values: Collection[Any]) -> Func:
    """A condition of a prepared query: a column is one of the values of a collection that is bound later. Of none, nothing is."""
    if not values:
        return Func(template="1 = 0", output_field=BooleanField())
    places = (value if isinstance(value, Parameter) else Value(value) for value in values)
    several = Func(*places, template="(%(expressions)s)", output_field=Field())
    return Func(
        F(column), several, template="%(expressions)s", arg_joiner=" IN ", output_field=BooleanField()
    )


class _Statement:
    """The SQL of a query, and Django's compiler, which knows how to read its rows. Nothing in it changes any more."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.compiler: SQLCompiler = rows.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        read = [column for column, *_sql in self.compiler.select[: self.compiler.col_count]]
        self._converters = self.compiler.get_converters(read)

    def converted(self, found: Iterable[Any], *, tuple_expected: bool) -> Iterator[Any]:
        """Rows with their values as Python has them. Django asks anew each time how every column is converted."""
        rows: Iterator[Any] = chain.from_iterable(found)
        if not self._converters:
            return rows
        rows = self.compiler.apply_converters(rows, self._converters)
        return map(tuple, rows) if tuple_expected else rows

    def bound(self, values: Mapping[str, Any]) -> QuerySet[Any]:
        """The query with values in its places, not asked yet."""
        parameters = [values[one.name] if isinstance(one, Parameter) else one for one in self.parameters]
        rows: QuerySet[Any] = object.__new__(type(self.rows))
        rows.__dict__ |= self.rows.__dict__ | {"_query": _Bound(self, parameters)}
        return rows


class _Bound:
    """A statement with its values: what Django's iterables take for a query and for its compiler."""

    def __init__(self, statement: _Statement, parameters: list[Any]) -> None:
        self._statement, self._parameters = statement, parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._statement.rows.query, name)

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> _Reader:
        """What asks the database, and reads the rows."""
        return _Reader(self._statement, self._parameters)


class _Reader:
    def __init__(self, statement: _Statement, parameters: list[Any]) -> None:
        self._statement, self._parameters = statement, parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._statement.compiler, name)

    def execute_sql(self, *_args: Any, **_kwargs: Any) -> Any:
        """Every row, as one chunk."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement.sql, self._parameters)
            return [cursor.fetchall()]

    def results_iter(
        self, results: Any = None, *, tuple_expected: bool = False, **_kwargs: Any
    ) -> Iterator[Any]:
        """The rows with their values as Python has them."""
        found = self.execute_sql() if results is None else results
        return self._statement.converted(found, tuple_expected=tuple_expected)


def prepared(build: Callable[Asked, QuerySet[Any, Row]]) -> Callable[Asked, list[Row]]:
    """Let a function that builds a query be called for its rows, and run only once.

    It is run with a `Parameter` for each positional argument, which it may only put into conditions: days, moments, numbers,
    texts, keys; never None. Nothing has a key of more than 64 bits, which an address may hold all the same: no row is found.
    A collection (`one_of`) stands for as many places, a short one filled up to a power of two with a value it has; of an
    empty one there is no row. What decides the shape of the query are keyword-only arguments: it is run once for each of
    their values, with these values.
    """
    signature = inspect.signature(build)
    query: Callable[..., QuerySet[Any, Row]] = build
    named = tuple(one.name for one in signature.parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD)
    shaping = {one.name for one in signature.parameters.values() if one.kind is one.KEYWORD_ONLY}
    statements: OrderedDict[Hashable, _Statement] = OrderedDict()

    @wraps(build)
    def rows(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        whole = len(args) == len(named) and kwargs.keys() == shaping
        given: dict[str, Any] = (
            dict(zip(named, args, strict=True)) | kwargs
            if whole
            else signature.bind(*args, **kwargs).arguments
        )
        if any(isinstance(value, int) and abs(value) > _MAX_KEY for value in given.values()):
            return []
        shape = {name: given.pop(name) for name in shaping if name in given}
        several = {name: _filled_up(value) for name, value in given.items() if _is_collection(value)}
        if not all(several.values()):
            return []
        lengths = tuple(len(values) for values in several.values())
        key = connection.vendor, lengths, *sorted(shape.items())
        statement = statements.get(key)
        if statement is None:
            places: Any = {name: Parameter(name) for name in given}
            places |= {
                name: [Parameter(one) for one in _each(name, values)] for name, values in several.items()
            }
            try:
                statement = statements[key] = _Statement(query(**places, **shape))
            except EmptyResultSet:  # no row can fit, e.g. for somebody who reaches nothing
                return []
            if len(statements) > _MAX_SHAPES:
                statements.popitem(last=False)
        values = {name: value for name, value in given.items() if name not in several}
        for name, elements in several.items():
            values |= zip(_each(name, elements), elements, strict=True)
        return list(statement.bound({name: _adapted(name, value) for name, value in values.items()}))

    return rows


def _is_collection(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def _filled_up(values: Collection[Any]) -> list[Any]:
    """The values, the last one repeated until there are a power of two: few lengths, and so few statements."""
    found = list(values)
    if len(found) > _MAX_FILLED_UP:
        return found
    return found + found[-1:] * ((1 << max(len(found) - 1, 0).bit_length()) - len(found))


def _each(name: str, values: Collection[Any]) -> list[str]:
    return [f"{name} {number}" for number in range(len(values))]


def _adapted(name: str, value: Any) -> Any:
    """A value as the database's driver takes it."""
    if value is None:
        raise TypeError(f"{name} is None: nothing equals it in SQL")
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
