"""只增不改: makes the database itself refuse UPDATE and DELETE on a table, whoever asks and however.

PostgreSQL also refuses TRUNCATE. The table's owner could still drop the triggers: production runs the application under
a role that owns nothing (see docs/architecture.md, “The ledger”).
"""

from __future__ import annotations

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

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        if vendor == "postgresql":
            editor.execute(_POSTGRES_FUNCTION, params=None)
        for table in tables:
            for verb in ("UPDATE", "DELETE", *(["TRUNCATE"] if vendor == "postgresql" else [])):
                template = _POSTGRES if vendor == "postgresql" else _SQLITE
                editor.execute(template.format(table=table, verb=verb, verb_lower=verb.lower()), params=None)

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        for table in tables:
            for verb in ("update", "delete", *(["truncate"] if vendor == "postgresql" else [])):
                suffix = f" ON {table}" if vendor == "postgresql" else ""
                editor.execute(f"DROP TRIGGER {table}_no_{verb}{suffix}", params=None)

    return RunPython(forwards, backwards)
