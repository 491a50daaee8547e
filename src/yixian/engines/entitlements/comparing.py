"""比较: the same facts under two packs — what changes, line by line, for whom, where, and under which budget head.

This is a what-if: drafts count as decided here, and nothing that comes of it is owed. Money that is paid once, monthly and
yearly is kept apart. A household that cannot be reckoned under one of the packs is not compared; it is counted as such.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from yixian.domain.policy import Pack
from yixian.engines.entitlements.calculation import compute
from yixian.engines.entitlements.memory_database import memory_database
from yixian.engines.entitlements.result_tables import COUNTED, ISSUED, Result
from yixian.lazy_imports import duckdb, pa, pa_csv, pq

COMPARED, NEWLY_WITHHELD, NO_LONGER_WITHHELD, WITHHELD_IN_BOTH = (
    "compared",
    "newly_withheld",
    "no_longer_withheld",
    "withheld_in_both",
)


@cache
def _line_differences() -> pa.Schema:
    """Columns of the lines that differ."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("line_id", pa.string()),
            ("rule", pa.string()),
            ("item_code", pa.string()),  # null for a household line
            ("head", pa.string()),  # as in the new pack, or the old one where the line is gone; or null
            ("paid", pa.string()),  # once | monthly | yearly; a line paid otherwise is one gone, one new
            ("old_fen", pa.int64()),  # null where the line is new
            ("new_fen", pa.int64()),  # null where the line is gone
            ("difference_fen", pa.int64()),
        ]
    )


