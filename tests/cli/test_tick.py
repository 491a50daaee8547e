"""定时 as it really runs: beside the pages, looked after like them, and by hand."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.browser.house import COMMAND, environment, served
from yixian.kernel.scheduled_tasks import scheduled_tasks

pytestmark = pytest.mark.slow
WITHIN_SECONDS = 300


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which everything was done once, by hand."""
    home = tmp_path_factory.mktemp("run_scheduled_tasks")
    result = tick(home)
    assert result.returncode == 0, result.stderr
    return home


def tick(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "tick", "--home", str(home), *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment())


def heartbeats(home: Path) -> dict[str, tuple[str, int]]:
    with closing(sqlite3.connect(home / "yixian.sqlite3")) as connection:
        rows = connection.execute("SELECT name, last_well_at, failures FROM kernel_heartbeat").fetchall()
    return {name: (well_at, failures) for name, well_at, failures in rows}


def write(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "yixian.sqlite3", timeout=30)) as connection, connection:
        connection.execute(statement)


def test_by_hand_everything_is_done_and_said(home: Path) -> None:
    names = {tick.name for tick in scheduled_tasks()}
    assert heartbeats(home).keys() == names
    write(home, "UPDATE kernel_heartbeat SET last_started_at = '2000-01-01', last_ended_at = '2000-01-02'")
    lines = tick(home).stdout.splitlines()
    assert {line.split()[0] for line in lines} == names
    assert any("sessions 0" in line for line in lines)


def test_by_hand_what_is_not_due_is_done_only_if_asked_for(home: Path) -> None:
    tick(home)
    write(home, "DELETE FROM kernel_heartbeat WHERE name <> 'kernel.tidy'")
    write(home, "UPDATE kernel_heartbeat SET held_until = NULL")
    assert "kernel.tidy" not in tick(home).stdout
    assert "kernel.tidy" in tick(home, "--all").stdout


def test_by_hand_a_failure_ends_with_one(home: Path) -> None:
    write(home, "ALTER TABLE django_session RENAME TO elsewhere")
    try:
        result = tick(home, "--all")
    finally:
        write(home, "ALTER TABLE elsewhere RENAME TO django_session")
    assert result.returncode == 1
    assert "kernel.tidy" in result.stdout
    assert "FAILED: OperationalError" in result.stdout
    assert tick(home, "--all").returncode == 0


def test_beside_the_pages_it_runs_is_started_again_and_ends_with_them(home: Path) -> None:
    write(home, "DELETE FROM kernel_heartbeat")
    with served(home):
        await_that(lambda: len(heartbeats(home)) == len(scheduled_tasks()) and all_well(home))
        first = await_that(lambda: worker(home))
        write(home, "DELETE FROM kernel_heartbeat")
        os.kill(first, signal.SIGKILL)
        second = await_that(lambda: (found := worker(home)) != first and found)
        await_that(lambda: len(heartbeats(home)) == len(scheduled_tasks()) and all_well(home))
        assert second != first
    assert worker(home) is None


def all_well(home: Path) -> bool:
    return all(well_at and not failures for well_at, failures in heartbeats(home).values())


def worker(home: Path) -> int | None:
    """The process of this home folder that looks for what is due; those that do it are its children."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            own = (process / "environ").read_bytes().split(b"\0")
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # ended meanwhile, or another user's
        if b"work" in command and f"YIXIAN_HOME={home}".encode() in own:
            found[int(process.name)] = parent
    return next((number for number, parent in found.items() if parent not in found), None)


def await_that(asked: Callable[[], Any]) -> Any:
    """The answer once there is one."""
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        answer = asked()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError("it did not happen")
