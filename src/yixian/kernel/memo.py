"""记忆: exact memoisation — a calculation over whole tables is repeated only when one of them has changed.

What is kept is kept in this process, under the arguments, the language and the tables' change stamps (`change_stamps`): it is
what the calculation would give now, never what it gave a minute ago. A calculation names every table that it reads; one that
reads another is refused, so that none can grow stale by an oversight.

Only what belongs to nobody is kept, or what the arguments limit to somebody: rights are decided before, by who asks, and are
part of the arguments (the paths that an actor reaches) or of the query that uses the result.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import get_language

from yixian.kernel.change_stamps import TableState, state_of

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

MEMOISED: dict[str, frozenset[str]] = {}
"""The tables of every memoised calculation, by its name: what the tests ask whether each is stamped."""

_MAX_RESULTS = 16
"""Results that a process keeps of a calculation, the latest used ones, unless it says otherwise."""

_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
_STAMPS = "kernel_changestamp"

_lock = Lock()
_allowed: ContextVar[frozenset[str] | None] = ContextVar("tables of the calculation", default=None)
_watched: ContextVar[set[str] | None] = ContextVar("tables that are read", default=None)


_read: ContextVar[dict[frozenset[str], TableState] | None] = ContextVar("stamps read", default=None)


class UndeclaredTable(RuntimeError):
    """A memoised calculation reads a table that it does not name."""


def memoised(
    *models: type[Model], most: int = _MAX_RESULTS
) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Let a calculation be repeated only when the rows of ``models``, all that it reads, or its arguments are other ones.

    At ``most`` so many results are kept: more of small ones that differ from person to person.
    Arguments must be hashable. Nobody may change what it returns, which holds values and no query. Raises `UndeclaredTable`
    where it reads another table, and TypeError for a query as a result.
    """
    tables = frozenset(model._meta.db_table for model in models)  # noqa: SLF001 - Django's documented interface

    def kept(calculate: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        name = f"{calculate.__module__}.{calculate.__qualname__}"
        MEMOISED[name] = tables
        results: OrderedDict[Hashable, Answer] = OrderedDict()

        @wraps(calculate)
        def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            _require(name, tables)
            _note(tables)
            given = args, tuple(sorted(kwargs.items())), get_language()
            asked = *given, _state_read(tables)
            with _lock:
                if asked in results:
                    results.move_to_end(asked)
                    return results[asked]
            if _read.get() is not None:
                asked = *given, _state_read(tables, anew=True)
            found = _calculated(name, tables, lambda: calculate(*args, **kwargs))
            with _lock:
                results[asked] = found
                while len(results) > most:
                    results.popitem(last=False)
            return found

        return answer

    return kept


@contextmanager
def one_reading() -> Iterator[None]:
    """While a page is made that changes nothing, the stamps of the same tables are read once, whoever asks for them.

    What is calculated anew is kept under stamps read just before it.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


@contextmanager
def watching_tables() -> Iterator[set[str]]:
    """Collects every table that is read meanwhile: by statements, and by memoised calculations, which may ask none."""
    read: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        read.update(_TABLE.findall(sql))
        return execute(sql, params, many, context)

    token = _watched.set(read)
    try:
        with connection.execute_wrapper(watch):
            yield read
    finally:
        _watched.reset(token)
        read.discard(_STAMPS)


def _note(tables: frozenset[str]) -> None:
    read = _watched.get()
    if read is not None:
        read |= tables


def _state_read(tables: frozenset[str], *, anew: bool = False) -> TableState:
    read = _read.get()
    if read is None:
        return state_of(tables)
    if anew or tables not in read:
        read[tables] = state_of(tables)
    return read[tables]


def _calculated(name: str, tables: frozenset[str], calculate: Callable[[], Answer]) -> Answer:
    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        _require(name, frozenset(_TABLE.findall(sql)) - {_STAMPS})
        return execute(sql, params, many, context)

    token = _allowed.set(tables)
    try:
        with connection.execute_wrapper(watch):
            found = calculate()
    finally:
        _allowed.reset(token)
    if isinstance(found, QuerySet):
        raise TypeError(f"{name} returns a query, which would be asked later")
    return found


def _require(name: str, tables: frozenset[str]) -> None:
    allowed = _allowed.get()
    if allowed is not None and not tables <= allowed:
        raise UndeclaredTable(f"{name} reads {', '.join(sorted(tables - allowed))}")
