"""账目行的查询: each rule as one SELECT — its names are columns, each step is one more, the rounding to the coin the last.

Every SELECT has the same columns: `RULE`, `HOME`, `ROW` (where its item, or its household, stands in the facts), `PLACE` (its
item's place in the tariff, -1 of a household), ``amount_fen``, the choices and numbers, then ``result`` (the line's integer:
minor units, or the smallest part of what is counted). The words of a line follow from its rule and place: `.line_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from yixian.domain.policy import FactorUse, Pack
from yixian.domain.policy.pack import FACTOR_SCALE, KEY_STROKE
from yixian.engines.entitlements.formula import Columns, Name
from yixian.engines.entitlements.numbering import HOME, PLACE, ROW, RULE
from yixian.engines.entitlements.over_items import OverItemsColumns
from yixian.engines.entitlements.quoting import day_sql, sql_text
from yixian.engines.entitlements.rules_typing import (
    FIRST_DAY,
    LAST_DAY,
    ON_DAY,
    PRICE_SCALE,
    SHARE_SUM,
    SHARE_WHOLE,
    TypedRule,
    factor_keys,
    scaled,
    takes_input,
)
from yixian.engines.entitlements.traces import TraceColumn


class LineQueries:
    """Writes the SELECTs of one pack on one day, for rules that keep these choices and numbers."""

    def __init__(
        self,
        pack: Pack,
        on: date,
        keys: Iterable[str],
        columns: Mapping[str, TraceColumn],
        over_items: OverItemsColumns,
        of_day: Iterable[TypedRule],
    ) -> None:
        self._pack = pack
        self._on = on
        self._keys = tuple(keys)
        self._columns = columns
        self._over_items = over_items
        self._of_day = {typed.rule.id: typed for typed in of_day if not typed.for_items}

    def of_items(self, typed: TypedRule) -> str:
        """One line for each item of the rule's categories with a known household, all its facts and all it needs."""
        rule = typed.rule
        needed = [*self._pack.household_inputs, *inputs_of(self._pack, typed), *rule.factors]
        if needs_price(typed):
            needed.append("price")
        conditions = [
            "known_household",
            "category IS NOT NULL",
            *(f'"{name}" IS NOT NULL' for name in needed),
        ]
        if rule.categories:
            conditions.append(f"category IN ({', '.join(map(sql_text, rule.categories))})")
        given = [f'{self.factor(use)} AS "{name}"' for name, use in rule.factors.items()]
        priced = f"SELECT {', '.join(['*', *given])} FROM {self._over_items.joined_to('priced', typed)}"
        if rule.share:
            priced = f"SELECT p.*, n.line_id FROM ({priced}) p JOIN item_ids n USING ({ROW})"
        return self._lines(
            typed,
            f"SELECT * FROM ({priced}) WHERE {' AND '.join(conditions)}",
            f"{self._rule(typed)}, {HOME}, {ROW}, {PLACE}",
        )

    def of_households(self, typed: TypedRule) -> str:
        """One line a household; the prices it names are those of the household's zone, the totals its own item lines."""
        rule = typed.rule
        given = [f'{self.zone_price(code)} AS "{name}"' for name, code in rule.prices.items()]
        given += [f'{self.factor(use)} AS "{name}"' for name, use in rule.factors.items()]
        given += [
            f'coalesce(o."{total_column(name)}", 0) AS "{alias}"' for alias, name in rule.totals.items()
        ]
        given += [f'coalesce(o."{sum_column(name)}", 0) AS "{alias}"' for alias, name in rule.sums.items()]
        given += [
            f'coalesce((SELECT any_value(l.result) FROM ({self._line_of(other)}) l WHERE l.{HOME} = h.{HOME}), 0) AS "{name}"'
            for name, other in rule.lines.items()
        ]
        needed = (*self._pack.household_inputs, *rule.prices, *rule.factors)
        present = " AND ".join(["true", *(f'"{name}" IS NOT NULL' for name in needed)])
        facts = (
            f"SELECT {', '.join(['h.*', *given])} FROM {self._over_items.joined_to('households', typed)} h "
            f"LEFT JOIN own o ON o.{HOME} = h.{HOME}"
        )
        lines = self._lines(
            typed,
            f"SELECT * FROM ({facts}) WHERE {present}",
            f"{self._rule(typed)}, {HOME}, {HOME} AS {ROW}, -1 AS {PLACE}",
        )
        return lines if rule.keep_zero else f"SELECT * FROM ({lines}) WHERE result <> 0"

    def of_nothing(self) -> str:
        """No line at all, with the columns of one."""
        texts = [
            *(f"CAST(0 AS INTEGER) AS {name}" for name in (RULE, HOME, ROW, PLACE)),
            "CAST(0 AS BIGINT) AS amount_fen",
            *(f'CAST(NULL AS choice_{name}) AS "{name}"' for name in self._keys),
            *(f'CAST(NULL AS {column.sql}) AS "{column.name}"' for column in self._columns.values()),
        ]
        return f"SELECT {', '.join(texts)}, CAST(0 AS BIGINT) AS result WHERE false"

    def _line_of(self, rule_id: str) -> str:
        """The lines of another rule for households, or none where it is not in force."""
        other = self._of_day.get(rule_id)
        return self.of_households(other) if other is not None else self.of_nothing()

    def _lines(self, typed: TypedRule, facts: str, places: str) -> str:
        on = f"CAST({self._on.toordinal()} AS BIGINT)"
        columns = Columns(f"SELECT *, {on} AS {ON_DAY} FROM ({facts})" if typed.uses_on_day else facts)
        for name, node in typed.steps.items():
            columns.add(name, node)
        for bound in (
            f"{FIRST_DAY} <= {on}" if typed.rule.first else "",
            f"{on} <= {LAST_DAY}" if typed.rule.last else "",
        ):
            if bound:
                columns.select = f"SELECT * FROM ({columns.select}) WHERE {bound}"
        columns.add_rounded("amount", typed.amount, typed.digits)
        measure = typed.rule.measure
        if typed.rule.share:
            columns.select = _shared(columns.select, typed.rule.share)
        if measure is not None:
            columns.select = f'SELECT *, amount AS "{measure.name}" FROM ({columns.select})'
        amount = "CAST(0 AS BIGINT)" if measure is not None else "CAST(amount AS BIGINT)"
        kept = [self._key(typed, name) for name in self._keys]
        kept += [self._number(typed, column) for column in self._columns.values()]
        return (
            f"SELECT {', '.join([places, f'{amount} AS amount_fen', *kept])}, "
            f"CAST(amount AS BIGINT) AS result FROM ({columns.select})"
        )

    def _key(self, typed: TypedRule, name: str) -> str:
        return f'"{name}"' if name in typed.keys else f'CAST(NULL AS choice_{name}) AS "{name}"'

    def _number(self, typed: TypedRule, column: TraceColumn) -> str:
        known = typed.trace.get(column.name)
        if known is None:
            return f'CAST(NULL AS {column.sql}) AS "{column.name}"'
        return f'{_decimal(known, column)} AS "{column.name}"'

    def _rule(self, typed: TypedRule) -> str:
        place = [rule.id for rule in self._pack.rules].index(typed.rule.id)
        return f"CAST({place} AS INTEGER) AS {RULE}"

    def zone_price(self, code: str) -> str:
        """The price of one item as a column: each zone's own, else the one for every zone, else null."""
        prices = {zone: self._pack.price_on(code, zone, self._on) for zone in ("", *self._pack.zones)}
        texts = {
            zone: "NULL" if price is None else str(scaled(price.amount, PRICE_SCALE))
            for zone, price in prices.items()
        }
        return _case("h.zone", texts)

    def factor(self, use: FactorUse) -> str:
        """A factor as a column, looked up by its choices."""
        keys = factor_keys(self._pack, use)
        found = {key: self._pack.factor_on(use.factor, key, self._on) for key in keys}
        texts = {
            key: "NULL" if factor is None else str(scaled(factor.value, FACTOR_SCALE))
            for key, factor in found.items()
        }
        column = f" || {sql_text(KEY_STROKE)} || ".join(f'CAST("{name}" AS VARCHAR)' for name in use.by)
        return _case(column, texts) if use.by else f"CAST({texts['']} AS BIGINT)"


