"""内核: facts and a pack to lines, in DuckDB, over scaled integers.

Each rule becomes one SELECT: the declared inputs and the price are its columns, the formula is one more, the rounding to
the minor unit the last. Prices are joined from the left, so that an item without a price stays and becomes a problem.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements.facts import Facts
from yixian.engines.entitlements.formula import Node, rounded_sql, to_sql
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, names_of, typed
from yixian.engines.entitlements.tables import LINES, PROBLEMS


def run(pack: Pack, facts: Facts, on: date) -> tuple[pa.Table, pa.Table]:
    """All lines (also of households that will be withheld) and all problems, unsorted."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = 2; SET preserve_insertion_order = false")
        connection.register("households", facts.households)
        connection.register("items", facts.items)
        connection.register("prices", _prices(pack, on))
        connection.register("catalogue", _catalogue(pack))
        connection.execute(_PRICED)
        rules = pack.rules_on(on)
        item_rules = [_item_rule(pack, rule) for rule in rules if rule.applies_to == ITEMS]
        connection.execute(f"CREATE TABLE item_lines AS {_union(item_rules)}")
        others = [_household_rule(pack, rule, on) for rule in rules if rule.applies_to != ITEMS]
        connection.execute(f"CREATE TABLE household_lines AS {_union(others)}")
        lines = connection.sql(
            "SELECT * FROM item_lines UNION ALL SELECT * FROM household_lines"
        ).to_arrow_table()
        problems = connection.sql(_problems(pack, rules)).to_arrow_table()
        return lines.cast(LINES), problems.cast(PROBLEMS)


_PRICED = """
CREATE TABLE priced AS
SELECT i.*, c.category, h.zone AS zone, h.household_id IS NOT NULL AS known_household,
       c.item_code IS NOT NULL AS known_item,
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

_NO_PRICE = "No price is decided for this item on this day."

_EMPTY = """
SELECT NULL::VARCHAR AS household_id, NULL::VARCHAR AS line_id, NULL::VARCHAR AS rule, NULL::VARCHAR AS item_code,
       NULL::BIGINT AS amount_fen, NULL::VARCHAR AS "values", NULL::VARCHAR AS document, NULL::VARCHAR AS clause
WHERE false
"""


_NO_PROBLEM = """
SELECT NULL::VARCHAR AS household_id, NULL::VARCHAR AS line_id, NULL::VARCHAR AS code, NULL::VARCHAR AS message WHERE false
"""


def _union(selects: list[str]) -> str:
    return " UNION ALL ".join([_EMPTY, *selects])


def _item_rule(pack: Pack, rule: Rule) -> str:
    node = typed(pack, rule)
    names = names_of(pack, rule)
    present = " AND ".join(
        f'"{name}" IS NOT NULL' for name in (*pack.item_inputs, *pack.household_inputs, "price")
    )
    categories = ", ".join(_text(category) for category in rule.categories)
    chosen = f" AND category IN ({categories})" if categories else ""
    shown = {name: names[name].scale for name in (*pack.item_inputs, "price")}
    return (
        f"SELECT household_id, line_id, {_text(rule.id)}, item_code, {_amount(node, pack)}, {_values(shown)}, "
        f"{_citation(rule, 'document')}, {_citation(rule, 'clause')} FROM priced WHERE known_household AND {present}{chosen}"
    )


def _household_rule(pack: Pack, rule: Rule, on: date) -> str:
    """One line a household; the prices it names are those of the household's zone, the totals its own item lines."""
    node = typed(pack, rule)
    names = names_of(pack, rule)
    columns = [f'{_zone_price(pack, code, on)} AS "{name}"' for name, code in rule.prices.items()]
    columns += [f'{_total(category)} AS "{name}"' for name, category in rule.totals.items()]
    source = f"SELECT h.*{''.join(', ' + column for column in columns)} FROM households h"
    used = (*pack.household_inputs, *rule.prices, *rule.totals)
    present = " AND ".join(f'"{name}" IS NOT NULL' for name in used) or "true"
    values = _values({name: names[name].scale for name in used})
    kept = "" if rule.keep_zero else " WHERE amount <> 0"
    return (
        f"SELECT household_id, {_text(rule.id)}, {_text(rule.id)}, '', amount, shown, {_text(rule.document)}, "
        f"{_text(rule.clause)} FROM (SELECT household_id, {_amount(node, pack)} AS amount, {values} AS shown "
        f"FROM ({source}) WHERE {present}){kept}"
    )


