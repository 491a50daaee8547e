"""Kill -9 in the middle of entering a workbook leaves the register as it was; entering it again then goes on, and succeeds."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
_TABLES = (
    "registry_area",
    "registry_household",
    "registry_person",
    "inventory_inventoryitem",
    "registry_helper",
)

_PROGRAM = """
import sys
from pathlib import Path
from yixian.cli.product import open_home, prepare
open_home(sys.argv[2]); prepare()
from django.core.files import File
from django.utils import timezone
from yixian.kernel.actors import system_actor
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage
now, actor = timezone.now(), system_actor("test")
with Path(sys.argv[1]).open("rb") as content:
    batch = stage(File(content), file_name="county.xlsx", actor=actor, at=now)
check(batch, at=now)
def report(step, done, total):
    if step == "Writing to the register" and done == int(sys.argv[3]):
        Path(sys.argv[2], "reached").touch()
        sys.stdin.read()
commit(batch, partial=False, actor=actor, at=now, report=report)
"""


def _counts(home: Path) -> list[int]:
    with sqlite3.connect(home / "yixian.sqlite3") as connection:
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES]


def _environment(home: Path) -> dict[str, str]:
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        },
        "YIXIAN_HOME": str(home),
    }


def test_a_killed_import_leaves_nothing_behind(county_file, tmp_path):
    home = tmp_path / "home"
    arguments = [sys.executable, "-c", _PROGRAM, str(county_file), str(home)]
    for step in (1, 3, 5):
        _killed_at(step, home, arguments)
        assert _counts(home) == [0, 0, 0, 0, 0], step
    again = subprocess.run([*arguments, "99"], stdin=subprocess.DEVNULL, env=_environment(home), check=False)
    assert again.returncode == 0
    assert all(_counts(home))


def _killed_at(step: int, home: Path, arguments: list[str]) -> None:
    """Enter the workbook and be killed after so many steps of writing."""
    reached = home / "reached"
    reached.unlink(missing_ok=True)
    with subprocess.Popen([*arguments, str(step)], stdin=subprocess.PIPE, env=_environment(home)) as process:
        deadline = time.monotonic() + 300
        while not reached.exists():
            assert process.poll() is None, "the import ended before it was to be killed"
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