@cache
def _household_differences() -> pa.Schema:
    """Columns of the households."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("area_code", pa.string()),  # null where the facts have none
            ("status", pa.string()),  # compared | newly_withheld | no_longer_withheld | withheld_in_both
            ("old_fen", pa.int64()),  # null while withheld, like the others
            ("new_fen", pa.int64()),
            ("difference_fen", pa.int64()),  # null unless compared
            ("monthly_difference_fen", pa.int64()),
            ("yearly_difference_fen", pa.int64()),
        ]
    )


def _group() -> list[tuple[str, pa.DataType]]:
    names = ("households", "gaining", "losing", "old_fen", "new_fen", "difference_fen")
    return [(name, pa.int64()) for name in names]


@cache
def _area_differences() -> pa.Schema:
    """Columns of the sums by place."""
    return pa.schema([("area_code", pa.string()), *_group()])


@cache
def _item_differences() -> pa.Schema:
    """Columns of the sums by item."""
    return pa.schema([("rule", pa.string()), ("item_code", pa.string()), ("paid", pa.string()), *_group()])


@cache
def _head_differences() -> pa.Schema:
    """Columns of the sums by budget head."""
    return pa.schema([("head", pa.string()), ("paid", pa.string()), *_group()])


@dataclass(frozen=True)
class PackComparison:
    """比较结果: tables as above. ``lines`` holds the lines that differ; the others hold everything that was compared."""

    lines: pa.Table
    households: pa.Table
    areas: pa.Table
    items: pa.Table
    heads: pa.Table
    manifest: dict[str, Any]


def compare(old: Pack, new: Pack, households: pa.Table, items: pa.Table, on: date) -> PackComparison:
    """Reckon the same facts under two packs and set them beside each other.

    Tables as for `compute`; ``area_code`` of households is used where it is there. Raises `FactsError`.
    """
    before = compute(old.as_if_decided(), households, items, on, checked=False)
    after = compute(new.as_if_decided(), households, items, on, checked=False)
    with memory_database() as connection:
        _register(connection, before, after, households)
        connection.execute(_EVERYONE)
        connection.execute(_BOTH)
        found = {
            name: connection.sql(query).to_arrow_table().cast(columns())
            for name, (query, columns) in _TABLES.items()
        }
        counts = _counts(connection)
    manifest = {
        "old": before.manifest["pack"],
        "new": after.manifest["pack"],
        "new_is_draft": new.is_draft,
        "on": on.isoformat(),
        "facts_sha256": before.manifest["facts_sha256"],
        "checksums": [before.manifest["checksum"], after.manifest["checksum"]],
        **counts,
    }
    return PackComparison(**found, manifest=manifest)


def write_comparison(comparison: PackComparison, folder: Path) -> None:
    """Every table as Parquet and as CSV (amounts in the smallest coin), and ``manifest.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _TABLES:
        table = getattr(comparison, name)
        pq.write_table(table, folder / f"{name}.parquet")
        pa_csv.write_csv(table, folder / f"{name}.csv")
    text = json.dumps(comparison.manifest, ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _register(
    connection: duckdb.DuckDBPyConnection, before: Result, after: Result, households: pa.Table
) -> None:
    area = households.column_names.count("area_code")
    places = {
        "household_id": households.column("household_id").cast(pa.string()),
        "area_code": households.column("area_code").cast(pa.string())
        if area
        else pa.nulls(households.num_rows, pa.string()),
    }
    connection.register("places", pa.table(places))
    for name, result in (("before", before), ("after", after)):
        connection.register(f"{name}_statements", result.statements)
        columns = ["household_id", "line_id", "rule", "item_code", "head", "paid", "amount_fen"]
        connection.register(f"{name}_lines", result.lines.select(columns))


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    row = connection.execute(_COUNTS).fetchall()[0]
    names = (
        "households",
        "compared",
        "gaining",
        "losing",
        "unchanged",
        "newly_withheld",
        "no_longer_withheld",
    )
    sums = ("old_fen", "new_fen", "gained_fen", "lost_fen", "monthly_difference_fen", "yearly_difference_fen")
    return {name: int(value) for name, value in zip((*names, *sums), row, strict=True)}


_EVERYONE = f"""
CREATE TABLE everyone AS
SELECT b.household_id, p.area_code,
       CASE WHEN b.status = '{ISSUED}' AND a.status = '{ISSUED}' THEN '{COMPARED}'
            WHEN b.status = '{ISSUED}' THEN '{NEWLY_WITHHELD}'
            WHEN a.status = '{ISSUED}' THEN '{NO_LONGER_WITHHELD}'
            ELSE '{WITHHELD_IN_BOTH}' END AS status,
       b.total_fen AS old_fen, a.total_fen AS new_fen, a.total_fen - b.total_fen AS difference_fen,
       a.monthly_fen - b.monthly_fen AS monthly_difference_fen, a.yearly_fen - b.yearly_fen AS yearly_difference_fen
FROM before_statements b
JOIN after_statements a USING (household_id)
LEFT JOIN places p USING (household_id)
"""
_BOTH = f"""
CREATE TABLE both_lines AS
SELECT household_id, line_id, rule, coalesce(a.item_code, b.item_code) AS item_code,
       coalesce(a.head, b.head) AS head, paid, b.amount_fen AS old_fen, a.amount_fen AS new_fen,
       coalesce(a.amount_fen, 0) - coalesce(b.amount_fen, 0) AS difference_fen
FROM (FROM before_lines WHERE paid <> '{COUNTED}') b
FULL JOIN (FROM after_lines WHERE paid <> '{COUNTED}') a USING (household_id, line_id, rule, paid)
WHERE household_id IN (SELECT household_id FROM everyone WHERE status = '{COMPARED}')
"""
_SUMS = """
count(*) AS households, count_if(difference_fen > 0) AS gaining, count_if(difference_fen < 0) AS losing,
CAST(coalesce(sum(old_fen), 0) AS BIGINT) AS old_fen, CAST(coalesce(sum(new_fen), 0) AS BIGINT) AS new_fen,
CAST(coalesce(sum(difference_fen), 0) AS BIGINT) AS difference_fen
"""
_BY_HOUSEHOLD = """
SELECT {keys}, household_id, sum(coalesce(old_fen, 0)) AS old_fen, sum(coalesce(new_fen, 0)) AS new_fen,
       sum(difference_fen) AS difference_fen FROM both_lines GROUP BY ALL
"""
_LINES = """
SELECT household_id, line_id, rule, item_code, head, paid, old_fen, new_fen, difference_fen FROM both_lines
WHERE old_fen IS DISTINCT FROM new_fen ORDER BY household_id, rule, line_id, paid
"""
_ITEMS = f"""
SELECT rule, item_code, paid, {_SUMS} FROM ({_BY_HOUSEHOLD.format(keys="rule, item_code, paid")})
GROUP BY rule, item_code, paid ORDER BY rule, item_code NULLS FIRST, paid
"""
_HEADS = f"""
SELECT head, paid, {_SUMS} FROM ({_BY_HOUSEHOLD.format(keys="head, paid")})
GROUP BY head, paid ORDER BY head NULLS LAST, paid
"""
_AREAS = f"""
SELECT area_code, {_SUMS} FROM everyone WHERE status = '{COMPARED}' GROUP BY area_code ORDER BY area_code
"""
_TABLES = {
    "lines": (_LINES, _line_differences),
    "households": ("FROM everyone ORDER BY household_id", _household_differences),
    "areas": (_AREAS, _area_differences),
    "items": (_ITEMS, _item_differences),
    "heads": (_HEADS, _head_differences),
}
_COUNTS = f"""
SELECT count(*), count_if(status = '{COMPARED}'),
       count_if(difference_fen > 0), count_if(difference_fen < 0),
       count_if(status = '{COMPARED}' AND difference_fen = 0),
       count_if(status = '{NEWLY_WITHHELD}'), count_if(status = '{NO_LONGER_WITHHELD}'),
       coalesce(sum(old_fen) FILTER (status = '{COMPARED}'), 0),
       coalesce(sum(new_fen) FILTER (status = '{COMPARED}'), 0),
       coalesce(sum(difference_fen) FILTER (difference_fen > 0), 0),
       coalesce(-sum(difference_fen) FILTER (difference_fen < 0), 0),
       coalesce(sum(monthly_difference_fen), 0), coalesce(sum(yearly_difference_fen), 0)
FROM everyone
"""
