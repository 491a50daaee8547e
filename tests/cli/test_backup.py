"""备份: what comes back is what was there; what was damaged does not come back at all."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from yixian.cli import main
from yixian.cli.backup_file import BackupError, read_backup, write_backup
from yixian.cli.reach import keep_demo_here
from yixian.config.home import Home


def content(home: Home) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(home.database)) as connection:
        return connection.execute("SELECT id, word FROM facts ORDER BY id").fetchall()


def write(home: Home, word: str) -> None:
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("INSERT INTO facts (word) VALUES (?)", (word,))


@pytest.fixture
def used(tmp_path: Path) -> Home:
    home = Home(tmp_path / "used")
    home.prepare()
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, word TEXT)")
    write(home, "户")
    (home.media / "imports").mkdir()
    (home.media / "imports" / "book.xlsx").write_bytes(b"a workbook")
    home.secret()
    return home


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    home = Home(tmp_path / "empty")
    home.root.mkdir()
    return home


def test_everything_comes_back(used: Home, empty: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.tar.gz"
    write_backup(used, file)
    assert read_backup(file, empty, force=False) is None
    assert content(empty) == [(1, "户")]
    assert (empty.media / "imports" / "book.xlsx").read_bytes() == b"a workbook"
    assert empty.secret() == used.secret()


def test_a_demonstration_comes_back_as_one(used: Home, empty: Home, tmp_path: Path) -> None:
    (used.root / "demo.json").write_text("{}")
    write_backup(used, tmp_path / "county.tar.gz")
    read_backup(tmp_path / "county.tar.gz", empty, force=False)
    with pytest.raises(click.ClickException, match="can be reached"):
        keep_demo_here(empty.root, "192.0.2.1")


def test_only_the_owner_reads_the_keys(used: Home, empty: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.tar.gz"
    write_backup(used, file)
    read_backup(file, empty, force=False)
    assert file.stat().st_mode & 0o777 == 0o600
    assert (empty.keys / "web.secret").stat().st_mode & 0o777 == 0o600
    assert empty.keys.stat().st_mode & 0o777 == 0o700


def test_a_copy_made_during_writing_is_of_one_moment(used: Home, empty: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(used.database)) as writer:
        writer.execute("INSERT INTO facts (word) VALUES ('not committed')")
        write_backup(used, tmp_path / "county.tar.gz")
        writer.rollback()
    read_backup(tmp_path / "county.tar.gz", empty, force=False)
    assert content(empty) == [(1, "户")]


def test_a_home_in_use_is_not_overwritten(used: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.tar.gz"
    write_backup(used, file)
    write(used, "later")
    with pytest.raises(BackupError, match="--force"):
        read_backup(file, used, force=False)
    assert content(used) == [(1, "户"), (2, "later")]


def test_with_force_the_old_content_is_kept_aside(used: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.tar.gz"
    write_backup(used, file)
    write(used, "later")
    kept = read_backup(file, used, force=True)
    assert kept is not None
    assert content(used) == [(1, "户")]
    assert content(Home(kept)) == [(1, "户"), (2, "later")]
    assert (kept / "keys" / "web.secret").read_text() == used.secret()


@pytest.mark.parametrize("damage", ["changed", "missing", "added", "cut"])
def test_a_damaged_backup_changes_nothing(used: Home, empty: Home, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "county.tar.gz"
    write_backup(used, file)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    else:
        repack(file, tmp_path / "unpacked", damage)
    with pytest.raises(BackupError):
        read_backup(file, empty, force=False)
    assert list(empty.root.iterdir()) == []


def repack(file: Path, folder: Path, damage: str) -> None:
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    book = folder / "media" / "imports" / "book.xlsx"
    if damage == "changed":
        book.write_bytes(b"another book")
    elif damage == "missing":
        book.unlink()
    else:
        (folder / "media" / "stranger.txt").write_text("was not there")
    with tarfile.open(file, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)


def test_the_commands_say_what_they_did(used: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.tar.gz"
    made = CliRunner().invoke(main, ["backup", str(file), "--home", str(used.root)])
    assert made.exit_code == 0
    assert "keys" in made.output
    again = CliRunner().invoke(main, ["backup", str(file), "--home", str(used.root)])
    assert again.exit_code == 1
    refused = CliRunner().invoke(main, ["restore", str(file), "--home", str(used.root)])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    restored = CliRunner().invoke(main, ["restore", str(file), "--home", str(tmp_path / "new")])
    assert restored.exit_code == 0, restored.output
    assert content(Home(tmp_path / "new")) == [(1, "户")]


def test_the_databases_password_stands_in_no_list_of_processes(
    used: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$PGPASSWORD" "$@" > "$PG_TOLD"\nfor last; do :; done\n: > "$last"\n'
    )
    program.chmod(0o700)
    told = tmp_path / "told"
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("PG_TOLD", str(told))
    write_backup(used, tmp_path / "x.tar.gz", database_url="postgresql://li:p%40ss@db.example:5433/county")
    password, *words = told.read_text().splitlines()
    assert password == "p@ss"
    assert "postgresql://li@db.example:5433/county" in words
    assert "ss@" not in "".join(words).replace("li@", "")


def test_a_home_without_keys_is_not_backed_up(used: Home, tmp_path: Path) -> None:
    (used.keys / "web.secret").unlink()
    with pytest.raises(BackupError, match="keys"):
        write_backup(used, tmp_path / "x.tar.gz")
