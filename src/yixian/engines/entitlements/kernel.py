"""内核: facts and a pack to lines and problems, in DuckDB, over scaled integers.

Prices are joined from the left, so that an item without a price stays and becomes a problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa

from yixian.domain.policy import Pack
from yixian.engines.entitlements.facts import Facts
from yixian.engines.entitlements.line_queries import CREATE_TOTALS, household_lines, item_lines, no_lines
from yixian.engines.entitlements.problem_queries import problems
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, TypedRule
from yixian.engines.entitlements.tables import LINES, PROBLEMS

_CREATE_PRICED = """
CREATE TABLE priced AS
SELECT i.*, c.category, c.name_zh, c.name_en, c.unit,
       h.zone, h.household_id IS NOT NULL AS known_household, c.item_code IS NOT NULL AS known_item,
       coalesce(own.price, common.price) AS price,
       coalesce(own.document, common.document) AS document,
       coalesce(own.clause, common.clause) AS clause,
       h.* EXCLUDE (household_id, zone)
FROM items i
LEFT JOIN households h ON h.household_id = i.household_id
LEFT JOIN catalogue c ON c.item_code = i.item_code
LEFT JOIN prices own ON own.item_code = i.item_code AND own.zone = h.zone
LEFT JOIN prices common ON common.item_code = i.item_code AND common.zone = ''
"""


def run(pack: Pack, rules: Sequence[TypedRule], facts: Facts, on: date) -> tuple[pa.Table, pa.Table]:
    """All lines (also of households that will be withheld) and all problems, unsorted, as in `.tables`."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "SET threads = 2; SET preserve_insertion_order = false; SET enable_progress_bar = false"
        )
        connection.register("households", facts.households)
        connection.register("items", facts.items)
        connection.register("prices", _prices(pack, on))
        connection.register("catalogue", _catalogue(pack))
        connection.execute(_CREATE_PRICED)
        of_items = [item_lines(pack, rule) for rule in rules if rule.for_items]
        connection.execute(f"CREATE TABLE item_lines AS {_together([no_lines(), *of_items])}")
        connection.execute(CREATE_TOTALS)
        of_households = [household_lines(pack, rule, on) for rule in rules if not rule.for_items]
        lines = connection.sql(_together(["SELECT * FROM item_lines", *of_households])).to_arrow_table()
        found = connection.sql(_together(problems(pack, rules))).to_arrow_table()
        return lines.cast(LINES), found.cast(PROBLEMS)


def _together(queries: list[str]) -> str:
    return " UNION ALL ".join(queries)


def _prices(pack: Pack, on: date) -> pa.Table:
    rows = pack.prices_on(on)
    return pa.table(
        {
            "item_code": pa.array([row.item_code for row in rows], pa.string()),
            "zone": pa.array([row.zone for row in rows], pa.string()),
            "price": pa.array([int(row.amount.scaleb(PRICE_SCALE)) for row in rows], pa.int64()),
            "document": pa.array([row.document for row in rows], pa.string()),
            "clause": pa.array([row.clause for row in rows], pa.string()),
        }
    )


def _catalogue(pack: Pack) -> pa.Table:
    items = list(pack.items.values())
    return pa.table(
        {
            "item_code": pa.array([item.code for item in items], pa.string()),
            "category": pa.array([item.category for item in items], pa.string()),
            "name_zh": pa.array([item.name_zh for item in items], pa.string()),
            "name_en": pa.array([item.name_en for item in items], pa.string()),
            "unit": pa.array([item.unit for item in items], pa.string()),
        }
    )
