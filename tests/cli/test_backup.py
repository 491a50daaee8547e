"""备份: what comes back is what was there; what was damaged does not come back at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from yixian.cli import main
from yixian.cli.backup_encryption import encrypting, make_backup_key, recipient_of
from yixian.cli.backup_file import BackupError, check_backup, read_backup, write_backup
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


def test_an_encrypted_backup_opens_with_its_key_alone(used: Home, empty: Home, tmp_path: Path) -> None:
    file, key, other = tmp_path / "county.tar.gz.age", tmp_path / "apart.txt", tmp_path / "other.txt"
    make_backup_key(Home(tmp_path / "elsewhere"), other)
    recipient = make_backup_key(used, key)
    write_backup(used, file, recipient=recipient)
    assert key.stat().st_mode & 0o777 == 0o600
    for secret in (b"SQLite format 3", b"a workbook", used.secret().encode(), b"manifest"):
        assert secret not in file.read_bytes()
    for wrong, words in ((None, "--key"), (other, "does not open"), (file, "private key")):
        with pytest.raises(BackupError, match=words):
            read_backup(file, empty, force=False, key=wrong)
    assert list(empty.root.iterdir()) == []
    assert "keys/web.secret" in check_backup(file, key=key).files
    read_backup(file, empty, force=False, key=key)
    assert content(empty) == [(1, "户")]
    assert recipient_of(empty) == recipient


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_damaged_encrypted_backup_changes_nothing(
    used: Home, empty: Home, tmp_path: Path, damage: str
) -> None:
    file, key = tmp_path / "county.tar.gz.age", tmp_path / "apart.txt"
    (used.media / "large").write_bytes(os.urandom(300_000))
    write_backup(used, file, recipient=make_backup_key(used, key))
    whole = file.read_bytes()
    middle = len(whole) // 2
    changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    file.write_bytes({"cut": whole[:-200], "changed": changed, "empty": whole[:300]}[damage])
    with pytest.raises(BackupError):
        read_backup(file, empty, force=False, key=key)
    assert list(empty.root.iterdir()) == []


def test_a_full_disk_ends_an_encrypted_backup_with_a_sentence(used: Home, tmp_path: Path) -> None:
    (used.media / "large").write_bytes(os.urandom(3_000_000))
    key = make_backup_key(used, tmp_path / "apart.txt")
    with (
        pytest.raises(BackupError, match="cannot be encrypted"),
        Path("/dev/full").open("wb", buffering=0) as full,
        encrypting(full, key) as stream,
    ):
        stream.write((used.media / "large").read_bytes())


@pytest.mark.parametrize("damage", ["truncated", "overwritten", "half"])
def test_a_damaged_database_is_said_in_words_and_makes_no_backup(
    used: Home, tmp_path: Path, damage: str
) -> None:
    with closing(sqlite3.connect(used.database)) as connection, connection:
        connection.executemany("INSERT INTO facts (word) VALUES (?)", [("户" * 500,)] * 100)
    whole = used.database.read_bytes()
    broken = {
        "truncated": whole[:20_000],
        "overwritten": bytes(len(whole)),
        "half": whole[:9_000] + bytes(8_192) + whole[17_192:],
    }
    used.database.write_bytes(broken[damage])
    said = CliRunner().invoke(
        main, ["backup", str(tmp_path / "a"), "--home", str(used.root), "--unencrypted"]
    )
    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit)
    assert said.output.startswith("Error: The database")
    assert not list(tmp_path.glob("a*"))


def test_a_start_on_a_damaged_database_says_what_to_do(used: Home) -> None:
    used.database.write_bytes(b"not a database" * 1000)
    command = [sys.executable, "-c", "from yixian.cli import main; main()", "tick", "--home", str(used.root)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 1
    assert "yixian restore FILE --force" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_key_never_lies_in_the_home_nor_over_another(used: Home, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="apart"):
        make_backup_key(used, used.keys / "backup.key")
    make_backup_key(used, tmp_path / "apart.txt")
    with pytest.raises(BackupError, match="never written over"):
        make_backup_key(used, tmp_path / "apart.txt")


def test_backups_are_encrypted_unless_asked_otherwise(used: Home, tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["backup", str(tmp_path / "a"), "--home", str(used.root)])
    assert said.exit_code == 1
    assert "backup-key" in said.output
    said = CliRunner().invoke(
        main, ["backup", str(tmp_path / "a"), "--home", str(used.root), "--unencrypted"]
    )
    assert said.exit_code == 0
    assert "not encrypted" in said.stderr
    said = CliRunner().invoke(main, ["verify-backup", str(tmp_path / "a")])
    assert (said.exit_code, "not encrypted" in said.stderr) == (0, True)
    key = str(tmp_path / "apart.txt")
    assert CliRunner().invoke(main, ["backup-key", key, "--home", str(used.root)]).exit_code == 0
    again = CliRunner().invoke(main, ["backup-key", f"{key}2", "--home", str(used.root)])
    assert "--replace" in again.output
    assert CliRunner().invoke(main, ["backup", str(tmp_path / "b"), "--home", str(used.root)]).exit_code == 0
    assert CliRunner().invoke(main, ["verify-backup", str(tmp_path / "b")]).exit_code == 1
    said = CliRunner().invoke(main, ["verify-backup", str(tmp_path / "b"), "--key", key])
    assert (said.exit_code, said.stderr) == (0, "")


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
    made = CliRunner().invoke(main, ["backup", str(file), "--home", str(used.root), "--unencrypted"])
    assert made.exit_code == 0
    assert "keys" in made.output
    again = CliRunner().invoke(main, ["backup", str(file), "--home", str(used.root), "--unencrypted"])
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
