"""变更戳: version stamps of tables — triggers of the database give a table a new random stamp with every change.

Two readings of the same stamps saw the same rows, whoever changed them and by whatever way: what was calculated from them
still holds (`yixian.kernel.memo`). A change that is rolled back takes its stamp with it, and a stamp never comes back.

SQLite has one writer at a time, and keeps the last stamp of a table. On PostgreSQL two transactions may change a table at once;
each statement adds a stamp of its own there, so that none waits for another, and all of them together are the table's state.
`forget_old_stamps` takes away all but the last hundred of each table.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

from yixian.kernel.models import ChangeStamp

TableState = tuple[tuple[Any, ...], ...]
"""The stamps of some tables at one moment: equal only where the tables are."""

_MAX_STAMPS = 100

_STATE = """
SELECT "table", COUNT(*), MAX(id), SUM(id), MAX(stamp) FROM kernel_changestamp WHERE "table" IN ({places})
GROUP BY "table" ORDER BY "table"
"""

_STAMPED = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_stamped_insert'",
    "postgresql": "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE '%_stamped'",
}

_SQLITE = """
CREATE TRIGGER {table}_stamped_{verb_lower} AFTER {verb} ON {table} BEGIN
UPDATE kernel_changestamp SET stamp = hex(randomblob(16)) WHERE "table" = '{table}';
INSERT INTO kernel_changestamp ("table", stamp) SELECT '{table}', hex(randomblob(16)) WHERE changes() = 0;
END
"""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION yixian_stamp_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO kernel_changestamp ("table", stamp) VALUES (TG_TABLE_NAME, gen_random_uuid()::text); RETURN NULL; END $$
"""

_POSTGRES = """
CREATE TRIGGER {table}_stamped AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION yixian_stamp_change()
"""


def stamped(*tables: str) -> RunPython:
    """A migration operation that lets the database stamp every change of these tables, on SQLite and PostgreSQL."""
    return RunPython(partial(_stamp, tables), partial(_lift, tables))


def lift_stamped(*tables: str) -> RunPython:
    """The opposite, for a migration that gives such a table a column: lift, alter, and stamp again.

    SQLite alters a table by making it anew, and its triggers would be lost without a word.
    """
    return RunPython(partial(_lift, tables), partial(_stamp, tables))


def state_of(tables: Collection[str]) -> TableState:
    """The stamps of these tables now, in one statement. A table without a stamp never held a row."""
    places = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        cursor.execute(_STATE.format(places=places), sorted(tables))
        return tuple(cursor.fetchall())


def stamped_tables() -> frozenset[str]:
    """The tables whose changes the database stamps."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPED[connection.vendor])
        return frozenset(row[0] for row in cursor.fetchall())


def forget_old_stamps() -> int:
    """Take away all but the latest stamps of each table, and say how many. The tables' state is another one afterwards."""
    forgotten = 0
    for table in ChangeStamp.objects.order_by().values_list("table", flat=True).distinct():
        rows = ChangeStamp.objects.filter(table=table).order_by("-id")
        first = rows.values_list("pk", flat=True)[_MAX_STAMPS - 1 : _MAX_STAMPS].first()
        if first is not None:
            forgotten += rows.filter(pk__lt=first).delete()[0]
    return forgotten


def _stamp(tables: tuple[str, ...], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(_POSTGRES_FUNCTION, params=None)
    random = "gen_random_uuid()::text" if postgres else "hex(randomblob(16))"
    for table in tables:
        for verb in [""] if postgres else _VERBS:
            template = _POSTGRES if postgres else _SQLITE
            editor.execute(template.format(table=table, verb=verb, verb_lower=verb.lower()), params=None)
        # rows that stand there already are a state of their own
        editor.execute(
            f"INSERT INTO kernel_changestamp (\"table\", stamp) SELECT '{table}', {random} "  # noqa: S608 - a migration's own names
            f"WHERE EXISTS (SELECT 1 FROM {table})",
            params=None,
        )


def _lift(tables: tuple[str, ...], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for table in tables:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_stamped ON {table}", params=None)
        else:
            for verb in _VERBS:
                editor.execute(f"DROP TRIGGER {table}_stamped_{verb.lower()}", params=None)


_VERBS = ("INSERT", "UPDATE", "DELETE")
