"""价目: the words of a pack as enums, and what each item costs in each zone on a day, as DuckDB sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from yixian.domain.policy import Item, Pack
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements.facts import sql_text
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, scaled
from yixian.engines.entitlements.tables import COUNTED
from yixian.engines.entitlements.units import UNITS

_COLUMNS = {
    "code": "VARCHAR",
    "zone": "VARCHAR",
    "item": "of_item",
    "category": "of_category",
    "unit": "of_unit",
    "head": "of_head",
    "price": "BIGINT",
    "document": "of_document",
    "clause": "of_clause",
}


def create_words(connection: duckdb.DuckDBPyConnection, pack: Pack) -> None:
    """The enums ``of_rule``, ``of_item`` and so on, in the order of the pack, and ``choice_<name>`` for each choice."""
    words: dict[str, Iterable[str]] = {
        "of_rule": (rule.id for rule in pack.rules),
        "of_item": pack.items,
        "of_category": (item.category for item in pack.items.values()),
        "of_unit": sorted(UNITS),
        "of_paid": (ONCE, MONTHLY, YEARLY, COUNTED),
        "of_head": pack.heads,
        "of_document": pack.documents,
        "of_clause": (clause for document in pack.documents.values() for clause in document.clauses),
    }
    for declared in (*pack.household_inputs.values(), *pack.item_inputs.values()):
        if declared.choices:
            words[f"choice_{declared.name}"] = declared.choices
    for name, values in words.items():
        texts = ", ".join(map(sql_text, dict.fromkeys(values) or [""]))
        connection.execute(f"CREATE TYPE {name} AS ENUM ({texts})")


def create_tariff(connection: duckdb.DuckDBPyConnection, pack: Pack, on: date) -> None:
    """The table ``tariff``: each item in each zone, and in "" (no zone, or an unknown one), with its price if decided."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(f"CREATE TABLE tariff ({columns})")
    rows = [_row(pack, item, zone, on) for item in pack.items.values() for zone in ("", *pack.zones)]
    if rows:
        connection.execute(f"INSERT INTO tariff VALUES {', '.join(rows)}")


def priced(pack: Pack) -> str:
    """A SELECT of every item with its household's facts and its own tariff; what is not found is null."""
    zones = ", ".join(map(sql_text, pack.zones))
    zone = f"CASE WHEN h.zone IN ({zones}) THEN h.zone ELSE '' END" if zones else "''"
    return f"""
        SELECT i.household_id, i.line_id, i.item_code AS code, t.item, t.category, t.unit, t.head, t.price,
               t.document, t.clause, h.household_id IS NOT NULL AS known_household,
               i.* EXCLUDE (household_id, line_id, item_code), h.* EXCLUDE (household_id)
        FROM items i
        LEFT JOIN households h ON h.household_id = i.household_id
        LEFT JOIN tariff t ON t.code = i.item_code AND t.zone = {zone}
    """


def _row(pack: Pack, item: Item, zone: str, on: date) -> str:
    price = pack.price_on(item.code, zone, on)
    head = pack.head_of("", item.code)
    texts = [*map(sql_text, (item.code, zone, item.code, item.category, item.unit)), _or_null(head)]
    if price is None:
        return f"({', '.join([*texts, 'NULL', 'NULL', 'NULL'])})"
    amount = str(scaled(price.amount, PRICE_SCALE))
    return f"({', '.join([*texts, amount, sql_text(price.document), sql_text(price.clause)])})"


def _or_null(value: str) -> str:
    return sql_text(value) if value else "NULL"
