"""账目行的查询: each rule as one SELECT — its names are columns, each step is one more, the rounding to the coin the last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yixian.domain.policy import Pack, Price
from yixian.engines.entitlements.formula import NARROW, Columns, Name
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, TypedRule

_MOST_DECIMALS = 18
"""Of a 64-bit integer with more decimals than these, DuckDB's widest decimal (38 digits) does not hold the value."""

CREATE_TOTALS = """
CREATE TABLE totals AS
SELECT l.household_id, c.category, CAST(sum(l.amount_fen) AS BIGINT) AS amount
FROM item_lines l JOIN catalogue c ON c.item_code = l.item_code
GROUP BY l.household_id, c.category
"""


def no_lines() -> str:
    """A SELECT of no lines, which gives the others' columns their names and types."""
    columns = ("household_id", "line_id", "rule", "item_code", "title_zh", "title_en", "unit")
    texts = ", ".join(f"NULL::VARCHAR AS {name}" for name in columns)
    return (
        f'SELECT {texts}, NULL::BIGINT AS amount_fen, NULL::VARCHAR AS "values", '
        "NULL::VARCHAR AS document, NULL::VARCHAR AS clause WHERE false"
    )


def item_lines(pack: Pack, typed: TypedRule) -> str:
    """One line for each item of the rule's categories that has a price and all its facts."""
    rule = typed.rule
    needed = (*pack.item_inputs, *pack.household_inputs, "price")
    conditions = ["known_household", *(f'"{name}" IS NOT NULL' for name in needed)]
    if rule.categories:
        conditions.append(f"category IN ({', '.join(map(sql_text, rule.categories))})")
    columns = _reckoned(typed, f"SELECT * FROM priced WHERE {' AND '.join(conditions)}", pack)
    document = sql_text(rule.document) if rule.document else "document"
    clause = sql_text(rule.clause) if rule.document else "clause"
    return (
        f"SELECT household_id, line_id, {sql_text(rule.id)}, item_code, name_zh, name_en, unit, amount, "
        f"{_trace(typed.trace)}, {document}, {clause} FROM ({columns.select})"
    )


def household_lines(pack: Pack, typed: TypedRule, on: date) -> str:
    """One line a household; the prices it names are those of the household's zone, the totals its own item lines."""
    rule = typed.rule
    given = [f'{_zone_price(pack, code, on)} AS "{name}"' for name, code in rule.prices.items()]
    joins = ""
    for number, (name, category) in enumerate(rule.totals.items()):
        given.append(f'coalesce(t{number}.amount, 0) AS "{name}"')
        joins += (
            f" LEFT JOIN totals t{number} ON t{number}.household_id = h.household_id "
            f"AND t{number}.category = {sql_text(category)}"
        )
    needed = (*pack.household_inputs, *rule.prices)
    present = " AND ".join(["true", *(f'"{name}" IS NOT NULL' for name in needed)])
    facts = f"SELECT {', '.join(['h.*', *given])} FROM households h{joins}"
    columns = _reckoned(typed, f"SELECT * FROM ({facts}) WHERE {present}", pack)
    kept = "true" if rule.keep_zero else "amount <> 0"
    number_zh_en = ", ".join(map(sql_text, (rule.id, rule.id, "", rule.title_zh, rule.title_en, "")))
    return (
        f"SELECT household_id, {number_zh_en}, amount, {_trace(typed.trace)}, {sql_text(rule.document)}, "
        f"{sql_text(rule.clause)} FROM ({columns.select}) WHERE {kept}"
    )


def sql_text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def _reckoned(typed: TypedRule, select: str, pack: Pack) -> Columns:
    columns = Columns(select)
    for name, node in typed.steps.items():
        columns.add(name, node)
    columns.add_rounded("amount", typed.amount, pack.currency.digits)
    return columns


def _zone_price(pack: Pack, code: str, on: date) -> str:
    """The price of one item as a column: each zone's own, else the one for every zone, else null."""
    cases = [f"WHEN {sql_text(zone)} THEN {_scaled(pack.price_on(code, zone, on))}" for zone in pack.zones]
    return f"CAST(CASE h.zone {' '.join(cases)} ELSE {_scaled(pack.price_on(code, '', on))} END AS BIGINT)"


def _scaled(price: Price | None) -> str:
    return "NULL" if price is None else str(int(price.amount.scaleb(PRICE_SCALE)))


def _trace(names: Mapping[str, Name]) -> str:
    """A JSON object of exact decimal texts, e.g. {"quantity":"86.4000","price":"530.0000"}."""
    if not names:
        return "'{}'"
    parts = [f"'\"{name.name}\":\"', {_decimal(name)}, '\"'" for name in names.values()]
    together = ", ',', ".join(parts)
    return f"concat('{{', {together}, '}}')"


def _decimal(name: Name) -> str:
    """A column's exact decimal text; what is too wide for a decimal type is written digit by digit."""
    column, unit = f'"{name.name}"', 10**name.scale
    if not name.scale:
        return column
    if name.bound <= NARROW and name.scale <= _MOST_DECIMALS:
        one = f"CAST('{_one(name.scale)}' AS DECIMAL({name.scale + 1}, {name.scale}))"
        return f"CAST({column} AS DECIMAL(19, 0)) * {one}"
    sign = f"CASE WHEN {column} < 0 THEN '-' ELSE '' END"
    return f"{sign}, abs({column}) // {unit}, '.', lpad(CAST(abs({column}) % {unit} AS VARCHAR), {name.scale}, '0')"


def _one(scale: int) -> str:
    """The smallest step of a scale, e.g. 0.0001."""
    return f"0.{'1':0>{scale}}"