def _zone_price(pack: Pack, code: str, on: date) -> str:
    cases = "".join(
        f" WHEN {_text(zone)} THEN {int(price.amount.scaleb(PRICE_SCALE))}"
        for zone in pack.zones
        if (price := pack.price_on(code, zone, on)) is not None
    )
    return f"CASE h.zone{cases} END" if cases else "NULL::BIGINT"


def _total(category: str) -> str:
    return (
        "coalesce((SELECT sum(l.amount_fen) FROM item_lines l JOIN catalogue c ON c.item_code = l.item_code "
        f"WHERE l.household_id = h.household_id AND c.category = {_text(category)}), 0)::BIGINT"
    )


def _amount(node: Node, pack: Pack) -> str:
    return f"CAST({rounded_sql(to_sql(node), node.scale - pack.currency.digits, node.bound)} AS BIGINT)"


def _values(scales: dict[str, int]) -> str:
    """A JSON object of exact decimal texts, e.g. {"quantity":"86.40","price":"530.00"} (trailing zeros cut at two)."""
    if not scales:
        return "'{}'"
    parts = [f"'\"{name}\":\"' || {_decimal(name, scale)} || '\"'" for name, scale in scales.items()]
    return "'{' || " + " || ',' || ".join(parts) + " || '}'"


def _decimal(name: str, scale: int) -> str:
    column = f'"{name}"'
    if not scale:
        return f"CAST({column} AS VARCHAR)"
    unit = 10**scale
    sign = f"(CASE WHEN {column} < 0 THEN '-' ELSE '' END)"
    whole = f"CAST(abs({column}) // {unit} AS VARCHAR)"
    rest = f"lpad(CAST(abs({column}) % {unit} AS VARCHAR), {scale}, '0')"
    return f"{sign} || {whole} || '.' || {rest}"


def _citation(rule: Rule, column: str) -> str:
    own = rule.document if column == "document" else rule.clause
    return _text(own) if rule.document else column


def _problems(pack: Pack, rules: list[Rule]) -> str:
    item_missing = " OR ".join(f'"{name}" IS NULL' for name in pack.item_inputs) or "false"
    selects = [
        _problem(
            "priced",
            "NOT known_household",
            "unknown_household",
            "The household of this item is not among the households.",
        ),
        _problem(
            "priced",
            "known_household AND NOT known_item",
            "unknown_item",
            "The policy pack has no such item.",
            "item_code",
        ),
        _problem(
            "priced",
            "known_household AND known_item AND price IS NULL",
            "no_price",
            _NO_PRICE,
            "item_code",
        ),
        _problem(
            "priced",
            f"known_household AND ({item_missing})",
            "out_of_range",
            "A quantity is missing, too precise or out of its range.",
            "item_code",
        ),
    ]
    household_missing = " OR ".join(f'"{name}" IS NULL' for name in pack.household_inputs) or "false"
    selects.append(
        _problem(
            "households",
            household_missing,
            "missing_fact",
            "A fact about the household is missing or out of its range.",
            line="''",
        )
    )
    zones = ", ".join(_text(zone) for zone in pack.zones)
    selects.append(
        _problem(
            "households",
            f"zone NOT IN ({zones})",
            "unknown_zone",
            "The price zone is not one of the pack's.",
            "zone",
            line="''",
        )
    )
    for rule in rules:
        if rule.applies_to != ITEMS and rule.prices:
            selects += [_unpriced_rule(rule)]
    return " UNION ALL ".join([_NO_PROBLEM, *selects])


def _unpriced_rule(rule: Rule) -> str:
    codes = ", ".join(_text(code) for code in rule.prices.values())
    return (
        f"SELECT h.household_id, {_text(rule.id)}, 'no_price', {_text(_NO_PRICE)} || ' (' || c.item_code || ')' "
        f"FROM households h, catalogue c WHERE c.item_code IN ({codes}) AND NOT EXISTS "
        "(SELECT 1 FROM prices p WHERE p.item_code = c.item_code AND p.zone IN (h.zone, ''))"
    )


def _problem(
    table: str, condition: str, code: str, message: str, detail: str = "", line: str = "line_id"
) -> str:
    text = f"{_text(message)} || ' (' || {detail} || ')'" if detail else _text(message)
    return f"SELECT household_id, {line}, {_text(code)}, {text} FROM {table} WHERE {condition}"


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
        }
    )


def _text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"
