"""数据库设置: what of a database's address is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.config.databases import database_settings

_FILE = Path("/home/yixian.sqlite3")
_WAITS = {"options": "-c lock_timeout=60000"}
"""A statement waits for a lock no longer than on SQLite."""


@pytest.fixture(autouse=True)
def no_page_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test before this one may have loaded the web server, which says how long its pages wait."""
    monkeypatch.delenv("YIXIAN_DATABASE_WAIT", raising=False)


def test_an_address_says_how_postgresql_is_reached_and_how_it_is_trusted() -> None:
    url = "postgresql://yx:a%40b@db.example.org:6432/county?sslmode=verify-full&sslrootcert=/etc/ca.pem&x=1"
    found = database_settings(url, _FILE)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("county", "yx", "a@b")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "6432")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"} | _WAITS


def test_a_socket_needs_no_trust() -> None:
    found = database_settings("postgres:///county?host=/run/postgresql&port=5433", _FILE)
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "5433", _WAITS)


def test_without_an_address_it_is_a_file_that_loses_nothing() -> None:
    found = database_settings("", _FILE)
    assert found["NAME"] == str(_FILE)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON"):
        assert pragma in found["OPTIONS"]["init_command"]


def test_pages_wait_less_for_either_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIXIAN_DATABASE_WAIT", "10")
    assert database_settings("", _FILE)["OPTIONS"]["timeout"] == 10
    assert database_settings("postgresql:///county", _FILE)["OPTIONS"]["options"] == "-c lock_timeout=10000"


def test_another_databases_address_is_refused() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        database_settings("mysql://db.example.org/county", _FILE)
