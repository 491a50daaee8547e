"""The product as it really runs: a small county made by the demonstration command, served by the serve command."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.made_once import made_once
from yixian.demo.note import Note, read_note

COMMAND = (sys.executable, "-c", "from yixian.cli import main; main()")
START_SECONDS = 300
"""Waited for in vain only where something is broken: every wait ends as soon as it may."""


@dataclass(frozen=True)
class House:
    """A served home folder."""

    address: str
    home: Path
    note: Note

    def names(self) -> re.Pattern[str]:
        """Every name that the register holds in Chinese alone: of people and posts, of some places and bodies."""
        columns = (
            ("registry_person", "name", "1 = 1"),
            ("registry_area", "name", "name_en = ''"),
            ("registry_organisation", "name", "name_en = ''"),
            ("registry_post", "title", "1 = 1"),
            ("inventory_inventoryitem", "place", "1 = 1"),
            ("survey_campaign", "title", "1 = 1"),
            ("survey_surveyteam", "name", "1 = 1"),
            ("survey_fielddevice", "label", "1 = 1"),
        )
        found = {
            row[0]
            for table, column, condition in columns
            for row in self.rows(f"SELECT {column} FROM {table} WHERE {condition}")
        }
        return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True) if name))

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What a query finds in the database file itself."""
        with closing(sqlite3.connect(f"file:{self.home / 'yixian.sqlite3'}?mode=ro", uri=True)) as connection:
            return connection.execute(query, parameters).fetchall()

    def text_of(self, table: str, column: str, pk: int) -> str:
        """A column of one row."""
        return str(self.rows(f"SELECT {column} FROM {table} WHERE id = ?", pk)[0][0])

    def latest_matter(self) -> str:
        """The number of the matter that was taken down last by somebody of the staff."""
        query = "SELECT number FROM matters_matter WHERE recorded_by_id IS NOT NULL ORDER BY id DESC LIMIT 1"
        return str(self.rows(query)[0][0])

    def first_id(self, table: str, condition: str = "1 = 1") -> int:
        """The smallest id in a table."""
        found = self.rows(f"SELECT min(id) FROM {table} WHERE {condition}")[0][0]
        assert found is not None, f"{table} is empty"
        return int(found)


def own_county(factory: pytest.TempPathFactory) -> tuple[Path, Note]:
    """A copy of one's own of an invented county, which the command that everybody uses made once in this run."""
    home = factory.mktemp("county") / "home"
    shutil.copytree(demonstration(factory), home)
    note = read_note(home)
    assert note is not None
    return home, note


def demonstration(factory: pytest.TempPathFactory) -> Path:
    """The home folder that everybody gets first, made once for all lanes: whoever changes something in it takes a copy."""
    return made_once(factory, "demonstration", make_demonstration)


def make_demonstration(home: Path, *options: str) -> None:
    """Make an invented county in an empty folder, by the command."""
    command = [*COMMAND, "demo", "--no-serve", "--home", str(home), *options]
    result = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())
    assert result.returncode == 0, result.stdout + result.stderr


def write_template(home: Path, file: Path) -> None:
    """The empty workbook, by the command."""
    command = [*COMMAND, "template", "workbook", str(file), "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True, env=environment())


@contextmanager
def served(home: Path, *options: str) -> Iterator[str]:
    """The address at which a home folder is served, with options of the command, while the block runs."""
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--home", str(home), "--port", str(port), *options], env=environment()
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await_answer(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)


def await_answer(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the front page is answered."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended by itself"
        try:
            with urlopen(f"{address}/", timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """Ours without the test settings."""
    left_out = {"DJANGO_SETTINGS_MODULE", "YIXIAN_HOME", "DATABASE_URL"}
    return {key: value for key, value in os.environ.items() if key not in left_out}
