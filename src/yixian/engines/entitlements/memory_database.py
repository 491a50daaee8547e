"""内存库: a DuckDB database in memory for one calculation, opened beside others in the DuckDB that the process has.

To open DuckDB (an instance: its functions, its threads) takes 25 ms of a core, more than to reckon a household; to attach
one more empty database to an open instance takes less than one. Databases of an instance see nothing of each other.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from yixian.lazy_imports import duckdb

_THREADS = 2
_NUMBERS = itertools.count(1)
_OPENING = Lock()


@contextmanager
def memory_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty database in memory, which is freed after the block. Any thread may open one."""
    name = f"calculation_{next(_NUMBERS)}"
    with _OPENING:
        connection = _instance(os.getpid()).cursor()
    try:
        connection.execute(f"ATTACH ':memory:' AS {name}; USE {name}")
        yield connection
    finally:
        try:
            connection.execute(f"USE memory; DETACH {name}")
        except duckdb.Error:
            _instance.cache_clear()  # a fault inside DuckDB makes its whole instance unusable
        connection.close()


@cache
def _instance(_process: int) -> duckdb.DuckDBPyConnection:
    """The process's DuckDB. A forked process opens its own: the threads of its parent's are not in it."""
    return own_instance(_THREADS)


def own_instance(threads: int, memory_mb: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of one's own, for whoever limits its threads and its memory, which all databases of an instance share."""
    connection = duckdb.connect(":memory:")
    connection.execute(
        f"SET threads = {threads}; SET preserve_insertion_order = false; SET enable_progress_bar = false"
    )
    if memory_mb is not None:
        connection.execute(f"SET memory_limit = '{memory_mb}MB'")
    return connection
