"""Databases in memory of one DuckDB: empty at their beginning, unseen by each other, gone at their end, safe to fork."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from yixian.engines.entitlements.memory_database import memory_database
from yixian.lazy_imports import duckdb


def _counted(rows: int) -> int:
    """How many rows there are in a table, a temporary one and a view that have the same names in every database."""
    with memory_database() as connection:
        connection.execute("CREATE TYPE word AS ENUM ('a', 'b')")
        connection.execute(f"CREATE TABLE plain AS SELECT CAST('a' AS word) FROM range({rows})")
        connection.execute("CREATE TEMP TABLE temporary AS FROM plain")
        connection.execute("CREATE TEMP VIEW seen AS FROM temporary")
        return int(connection.execute("SELECT count(*) FROM seen").fetchall()[0][0])


def test_databases_beside_each_other_see_nothing_of_each_other() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_counted, range(200))) == list(range(200))


def test_nothing_is_left_also_after_a_fault() -> None:
    def databases() -> list[tuple[str, ...]]:
        with memory_database() as connection:
            return connection.execute(
                "SELECT database_name FROM duckdb_databases() WHERE NOT internal"
            ).fetchall()

    before = len(databases())
    with pytest.raises(duckdb.CatalogException), memory_database() as connection:
        connection.execute("CREATE TABLE plain AS SELECT 1; FROM nothing")
    assert len(databases()) == before


def test_a_forked_process_has_its_own() -> None:
    assert _counted(1) == 1  # opened here, so that its threads are not in the other process
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(_counted, (50_000,)).get(timeout=60) == 50_000
