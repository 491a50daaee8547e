"""Which SQLite the product works with."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db.backends.sqlite3.base import Database

from yixian.config.sqlite import loses_commits, sqlite3


def test_django_and_we_use_the_same_one():
    assert Database.sqlite_version == sqlite3.sqlite_version
    assert Database.connect is sqlite3.connect


def test_the_wheels_loses_no_commits():
    assert not loses_commits(sqlite3.sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "loses"),
    [
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_versions_are_told_apart(version, loses):
    assert loses_commits(version) is loses


def test_every_command_finds_it_before_django_does():
    asked = "import yixian.cli.backup_file, sqlite3; print(sqlite3.__name__)"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == sqlite3.__name__
