"""只增不改: append-only tables — the database itself refuses UPDATE and DELETE, whoever asks and however.

PostgreSQL also refuses TRUNCATE. The table's owner could still drop the triggers: production runs the application under
a role that owns nothing (see docs/architecture.md, “The ledger”).
"""

from __future__ import annotations

from functools import partial
from typing import Any

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
        for verb in _verbs(editor):
            suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{suffix}", params=None)


def _verbs(editor: BaseDatabaseSchemaEditor) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", *(["TRUNCATE"] if editor.connection.vendor == "postgresql" else []))
