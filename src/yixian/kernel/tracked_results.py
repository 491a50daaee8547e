"""跟踪结果: dependency-tracked memoisation — what was calculated stands while no table that it has read was changed.

Where `memo` is told which tables a calculation reads, this one watches: the statements that a calculation asks, and the
tables of memoised ones that it calls. Asked again while the change stamps of all of them are the same it would read the same
rows, and so come to the same. The tables are learned the first time, the result is kept from the second: their stamps have to
be read before the rows. A calculation that reads a table without stamps is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.utils.translation import get_language

from yixian.kernel.change_stamps import stamped_tables, state_of
from yixian.kernel.memo import watching_tables

Answer = TypeVar("Answer")
Stamps = Mapping[str, tuple[Any, ...]]
"""The stamps of each table, as read at the beginning of a request."""


class TrackedResults(Generic[Answer]):
    """The results of several named calculations, at ``most`` so many, the latest used ones."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._tables: dict[str, frozenset[str]] = {}
        self._results: OrderedDict[Hashable, tuple[Hashable, Answer]] = OrderedDict()
        self._lock = Lock()

    def stamps(self, names: Iterable[str]) -> Stamps:
        """The stamps of every table that these calculations are known to read, in one statement."""
        tables = frozenset().union(*(self._tables.get(name, frozenset()) for name in names))
        return {row[0]: row for row in state_of(tables)} if tables else {}

    def answer(self, name: str, asked: Hashable, stamps: Stamps, calculate: Callable[[], Answer]) -> Answer:
        """What a calculation gives for what is ``asked``, kept or calculated; ``stamps`` were read in this request."""
        known = self._tables.get(name)
        key = name, asked, get_language()
        state = tuple(stamps.get(table) for table in sorted(known)) if known is not None else None
        with self._lock:
            kept = self._results.get(key)
            if kept is not None and state is not None and kept[0] == state:
                self._results.move_to_end(key)
                return kept[1]
        with watching_tables() as read:
            found = calculate()
        self._keep(name, key, state, known, frozenset(read), found)
        return found

    def _keep(
        self,
        name: str,
        key: Hashable,
        state: Hashable,
        known: frozenset[str] | None,
        read: frozenset[str],
        found: Answer,
    ) -> None:
        with self._lock:
            if read and not read <= _stamped(connection.vendor):
                self._tables.pop(name, None)
            elif known is not None and read <= known:
                self._results[key] = state, found
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            else:
                self._tables[name] = read | (known or frozenset())


@lru_cache(maxsize=2)
def _stamped(_vendor: str) -> frozenset[str]:
    return stamped_tables()
