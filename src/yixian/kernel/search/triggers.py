"""全文索引: a migration operation for the full-text index of `SearchDocument`, kept by triggers of the database itself.

FTS5 on SQLite, a tsvector with GIN on PostgreSQL. The tokens are cut by `yixian.kernel.search`; the databases only split
at blanks. PostgreSQL's own parser would drop Han characters under some locales, so the vector is built from the tokens
directly, with their positions for phrases. GIN's pending list is off: after a bulk import it makes the planner pass the
index over until the next vacuum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

_SQLITE = (
    (
        "CREATE VIRTUAL TABLE kernel_searchindex USING fts5("
        "body, content='kernel_searchdocument', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 4')"
    ),
    (
        "CREATE TRIGGER kernel_searchdocument_added AFTER INSERT ON kernel_searchdocument BEGIN "
        "INSERT INTO kernel_searchindex(rowid, body) VALUES (new.id, new.body); END"
    ),
    (
        "CREATE TRIGGER kernel_searchdocument_removed AFTER DELETE ON kernel_searchdocument BEGIN "
        "INSERT INTO kernel_searchindex(kernel_searchindex, rowid, body) VALUES ('delete', old.id, old.body); END"
    ),
    (
        "CREATE TRIGGER kernel_searchdocument_changed AFTER UPDATE ON kernel_searchdocument BEGIN "
        "INSERT INTO kernel_searchindex(kernel_searchindex, rowid, body) VALUES ('delete', old.id, old.body); "
        "INSERT INTO kernel_searchindex(rowid, body) VALUES (new.id, new.body); END"
    ),
)
_SQLITE_BACK = (
    "DROP TRIGGER kernel_searchdocument_added",
    "DROP TRIGGER kernel_searchdocument_removed",
    "DROP TRIGGER kernel_searchdocument_changed",
    "DROP TABLE kernel_searchindex",
)
_POSTGRES = (
    "ALTER TABLE kernel_searchdocument ADD COLUMN vector tsvector",
    """
    CREATE FUNCTION kernel_searchdocument_vector() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      SELECT string_agg(quote_literal(token) || ':' || least(place, 16383), ' ')::tsvector INTO new.vector
      FROM regexp_split_to_table(new.body, ' ') WITH ORDINALITY AS split(token, place) WHERE token <> '';
      RETURN new;
    END $$
    """,
    (
        "CREATE TRIGGER kernel_searchdocument_vector BEFORE INSERT OR UPDATE OF body ON kernel_searchdocument "
        "FOR EACH ROW EXECUTE FUNCTION kernel_searchdocument_vector()"
    ),
    "CREATE INDEX kernel_searchdocument_gin ON kernel_searchdocument USING gin(vector) WITH (fastupdate = off)",
)
_POSTGRES_BACK = (
    "DROP TRIGGER kernel_searchdocument_vector ON kernel_searchdocument",
    "DROP FUNCTION kernel_searchdocument_vector()",
    "ALTER TABLE kernel_searchdocument DROP COLUMN vector",
)


def full_text_index() -> RunPython:
    """A migration operation that makes the index and its triggers on SQLite and PostgreSQL, and takes them away again."""
    return RunPython(
        partial(_run, {"sqlite": _SQLITE, "postgresql": _POSTGRES}),
        partial(_run, {"sqlite": _SQLITE_BACK, "postgresql": _POSTGRES_BACK}),
    )


def _run(
    statements_by_vendor: Mapping[str, Sequence[str]], _apps: Any, editor: BaseDatabaseSchemaEditor
) -> None:
    for statement in statements_by_vendor[editor.connection.vendor]:
        editor.execute(statement, params=None)
