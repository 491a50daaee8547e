"""Which SQLite the product works with."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import Database

from yixian.config.checks import check_sqlite
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


def test_one_that_does_is_named_at_the_start(monkeypatch: pytest.MonkeyPatch):
    assert connection.vendor != "sqlite" or check_sqlite() == []
    monkeypatch.setattr("yixian.config.checks.connection", SimpleNamespace(vendor="sqlite"))
    old = SimpleNamespace(sqlite_version="3.40.1", sqlite_version_info=(3, 40, 1))
    monkeypatch.setattr("yixian.config.checks.sqlite3", old)
    (caution,) = check_sqlite()
    assert (caution.id, "3.40.1" in caution.msg) == ("yixian.W001", True)
    monkeypatch.setattr("yixian.config.checks.connection", SimpleNamespace(vendor="postgresql"))
    assert check_sqlite() == []


def test_every_command_finds_it_before_django_does():
    asked = "import yixian.cli.backup_file, sqlite3; print(sqlite3.__name__)"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == sqlite3.__name__
