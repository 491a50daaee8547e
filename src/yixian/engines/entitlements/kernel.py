"""内核: facts and a pack to lines, statements and problems, in DuckDB, over scaled integers.

Prices are joined from the left, so that an item without a price stays and becomes a problem. A kernel reckons one part of
the households at a time; parts are independent, so any number of them may run beside or after each other, here or on
other machines, and their sums and digests add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.pack import ALL, MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements import problems
from yixian.engines.entitlements.arrow_columns import most_alike, pairs_counted
from yixian.engines.entitlements.checksum import checksum
from yixian.engines.entitlements.fact_tables import FactTablesError, scaled_select
from yixian.engines.entitlements.line_queries import LineQueries, sum_column, total_column
from yixian.engines.entitlements.line_words import LineWords
from yixian.engines.entitlements.numbering import CODE, HOME, ROW, ZONE
from yixian.engines.entitlements.over_items import OverItemsColumns, crowded
from yixian.engines.entitlements.part_facts import PartFacts
from yixian.engines.entitlements.quoting import sql_text
from yixian.engines.entitlements.result_tables import ISSUED, WITHHELD, problem_columns, statement_columns
from yixian.engines.entitlements.rules_typing import MAX_LINES, TypedRule, typed
from yixian.engines.entitlements.tariff import create_tariff, create_words, priced, tariff_rows, zone_place
from yixian.engines.entitlements.traces import key_columns, lines_schema, trace_columns
from yixian.lazy_imports import duckdb, pa, pc

_REGISTERED = ("given_households", "given_items", "item_names", "own_lines", "besides_lines", "told")
_NAMED = 20
"""Rows that a refusal names; the rest it counts."""
_SUMS = {ONCE: "total_fen", MONTHLY: "monthly_fen", YEARLY: "yearly_fen"}


@dataclass(frozen=True)
class Part:
    """One part's outcome: tables as in `.tables` (lines by `lines_schema`), unsorted, and what adds up over parts."""

    lines: pa.Table
    statements: pa.Table
    problems: pa.Table
    checksum: int


