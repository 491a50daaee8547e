"""私有数据库: a PostgreSQL cluster of one's own in a temporary folder, reached by a socket in it and by nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "yixian"

_IN_A_HURRY = {
    "listen_addresses": "",
    "max_connections": "40",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
"""Settings of a database that nobody will miss."""

_DURABLE = {"listen_addresses": "", "max_connections": "40"}


@contextmanager
def private_postgres(*, in_a_hurry: bool = True) -> Iterator[str]:
    """The ``DATABASE_URL`` of a fresh cluster while the block runs. Ends the process if PostgreSQL is not installed.

    ``in_a_hurry`` commits are lost if the server is killed.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="yixian-pg-"))
    runner = _unprivileged()
    if runner is not None:
        os.chown(folder, runner, -1)
    data = folder / "data"
    try:
        _call(
            runner,
            programs / "initdb",
            "--pgdata",
            data,
            "--username",
            _USER,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
            "--no-instructions",
        )
        settings = _IN_A_HURRY if in_a_hurry else _DURABLE
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        _call(
            runner,
            programs / "pg_ctl",
            "start",
            "--wait",
            "--silent",
            "--pgdata",
            data,
            "--log",
            folder / "log",
            "--options",
            f"{options} -c unix_socket_directories='{folder}'",
        )
        try:
            yield f"postgresql://{_USER}@/postgres?host={folder}"
        finally:
            _call(runner, programs / "pg_ctl", "stop", "--silent", "--mode", "immediate", "--pgdata", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the newest PostgreSQL server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("pg_ctl")
    if not found and elsewhere is None:
        sys.exit("PostgreSQL's server is not installed: sudo apt-get install postgresql")
    return found[-1].parent if found else Path(str(elsewhere)).resolve().parent


def _unprivileged() -> int | None:
    """Whom to run the server as: PostgreSQL refuses root. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres", known.get("nobody"))


def _call(runner: int | None, *command: str | Path) -> None:
    result = subprocess.run(
        [str(part) for part in command],
        check=False,
        user=runner,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if result.returncode != 0:
        sys.exit(f"The private PostgreSQL could not be run: {result.stderr.strip()}")
