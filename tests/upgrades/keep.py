"""留存数据库: makes the database of this version that later versions are tested to bring forward.

    python -m tests.upgrades.keep 0.1.0

Writes ``tests/upgrades/0.1.0.sqlite3.gz`` and ``0.1.0.dump.gz`` (PostgreSQL): the schema with a few rows of every kind that
must not change: households, a pack, an account, the ledger, the full-text index.
"""

from __future__ import annotations

import gzip
import importlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from yixian.cli.backup_postgres import dump_postgres

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
_MAKE = "from tests.upgrades.rows import make; make()"


def main() -> None:
    """Make both, each in a home folder of its own."""
    (version,) = sys.argv[1:]
    sys.path.insert(0, str(ROOT / "scripts"))
    private_postgres = importlib.import_module("private_postgres").private_postgres
    with tempfile.TemporaryDirectory(prefix="yixian-keep-") as home:
        run(_MAKE, Path(home))
        (FOLDER / f"{version}.sqlite3.gz").write_bytes(
            gzip.compress(_small(Path(home) / "yixian.sqlite3"), mtime=0)
        )
    with tempfile.TemporaryDirectory(prefix="yixian-keep-") as home, private_postgres() as url:
        run(_MAKE, Path(home), DATABASE_URL=url)
        dumped = Path(home) / "database.dump"
        dump_postgres(url, dumped)
        (FOLDER / f"{version}.dump.gz").write_bytes(gzip.compress(dumped.read_bytes(), mtime=0))


def run(program: str, home: Path, **more: str) -> None:
    """Run a program of this checkout on a home folder."""
    left_out = {"DATABASE_URL", "YIXIAN_HOME", "DJANGO_SETTINGS_MODULE"}
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    command = [sys.executable, "-c", f"from yixian.cli.product import open_home; open_home()\n{program}"]
    subprocess.run(command, check=True, cwd=ROOT, env=kept | {"YIXIAN_HOME": str(home)} | more)


def _small(file: Path) -> bytes:
    """The database without its free space and its log."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for statement in ("PRAGMA journal_mode=DELETE", "PRAGMA page_size=1024", "VACUUM"):
            database.execute(statement)
    return file.read_bytes()


if __name__ == "__main__":
    main()