class Kernel:
    """A pack made ready for a day: its words as enums, its prices as a table. Not to be shared between threads."""

    def __init__(self, pack: Pack, on: date, connection: duckdb.DuckDBPyConnection) -> None:
        """Make a pack ready in a database that has nothing in it yet."""
        self.pack = pack
        self.on = on
        self.rules = [typed(pack, rule) for rule in pack.rules_on(on)]
        self.schema = lines_schema(self.rules)
        self._of_items = [rule for rule in self.rules if rule.for_items]
        self._of_households = [rule for rule in self.rules if not rule.for_items]
        self._over_items = OverItemsColumns(pack, self.rules)
        self._item_queries, self._household_queries = (
            LineQueries(
                pack, on, key_columns(rules), trace_columns(rules, self.rules), self._over_items, self.rules
            )
            for rules in (self._of_items, self._of_households)
        )
        self._connection = connection
        create_words(self._connection, pack)
        tariff = tariff_rows(pack, on)
        create_tariff(self._connection, tariff)
        self._words = LineWords(pack, self.rules, tariff)
        self._most_price = max((abs(row.price or 0) for row in tariff), default=0)
        self._narrowed: dict[tuple[tuple[str, int], ...], list[str]] = {}
        self._asked: dict[str, Any] = {}
        self._selects: dict[str, tuple[pa.Schema, str]] = {}
        self._nothing: dict[pa.DataType, pa.Array] = {}

    def part(self, households: pa.Table, items: pa.Table) -> Part:
        """Reckon these households. Raises `FactTablesError` for rows that cannot be used at all."""
        facts = PartFacts.of(self.pack, households, items)
        self._read(facts)
        item_lines = self._lines(self._item_queries, self._item_selects())
        self._sum_up("own", item_lines, self._of_items, self._used_sums())
        if most_alike(item_lines.column(HOME)) > MAX_LINES:
            self._refuse_too_many(
                f"SELECT household_id FROM own JOIN households h ON h.{HOME} = own.{HOME} "
                f"WHERE lines > {MAX_LINES} ORDER BY household_id LIMIT 1"
            )
        of_households = map(self._household_queries.of_households, self._of_households)
        household_lines = self._lines(self._household_queries, [*of_households])
        self._sum_up("besides", household_lines, self._of_households, [])
        told = self._problems(item_lines, facts)
        _refuse_strays(told)
        statements = self._close(told)
        for name in _REGISTERED:
            self._connection.unregister(name)
        lines = self._together(facts.of_items(item_lines), facts.of_households(household_lines))
        lines = facts.without(lines, told)
        return Part(lines.select(self.schema.names), statements, told, checksum(lines))

    def _item_selects(self) -> list[str]:
        """Each item rule's SELECT, its integers no wider than this part's own facts make them."""
        key = tuple(self._most.items())
        if key not in self._narrowed:
            rules = [typed(self.pack, rule.rule, self._most) for rule in self._of_items]
            self._narrowed[key] = [*map(self._item_queries.of_items, rules)]
        return self._narrowed[key]

    def _lines(self, queries: LineQueries, selects: list[str]) -> pa.Table:
        return self._words.added_to(self._table(" UNION ALL ".join(selects or [queries.of_nothing()])))

    def _table(self, query: str) -> pa.Table:
        """What a query finds. One that was asked before is not taken apart again, which costs as much as to run it."""
        if query not in self._asked:
            self._asked[query] = self._connection.sql(query)
        return self._asked[query].to_arrow_table()

    def _together(self, *tables: pa.Table) -> pa.Table:
        """The lines of items and of households with the columns of both."""
        kinds = {field.name: field.type for table in tables for field in table.schema}
        whole = []
        for table in tables:
            columns = {
                name: table.column(name) if name in table.column_names else self._nulls(kind, table.num_rows)
                for name, kind in kinds.items()
            }
            whole.append(pa.table(columns))
        return pa.concat_tables(whole)

    def _nulls(self, kind: pa.DataType, count: int) -> pa.Array:
        """Nulls, always from the same memory."""
        if kind not in self._nothing or len(self._nothing[kind]) < count:
            self._nothing[kind] = pa.nulls(count, kind)
        return self._nothing[kind].slice(0, count)

    def _read(self, facts: PartFacts) -> None:
        """Bring the facts in. Raises `FactTablesError`."""
        zone = ("CAST(zone AS VARCHAR) AS zone", f"{zone_place(self.pack)} AS {ZONE}")
        homes = self._scaled(
            "households", facts.households, (HOME, "household_id", *zone), self.pack.household_inputs
        )
        items = self._scaled("items", facts.items, (ROW, HOME, CODE), self.pack.item_inputs)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE households AS {homes}")
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE items AS {items}")
        if not facts.households_ascend():
            self._refuse_doubled("households", "households", "household_id")
        if not facts.items_ascend():
            self._connection.register("item_names", facts.item_names())
            self._refuse_doubled("items", "item_names", "household_id, line_id")
        self._most = self._largest() | {"price": self._most_price}
        kind = "TABLE" if len(self._of_items) > 1 else "VIEW"
        self._connection.execute(f"CREATE OR REPLACE TEMP {kind} priced AS {priced(self.pack)}")
        if any(rule.rule.share for rule in self._of_items):
            self._connection.register("item_names", facts.item_names())
            self._connection.execute(
                f"CREATE OR REPLACE TEMP TABLE item_ids AS SELECT {ROW}, line_id FROM item_names"
            )
        if self._over_items:
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE over_items AS {self._over_items.table()}")
            self._refuse_too_many(crowded(MAX_LINES))

    def _largest(self) -> dict[str, int]:
        """A bound of each number among the facts: all nines, so that most parts have the same bounds and queries."""
        found = {
            f'(SELECT coalesce(max(abs("{name}")), 0) FROM {which})': name
            for which, inputs in (
                ("households", self.pack.household_inputs),
                ("items", self.pack.item_inputs),
            )
            for name, declared in inputs.items()
            if not declared.choices
        }
        sizes = self._one(f"SELECT {', '.join(found)}") if found else ()
        return {name: _nines(size) for name, size in zip(found.values(), sizes, strict=True)}

    def _scaled(self, which: str, rows: pa.Table, kept: Sequence[str], inputs: Mapping[str, Input]) -> str:
        """The SELECT of a table's scaled integers; the same for every part that has the same columns."""
        self._connection.register(f"given_{which}", rows)
        schema, select = self._selects.get(which, (None, ""))
        if schema != rows.schema:
            described = self._connection.execute(f"DESCRIBE given_{which}").fetchall()
            types = {row[0]: row[1] for row in described}
            select = scaled_select(which, f"given_{which}", types, kept, inputs)
            self._selects[which] = rows.schema, select
        return select

    def _refuse_doubled(self, which: str, relation: str, key: str) -> None:
        """Raises `FactTablesError` unless each row has a key of its own."""
        name = key.rsplit(", ", maxsplit=1)[-1]
        missing = " OR ".join(f"{part} IS NULL" for part in key.split(", "))
        count, distinct, empty = self._one(
            f"SELECT count(*), count(DISTINCT hash({key})), count(*) FILTER ({missing}) FROM {relation}"
        )
        if empty:
            raise FactTablesError("facts.empty_id", f"{which}: “{name}” is empty in some row.")
        if distinct < count:
            twice = self._connection.execute(
                f"SELECT {name} FROM {relation} GROUP BY {key} HAVING count(*) > 1 ORDER BY {name} LIMIT 1"
            ).fetchall()
            if twice:
                raise FactTablesError("facts.twice", f"{which}: “{name}” {twice[0][0]} stands there twice.")

    def _used_sums(self) -> list[str]:
        """What household rules may use of a household's items, as columns."""
        rules = [rule.rule for rule in self._of_households]
        columns = [
            _sum_of(
                "amount_fen", f"{self._of_category(name)} AND paid = {sql_text(ONCE)}", total_column(name)
            )
            for name in sorted({category for rule in rules for category in rule.totals.values()})
        ]
        for name in sorted({measure for rule in rules for measure in rule.sums.values()}):
            ids = [
                rule.rule.id for rule in self.rules if rule.rule.measure and rule.rule.measure.name == name
            ]
            condition = f"rule IN ({', '.join(map(sql_text, ids))})" if ids else "false"
            columns.append(_sum_of("result", condition, sum_column(name)))
        return columns

    def _of_category(self, name: str) -> str:
        """Whether a line is of a category; of ``all`` (unless a category is called so) every line is."""
        categories = {item.category for item in self.pack.items.values()}
        return "true" if name == ALL and ALL not in categories else f"category = {sql_text(name)}"

    def _sum_up(self, name: str, lines: pa.Table, rules: Sequence[TypedRule], columns: Sequence[str]) -> None:
        """The table ``name``: each household's number of lines, sums, and these columns."""
        self._connection.register(f"{name}_lines", lines)
        paid = {rule.rule.paid for rule in rules if rule.rule.measure is None}
        counts = any(rule.rule.measure is not None for rule in rules)
        sums = []
        for when, column in _SUMS.items():
            condition = f"paid = {sql_text(when)}" if len(paid) > 1 or counts else "true"
            sums.append(
                _sum_of("amount_fen", condition, column) if when in paid else f"CAST(0 AS BIGINT) AS {column}"
            )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS "
            f"SELECT {', '.join([HOME, 'count(*) AS lines', *sums, *columns])} FROM {name}_lines GROUP BY {HOME}"
        )

    def _refuse_too_many(self, query: str) -> None:
        many = self._connection.execute(query).fetchall()
        if many:
            raise FactTablesError(
                "facts.too_many", f"items: {many[0][0]} has more than {MAX_LINES} lines of them."
            )

    def _problems(self, lines: pa.Table, facts: PartFacts) -> pa.Table:
        queries = problems.of_households(self.pack, self.rules, self._household_queries)
        if not self._all_calculated(lines, facts.items.num_rows):
            self._connection.register("item_names", facts.item_names())
            queries += problems.of_items(self.pack, self.rules, self._item_queries)
        found = " UNION ALL ".join(queries)
        ordered = f"SELECT * FROM ({found}) ORDER BY household_id, line_id, code"
        return self._table(ordered).cast(problem_columns())

    def _all_calculated(self, lines: pa.Table, items: int) -> bool:
        """Whether every item has all its lines: within each category every rule has as many, and together all items."""
        counts = pairs_counted(lines.column("category"), lines.column("rule"))
        found = 0
        of_items = [rule.rule for rule in self._of_items]
        for category in {item.category for item in self.pack.items.values()}:
            of_rules = {
                counts[category, rule.id]
                for rule in of_items
                if not rule.categories or category in rule.categories
            }
            if len(of_rules) > 1:
                return False
            found += next(iter(of_rules), 0)
        return found == items

    def _close(self, told: pa.Table) -> pa.Table:
        """One statement a household, also for those that only an item names."""
        self._connection.register("told", told)
        sums = ", ".join(
            f"CASE WHEN held THEN NULL ELSE coalesce(o.{name}, 0) + coalesce(b.{name}, 0) END AS {name}"
            for name in _SUMS.values()
        )
        counted = "CASE WHEN held THEN 0 ELSE coalesce(o.lines, 0) + coalesce(b.lines, 0) END AS lines"
        judged = f"SELECT household_id, {HOME}, false AS held FROM households"
        if told.num_rows:
            judged = (
                "SELECT coalesce(h.household_id, p.household_id) AS household_id, "
                f"h.{HOME}, p.household_id IS NOT NULL AS held FROM households h FULL JOIN "
                "(SELECT DISTINCT household_id FROM told) p ON p.household_id = h.household_id"
            )
        statements = self._table(
            f"SELECT e.household_id, {sums}, {counted}, "
            f"CASE WHEN held THEN '{WITHHELD}' ELSE '{ISSUED}' END AS status FROM ({judged}) e "
            f"LEFT JOIN own o ON o.{HOME} = e.{HOME} LEFT JOIN besides b ON b.{HOME} = e.{HOME} ORDER BY household_id"
        )
        return statements.cast(statement_columns())

    def _one(self, query: str) -> tuple[int, ...]:
        rows: list[tuple[int, ...]] = self._connection.execute(query).fetchall()
        return rows[0]


def _refuse_strays(told: pa.Table) -> None:
    """Raises `FactTablesError` for items of no household that is there: somebody's account lacks them, nobody knows whose."""
    strays = told.filter(pc.equal(told.column("code"), problems.UNKNOWN_HOUSEHOLD)).to_pylist()
    if strays:
        named = ", ".join(f"{row['line_id']} (household {row['household_id']})" for row in strays[:_NAMED])
        more = f" and {len(strays) - _NAMED} more" if len(strays) > _NAMED else ""
        raise FactTablesError(
            "facts.unknown_household",
            f"items: {named}{more}: there is no such household, so nobody's account can be reckoned. "
            "Compare the numbers letter by letter (a spreadsheet drops leading zeros).",
        )


def _nines(size: int) -> int:
    """The largest number of as many digits."""
    return int(10 ** len(str(size)) - 1)


def _sum_of(column: str, condition: str, name: str) -> str:
    summed = f"sum({column})" if condition == "true" else f"sum({column}) FILTER ({condition})"
    return f'CAST(coalesce({summed}, 0) AS BIGINT) AS "{name}"'
