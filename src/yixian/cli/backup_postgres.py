"""PostgreSQL 的备份与恢复: a database into one file and back, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

_INSTALL = "sudo apt-get install postgresql-client"

_DROP_TABLES = """
SET client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', name);
  END LOOP;
END $$
"""


class BackupError(Exception):
    """A backup that cannot be made or must not be restored; the sentence says why and what to do."""


def dump_postgres(database_url: str, file: Path) -> None:
    """Copy a database, as it is at one moment, into a file of pg_dump's custom form. Raises `BackupError`."""
    _run(database_url, "pg_dump", "--format=custom", "--no-owner", "--file", str(file))


def read_dump(file: Path) -> None:
    """Raise `BackupError` unless this machine's pg_restore can read a file that pg_dump wrote."""
    _run("", "pg_restore", "--list", str(file))


def restore_postgres(database_url: str, file: Path) -> None:
    """Put a dump in the place of all tables that the database has, also such as the dump does not know.

    In one transaction of the server: all of it or nothing. Raises `BackupError`; then the database is as it was.
    """
    script = file.with_suffix(".sql")
    _run("", "pg_restore", "--clean", "--if-exists", "--no-owner", "--file", str(script), str(file))
    once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1")
    _run(database_url, "psql", *once, "--command", _DROP_TABLES, "--file", str(script))
    script.unlink()


def has_tables(database_url: str) -> bool:
    """Whether there is anything in the database. Raises `BackupError` if it cannot be asked."""
    asked = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"
    return bool(_run(database_url, "psql", "--no-psqlrc", "--tuples-only", "--command", asked).strip())


def _run(database_url: str, program: str, *options: str) -> str:
    """Run one of PostgreSQL's programs; its output. The password is handed over where no list of processes shows it."""
    command, environment = [program, *options], dict(os.environ)
    if database_url:
        address, password = _without_password(database_url)
        command[1:1] = ["--dbname", address]
        if password:
            environment["PGPASSWORD"] = password
    try:
        result = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not installed: {_INSTALL}. Nothing was changed.") from error
    if result.returncode != 0:
        raise BackupError(f"{program} failed: {result.stderr.strip()}")
    return result.stdout


def _without_password(database_url: str) -> tuple[str, str]:
    """The address without its password, and the password."""
    parts = urlsplit(database_url)
    if not parts.password:
        return database_url, ""
    user, _colon, _password = parts.netloc.rpartition("@")[0].partition(":")
    seat = f"{user}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=seat)), unquote(parts.password)
