"""库结构: the whole schema of a database as lines, in an order that does not depend on how it came about."""

from __future__ import annotations

import re
import sqlite3

import psycopg

_POSTGRES = {
    "column": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
               pg_get_expr(d.adbin, d.adrelid), o.collname
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation o ON o.oid = a.attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    """,
    "constraint": """
        SELECT conrelid::regclass, conname, contype, convalidated, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": """
        SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    """,
    "function": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "view": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
}


def schema_on_sqlite(database: sqlite3.Connection) -> list[str]:
    """Tables taken apart into columns and constraints; indexes, triggers and virtual tables as they were written."""
    lines = []
    for kind, name, table, written in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        text = " ".join((written or "").split())
        if kind == "table" and text.startswith("CREATE TABLE"):
            lines += [f"{name}: {part}" for part in _parts(text)]
        elif written:
            lines.append(f"{kind} {name} on {table}: {text}")
    return sorted(lines)


def schema_on_postgresql(database: psycopg.Connection) -> list[str]:
    """Columns, constraints, indexes, triggers and functions, as the server writes them."""
    return sorted(
        _without_casts(f"{kind} {' | '.join(' '.join(str(value).split()) for value in row)}")
        for kind, statement in _POSTGRES.items()
        for row in database.execute(statement)
    )


def _without_casts(line: str) -> str:
    """The server writes the same list of texts with other casts once it has been dumped and restored."""
    plain = re.sub(r"::(character varying|text)(\[\])?", "", line)
    plain = re.sub(r"\(('[^']*')\)", r"\1", plain)
    for _brackets in range(2):
        plain = re.sub(r"\((ARRAY\[[^]]*\])\)", r"\1", plain)
    return plain


def _parts(written: str) -> list[str]:
    """What stands between the outermost brackets, parted at the commas that stand in no other bracket or string."""
    inside = written[written.index("(") + 1 : written.rindex(")")]
    parts, depth, quote = [""], 0, ""
    for sign in inside:
        if quote or sign in "'\"":
            quote = "" if sign == quote else quote or sign
        depth += 0 if quote else (sign == "(") - (sign == ")")
        if sign == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
