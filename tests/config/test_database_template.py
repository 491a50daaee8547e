"""A new database begins as a copy of the template: whole, never over another one, and the same as one migrated anew."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from yixian.config import database_template

ROOT = Path(__file__).resolve().parents[2]
_PREPARE = "from yixian.cli.product import open_home, prepare_tables; open_home(); prepare_tables()"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for templates, in place of the environment's."""
    made = tmp_path / "templates"
    made.mkdir()
    monkeypatch.setattr(database_template, "cache_folder", lambda: made)
    return made


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """What stands for a migrated database."""
    with closing(sqlite3.connect(tmp_path / "migrated.sqlite3")) as database:
        database.executescript("CREATE TABLE household (no TEXT); INSERT INTO household VALUES ('1-1');")
        yield database


def test_a_new_database_begins_as_a_copy_of_the_template(
    folder: Path, migrated: sqlite3.Connection, tmp_path: Path
) -> None:
    target = tmp_path / "yixian.sqlite3"
    assert not database_template.begin(target)
    database_template.keep(migrated)
    assert database_template.begin(target)
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("SELECT no FROM household").fetchall() == [("1-1",)]
    assert [path.name for path in folder.iterdir()] == [
        f"migrated-{database_template.migrations_key()[:32]}.sqlite3"
    ]


def test_a_database_that_is_there_is_never_replaced(
    folder: Path, migrated: sqlite3.Connection, tmp_path: Path
) -> None:
    database_template.keep(migrated)
    target = tmp_path / "yixian.sqlite3"
    target.write_bytes(b"a county's")
    assert not database_template.begin(target)
    assert target.read_bytes() == b"a county's"


def test_of_several_at_once_one_puts_it_there(
    folder: Path, migrated: sqlite3.Connection, tmp_path: Path
) -> None:
    database_template.keep(migrated)
    home = tmp_path / "home"
    home.mkdir()
    with ThreadPoolExecutor(8) as several:
        put = list(several.map(lambda _: database_template.begin(home / "yixian.sqlite3"), range(8)))
    assert put.count(True) == 1
    assert [path.name for path in home.iterdir()] == ["yixian.sqlite3"]


def test_other_migrations_never_meet_it(
    folder: Path, migrated: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database_template.keep(migrated)
    other = tmp_path / "matters" / "migrations" / "0002_a_later_one.py"
    other.parent.mkdir(parents=True)
    other.write_text("operations = []")
    sources = [*database_template._sources(), other]
    monkeypatch.setattr(database_template, "_sources", lambda: sources)
    assert not database_template.begin(tmp_path / "yixian.sqlite3")
    database_template.keep(migrated)
    assert len(list(folder.iterdir())) == 1, "that of the other version goes"


def test_every_migration_of_ours_and_of_the_libraries_counts() -> None:
    sources = {"/".join(path.parts[-3:]) for path in database_template._sources()}
    assert {
        "kernel/migrations/0001_initial.py",
        "matters/migrations/0001_initial.py",
        "mfa/migrations/0001_initial.py",
        "yixian/kernel/append_only.py",
        "kernel/search/triggers.py",
    } <= sources


def test_where_nothing_can_be_kept_the_database_is_migrated(
    migrated: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_template, "cache_folder", lambda: None)
    database_template.keep(migrated)
    assert not database_template.begin(tmp_path / "yixian.sqlite3")


def test_what_is_copied_is_what_is_migrated(tmp_path: Path) -> None:
    """The migrations themselves, really run; and the same from the copy, with all of Django's own rows."""
    cache = tmp_path / "cache"
    schemas = []
    for name in ("migrated", "copied"):
        home = tmp_path / name
        _in_a_process(_prepare_with(cache), home)
        with closing(sqlite3.connect(home / "yixian.sqlite3")) as database:
            schemas.append(_contents(database))
    assert len(list(cache.iterdir())) == 1
    assert schemas[0] == schemas[1]


def _prepare_with(cache: Path) -> str:
    return (
        "from pathlib import Path\nfrom yixian.config import database_template\n"
        f"database_template.cache_folder = lambda: Path({str(cache)!r})\n{_PREPARE}"
    )


def _in_a_process(program: str, home: Path) -> None:
    home.mkdir()
    (home.parent / "cache").mkdir(exist_ok=True)
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    result = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=kept | {"YIXIAN_HOME": str(home)},
    )
    assert result.returncode == 0, result.stderr


def _contents(database: sqlite3.Connection) -> list[object]:
    """The whole schema, with triggers, and the rows by which Django knows its tables and what was applied."""
    schema = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    rows = [
        database.execute(statement).fetchall()
        for statement in (
            "SELECT app, name FROM django_migrations ORDER BY id",
            "SELECT id, app_label, model FROM django_content_type ORDER BY id",
            "SELECT id, name, content_type_id, codename FROM auth_permission ORDER BY id",
        )
    ]
    return [schema, *rows]
