"""SQLite 库: the one SQLite that a process of this product uses — the wheel's, or the interpreter's where there is no wheel.

SQLite 3.7.0 to 3.51.2 can lose commits in WAL mode when two connections checkpoint while a third begins the log anew (the
*WAL-reset bug*, sqlite.org/wal.html; mended in 3.51.3, and in 3.44.6 and 3.50.7), and distributions still ship such versions.
Two libraries in one process would undo each other's locks (sqlite.org/howtocorrupt.html, 2.2.1), so whoever needs ``sqlite3``
takes it from here, and Django finds the same under that name. Why this wheel: decision 045.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module

with suppress(ImportError):  # the wheel is there for Linux, `pyproject.toml`
    sys.modules["sqlite3"] = import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")

import sqlite3  # noqa: TID251 - the one that was just chosen

__all__ = ["loses_commits", "sqlite3"]

_MENDED = (3, 51, 3)
_MENDED_OLDER = {(3, 44): 6, (3, 50): 7}


def loses_commits(version: tuple[int, int, int]) -> bool:
    """Whether a version of SQLite has the WAL-reset bug."""
    series = version[:2]
    return version < _MENDED and not version[2] >= _MENDED_OLDER.get(series, version[2] + 1)
