"""Every kept database is brought forward to this version: the schema of a new one, and not a row other than it was."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.migrated import copy_of_template, database_url, empty_database, name_on_server
from tests.upgrades.keep import FOLDER, run
from tests.upgrades.schema import schema_on_postgresql, schema_on_sqlite
from yixian.cli.backup_postgres import restore_postgres

_PREPARE = "from yixian.cli.product import prepare_tables; prepare_tables()"
_OURS = {"django_migrations", "django_content_type", "auth_permission"}
"""Django's own rows about tables, which every migration adds to."""

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """An empty home folder, prepared by this version."""
    home = tmp_path / "new"
    run(_PREPARE, home)
    return home / "yixian.sqlite3"


@pytest.mark.parametrize("kept", sorted(FOLDER.glob("*.sqlite3.gz")), ids=lambda path: path.name)
def test_a_county_on_sqlite_is_brought_forward(kept: Path, new: Path, tmp_path: Path) -> None:
    home = tmp_path / "county"
    home.mkdir()
    (home / "yixian.sqlite3").write_bytes(gzip.decompress(kept.read_bytes()))
    with closing(sqlite3.connect(home / "yixian.sqlite3")) as database:
        before = _rows(database, _tables_on_sqlite(database))
    assert before["registry_household"]
    run(_PREPARE, home)
    with (
        closing(sqlite3.connect(home / "yixian.sqlite3")) as database,
        closing(sqlite3.connect(new)) as fresh,
    ):
        assert schema_on_sqlite(database) == schema_on_sqlite(fresh)
        assert _unchanged(before, _rows(database, list(before)))
        assert _found_on_sqlite(database) == 1
        for change in ("UPDATE kernel_event SET kind = ''", "DELETE FROM compensation_statementline"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(change)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("kept", sorted(FOLDER.glob("*.dump.gz")), ids=lambda path: path.name)
def test_a_county_on_postgresql_is_brought_forward(kept: Path, tmp_path: Path) -> None:
    county, fresh = name_on_server("yixian_brought_forward"), name_on_server("yixian_new")
    empty_database(county)
    dumped = tmp_path / "database.dump"
    dumped.write_bytes(gzip.decompress(kept.read_bytes()))
    restore_postgres(database_url(county), dumped)
    copy_of_template(fresh)
    with psycopg.connect(database_url(county)) as database:
        before = _rows(database, _tables_on_postgresql(database))
    assert before["registry_household"]
    run(_PREPARE, tmp_path / "home", DATABASE_URL=database_url(county))
    with psycopg.connect(database_url(county)) as database, psycopg.connect(database_url(fresh)) as new:
        assert schema_on_postgresql(database) == schema_on_postgresql(new)
        assert _unchanged(before, _rows(database, list(before)))
        with pytest.raises(psycopg.errors.RestrictViolation):
            database.execute("UPDATE kernel_event SET kind = ''")


def _tables_on_sqlite(database: sqlite3.Connection) -> list[str]:
    """Every table with rows of its own; those of the full-text index follow from the documents."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%searchindex%'"
    return [name for (name,) in database.execute(asked) if name not in _OURS and name != "sqlite_sequence"]


def _tables_on_postgresql(database: psycopg.Connection) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return [name for (name,) in database.execute(asked) if name not in _OURS]


def _rows(database: sqlite3.Connection | psycopg.Connection, tables: list[str]) -> Rows:
    """The rows of each table by column."""
    found: Rows = {}
    for table in tables:
        cursor = database.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # type: ignore[call-overload] # ours
        columns = [column[0] for column in cursor.description]
        found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def _unchanged(before: Rows, after: Rows) -> bool:
    """Whether every row is what it was, in the columns it had that there still are. The search may have more documents."""
    known = {row["id"] for row in before["kernel_searchdocument"]}
    documents = [row for row in after["kernel_searchdocument"] if row["id"] in known]
    after = {**after, "kernel_searchdocument": documents}
    return all(
        [{column: row[column] for column in row if column in now} for row, now in pairs]
        == [{column: now[column] for column in row if column in now} for row, now in pairs]
        for table, rows in before.items()
        for pairs in [list(zip(rows, after[table], strict=True))]
    )


def _found_on_sqlite(database: sqlite3.Connection) -> int:
    """How many documents the full-text index finds by a head's family name."""
    (found,) = database.execute("SELECT count(*) FROM kernel_searchindex WHERE body MATCH '李'").fetchone()
    return int(found)