def _shared(select: str, fact: str) -> str:
    """Each item's share of the household's whole amount by the largest remainders; of equal ones the first line id's.

    Where all facts are zero all shares are alike.
    """
    home = f"OVER (PARTITION BY {HOME})"
    select = f'SELECT *, amount AS {SHARE_WHOLE}, sum("{fact}") {home} AS {SHARE_SUM} FROM ({select})'
    by = f'CAST(CASE WHEN {SHARE_SUM} = 0 THEN 1 ELSE "{fact}" END AS HUGEINT)'
    of = f"CAST(CASE WHEN {SHARE_SUM} = 0 THEN count(*) {home} ELSE {SHARE_SUM} END AS HUGEINT)"
    select = f'SELECT *, abs(amount) * {by} AS "~part", {of} AS "~of" FROM ({select})'
    select = f'SELECT *, "~part" // "~of" AS "~base", "~part" % "~of" AS "~rest" FROM ({select})'
    rank = f'row_number() OVER (PARTITION BY {HOME} ORDER BY "~rest" DESC, line_id)'
    more = f'CASE WHEN {rank} <= abs(amount) - sum("~base") {home} THEN 1 ELSE 0 END'
    return f'SELECT * REPLACE (sign(amount) * ("~base" + {more}) AS amount) FROM ({select})'


def needs_price(typed: TypedRule) -> bool:
    """Whether an item rule multiplies the item's price, or cites its clause."""
    return "price" in typed.trace or not typed.rule.document


def inputs_of(pack: Pack, typed: TypedRule) -> list[str]:
    """The item's facts that every item of an item rule has."""
    return [name for name, declared in pack.item_inputs.items() if takes_input(typed.rule, declared)]


def total_column(category: str) -> str:
    """The column of a household's own sums that holds the money of a category's items."""
    return f"total:{category}"


def sum_column(measure: str) -> str:
    """The column of a household's own sums that holds a measure of its items."""
    return f"sum:{measure}"


def _case(column: str, texts: Mapping[str, str]) -> str:
    cases = [f"WHEN {sql_text(key)} THEN {text}" for key, text in texts.items() if key]
    otherwise = texts.get("", "NULL")
    found = f"CASE {column} {' '.join(cases)} ELSE {otherwise} END" if cases else otherwise
    return f"CAST({found} AS BIGINT)"


def _decimal(known: Name, column: TraceColumn) -> str:
    """A scaled integer as the exact decimal, or the day, of its column."""
    if known.is_day:
        return day_sql(f'"{known.name}"')
    whole = f'CAST("{known.name}" AS DECIMAL({_whole_digits(known)}, 0))'
    if not known.scale:
        return f"CAST({whole} AS {column.sql})"
    one = f"CAST('0.{'1':0>{known.scale}}' AS DECIMAL({known.scale + 1}, {known.scale}))"
    return f"CAST({whole} * {one} AS {column.sql})"


def _whole_digits(known: Name) -> int:
    return max(len(str(known.bound)), 1)
