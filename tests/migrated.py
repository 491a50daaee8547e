"""迁移好的测试库: the test database begins as a copy of the template database, on SQLite and on PostgreSQL.

On SQLite the template is the product's own (`yixian.config.database_template`). On PostgreSQL it is a database of the
same server, named by the same key; whoever comes first migrates it, the others wait for a lock and copy it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from yixian.config import database_template
from yixian.config.sqlite import sqlite3

_LOCK = 0x79697869616E
"""Of the server, while a template is made or copied: PostgreSQL copies no database that somebody is connected to."""


@contextmanager
def migrated_database() -> Iterator[None]:
    """The connection's test database, with all migrations applied, while the block runs."""
    made = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with made():
        yield


def name_on_server(name: str) -> str:
    """A database's name that no other worker of the same run uses: all of them share the server."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def copy_of_template(name: str) -> None:
    """Make a database of this name on the tests' PostgreSQL server, as a copy of the template, in place of any other."""
    template = f"yixian_template_{database_template.migrations_key()[:16]}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_template(server, template)
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def empty_database(name: str) -> None:
    """Make a database of this name on the tests' PostgreSQL server without a table, in place of any other."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')


def database_url(name: str) -> str:
    """The ``DATABASE_URL`` of a database on the tests' PostgreSQL server, for a process of its own."""
    told = connection.settings_dict
    who = quote(told["USER"]) + (f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else "")
    return f"postgresql://{who}@/{name}?host={told['HOST']}&port={told['PORT'] or 5432}"


def _make_template(server: psycopg.Connection, template: str) -> None:
    """Under another name until it is whole."""
    unfinished = f"{template}_unfinished"
    server.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
    server.execute(f'CREATE DATABASE "{unfinished}"')
    with _connected_to(unfinished):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')


@contextmanager
def _on_sqlite() -> Iterator[None]:
    name = "file:memorydb_default?mode=memory&cache=shared"
    with _connected_to(name):
        connection.ensure_connection()
        template = database_template.template()
        if template is None:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            database_template.keep(connection.connection)
        else:
            with closing(sqlite3.connect(template)) as source:
                source.backup(connection.connection)
        yield


@contextmanager
def _on_postgresql() -> Iterator[None]:
    name = name_on_server(f"test_{connection.settings_dict['NAME']}")
    copy_of_template(name)
    with _connected_to(name):
        yield
    with _server() as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Django's connection, on another database while the block runs."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = own


def _server() -> psycopg.Connection:
    """A connection of one's own to the server, apart from Django's, whose statements are done at once."""
    told = connection.settings_dict
    where = {"user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"], "port": told["PORT"]}
    given = {key: value for key, value in where.items() if value}
    return psycopg.connect(dbname="postgres", autocommit=True, **given)
