"""只增不改: append-only tables — the database itself refuses UPDATE and DELETE, whoever asks and however.

PostgreSQL also refuses TRUNCATE. SQLite also refuses a row that would take the place of another (REPLACE): triggers of
deletions are asked then only by a connection that wants it, as ours does and other programs' do not.

The table's owner could still drop the triggers: production runs the application under a role that owns nothing (see
docs/architecture.md, “The ledger”).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION yixian_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""

_POSTGRES = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION yixian_append_only()
"""


_NO_REPLACING = """CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN {taken}
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table} is append-only'); END"""
_DELETION = "_no_delete"


def append_only(*tables: str) -> RunPython:
    """A migration operation that makes these tables append-only on SQLite and PostgreSQL."""
    return RunPython(partial(_guard, tables), partial(_lift, tables))


def lift_append_only(*tables: str) -> RunPython:
    """The opposite, for a migration that gives such a table a column: lift the guard, alter, and guard again.

    SQLite alters a table by making it anew, and its triggers would be lost without a word.
    """
    return RunPython(partial(_lift, tables), partial(_guard, tables))


def _guard(tables: tuple[str, ...], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(_POSTGRES_FUNCTION, params=None)
    template = _POSTGRES if postgres else _SQLITE
    for table in tables:
        for verb in _verbs(editor):
            editor.execute(template.format(table=table, verb=verb, verb_lower=verb.lower()), params=None)


def _lift(tables: tuple[str, ...], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for table in tables:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace", params=None)
        for verb in _verbs(editor):
            suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{suffix}", params=None)


def _verbs(editor: BaseDatabaseSchemaEditor) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", *(["TRUNCATE"] if editor.connection.vendor == "postgresql" else []))


def refuse_replacing(*, using: str, **_signal: Any) -> None:
    """Let every append-only table of a SQLite database refuse rows that would take the place of others, by whatever is unique.

    Called when migrations were applied: which tables there are, and what is unique in them, stands then.
    """
    if connections[using].vendor != "sqlite":
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = dict(cursor.fetchall())
        for table in sorted(name.removesuffix(_DELETION) for name in triggers if name.endswith(_DELETION)):
            name = f"{table}_no_replace"
            wanted = _NO_REPLACING.format(table=table, taken=_taken(cursor, table))
            if triggers.get(name) != wanted:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(wanted)


def _taken(cursor: Any, table: str) -> str:
    """That a row stands there already with one of the new row's unique values."""
    keys = [_names(cursor, "SELECT name FROM pragma_table_info(%s) WHERE pk > 0 ORDER BY pk", table)]
    indexes = 'SELECT name FROM pragma_index_list(%s) WHERE "unique" AND NOT partial ORDER BY name'
    keys += [
        _names(cursor, "SELECT name FROM pragma_index_info(%s) ORDER BY seqno", index)
        for index in _names(cursor, indexes, table)
    ]
    found = dict.fromkeys(key for key in keys if key and all(key))
    conditions = (" AND ".join(f'"{name}" = NEW."{name}"' for name in key) for key in found)
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {condition})"  # noqa: S608 - names of our own tables
        for condition in conditions
    )


def _names(cursor: Any, query: str, of: str) -> tuple[str, ...]:
    cursor.execute(query, [of])
    return tuple(name for (name,) in cursor.fetchall())
