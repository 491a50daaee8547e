"""备份 on PostgreSQL: what comes back into an empty database and home, or over a later one, is what was there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from python_calamine import CalamineWorkbook

from tests.workbook.books import with_cell
from yixian.cli.backup_file import BackupError, write_backup
from yixian.cli.backup_postgres import has_tables
from yixian.config.home import Home
from yixian.demo.county import generate
from yixian.engines.entitlements import load_pack
from yixian.workbook.schema import SHEETS
from yixian.workbook.writing import write_workbook

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
HOUSEHOLDS = 80

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@dataclass(frozen=True)
class Installation:
    """A home folder with a PostgreSQL database of its own."""

    home: Path
    database_url: str

    def run(self, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run the command on it."""
        own = {"DATABASE_URL": self.database_url, "YIXIAN_HOME": str(self.home)}
        own |= {} if path is None else {"PATH": path}
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return subprocess.run(
            [sys.executable, "-c", "from yixian.cli import main; main()", *words],
            check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=kept | own,
        )  # fmt: skip

    def done(self, *words: str) -> None:
        """Run a command that must succeed."""
        result = self.run(*words)
        assert result.returncode == 0, result.stdout + result.stderr

    def register(self, file: Path) -> dict[str, list[list[object]]]:
        """Every sheet of the register, cell by cell, taken out into a file."""
        self.done("export", "workbook", str(file))
        book = CalamineWorkbook.from_path(str(file))
        return {page.zh: book.get_sheet_by_name(page.zh).to_python() for page in SHEETS}

    def events(self) -> list[tuple[object, ...]]:
        """The ledger, but for the readings that this test causes."""
        with psycopg.connect(self.database_url) as held:
            return held.execute(
                "SELECT id, kind, at, actor_label, data FROM kernel_event ORDER BY id"
            ).fetchall()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Callable[[str], Installation]]:
    """Makes an installation with an empty database, which is dropped in the end."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    made: list[str] = []

    def make(name: str) -> Installation:
        database = f"backup_{os.getpid()}_{name}"
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as held:
            held.execute(f"CREATE DATABASE {database}")
        made.append(database)
        home = tmp_path / name
        home.mkdir()
        return Installation(home, urlunsplit(parts._replace(path=f"/{database}")))

    yield make
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as held:
        for database in made:
            held.execute(f"DROP DATABASE {database} WITH (FORCE)")


def test_a_county_comes_back_into_an_empty_database_and_over_a_later_one(
    installation: Callable[[str], Installation], tmp_path: Path
) -> None:
    used, empty = installation("used"), installation("empty")
    book, file = tmp_path / "county.xlsx", tmp_path / "county.tar.gz"
    write_workbook(book, generate(HOUSEHOLDS, seed=3), pack=load_pack(PACK))
    used.done("import", "workbook", str(book))
    before, events = used.register(tmp_path / "before.xlsx"), used.events()
    used.done("backup", str(file), "--unencrypted")
    later = with_cell(book, "households", "address", "后来的住址")
    used.done("import", "workbook", str(later), "--yes")
    assert used.register(tmp_path / "later.xlsx") != before

    empty.done("restore", str(file))
    assert empty.register(tmp_path / "restored.xlsx") == before
    assert empty.events()[: len(events)] == events
    with psycopg.connect(empty.database_url) as held, pytest.raises(psycopg.errors.RestrictViolation):
        held.execute("UPDATE kernel_event SET kind = 'nothing'")

    with psycopg.connect(used.database_url) as held:  # a table of a later version, which hangs on one of ours
        held.execute("CREATE TABLE of_a_later_version (household bigint REFERENCES registry_household (id))")
    refused = used.run("restore", str(file))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    used.done("restore", str(file), "--force")
    assert used.register(tmp_path / "back.xlsx") == before
    (kept,) = tmp_path.glob("used.before-*")
    assert (kept / "database.dump").stat().st_size > 0
    assert any((kept / "keys").iterdir())


def test_without_postgresqls_programs_it_says_what_to_install(
    installation: Callable[[str], Installation], tmp_path: Path
) -> None:
    used = installation("bare")
    Home(used.home).prepare()
    Home(used.home).secret()
    result = used.run("backup", str(tmp_path / "x.tar.gz"), "--unencrypted", path="/nonexistent")
    assert result.returncode == 1
    assert "pg_dump is not installed: sudo apt-get install postgresql-client" in result.stderr
    assert not (tmp_path / "x.tar.gz").exists()


def test_a_database_that_is_not_there_is_named_and_nothing_is_written(
    installation: Callable[[str], Installation], tmp_path: Path
) -> None:
    used = installation("lost")
    Home(used.home).prepare()
    Home(used.home).secret()
    assert not has_tables(used.database_url)
    with pytest.raises(BackupError, match="no_such_county"):
        write_backup(
            Home(used.home),
            tmp_path / "x.tar.gz",
            database_url=used.database_url.replace("backup_", "no_such_county_"),
        )
    assert not list(tmp_path.glob("x.tar*"))
