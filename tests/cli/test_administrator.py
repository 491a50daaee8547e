"""首位管理员: a fresh home folder has somebody who can let the others in, and nobody by accident."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "from yixian.cli import main; main()", "administrator")


def administrator(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *options, "--home", home], check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("county") / "home"
    result = administrator(home, "li.ming", "--name", "李明", "--password", "river-and-mountain")
    assert result.returncode == 0, result.stdout + result.stderr
    return home


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "yixian.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_an_administrator_is_made_and_the_ledger_says_so(home: Path) -> None:
    assert rows(home, "SELECT username, display_name FROM kernel_user") == [("li.ming", "李明")]
    assert rows(home, "SELECT role, area_path FROM kernel_rolegrant") == [("administrator", "")]
    kinds = {kind for (kind,) in rows(home, "SELECT kind FROM kernel_event")}
    assert {"user.created", "grant.given"} <= kinds


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [("li.ming", "river-and-mountain", "taken"), ("wang", "short", "password")],
    ids=["a taken name", "a weak password"],
)
def test_a_refusal_is_said_in_words_and_makes_nobody(home: Path, name: str, password: str, told: str) -> None:
    result = administrator(home, name, "--password", password)
    assert result.returncode == 1
    assert told in result.stderr.lower()
    assert rows(home, "SELECT count(*) FROM kernel_user") == [(1,)]
