"""内核: facts and a pack to lines, statements and problems, in DuckDB, over scaled integers.

Prices are joined from the left, so that an item without a price stays and becomes a problem. A kernel reckons one part of
the households at a time; parts are independent, so any number of them may run beside or after each other, here or on
other machines, and their sums and digests add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements import problems
from yixian.engines.entitlements.arrow_columns import ascends, pairs_counted
from yixian.engines.entitlements.facts import (
    HOUSEHOLD_KEYS,
    ITEM_KEYS,
    FactsError,
    scaled_select,
    sql_text,
)
from yixian.engines.entitlements.line_queries import NUMBER, LineQueries, sum_column, total_column
from yixian.engines.entitlements.rules_typing import MOST_LINES, TypedRule, typed
from yixian.engines.entitlements.tables import ISSUED, PROBLEMS, STATEMENTS, WITHHELD
from yixian.engines.entitlements.tariff import create_tariff, create_words, priced
from yixian.engines.entitlements.traces import key_columns, lines_schema, trace_columns

_LOW = "18446744073709551615::UHUGEINT"
_LINE_DIGEST = "md5_number(concat(household_id, chr(31), line_id, chr(31), rule, chr(31), result))"
_SUMS = {ONCE: "total_fen", MONTHLY: "monthly_fen", YEARLY: "yearly_fen"}


@dataclass(frozen=True)
class Part:
    """One part's outcome: tables as in `.tables` (lines by `lines_schema`), unsorted, and what adds up over parts."""

    lines: pa.Table
    statements: pa.Table
    problems: pa.Table
    digest: int


class Kernel:
    """A pack made ready for a day: its words as enums, its prices as a table. Not to be shared between threads."""

    def __init__(self, pack: Pack, on: date, *, threads: int = 2, memory_mb: int | None = None) -> None:
        self.pack = pack
        self.on = on
        self.rules = [typed(pack, rule) for rule in pack.rules_on(on)]
        self.schema = lines_schema(self.rules)
        self._of_items = [rule for rule in self.rules if rule.for_items]
        self._of_households = [rule for rule in self.rules if not rule.for_items]
        self._item_queries, self._household_queries = (
            LineQueries(pack, on, key_columns(rules), trace_columns(rules))
            for rules in (self._of_items, self._of_households)
        )
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(
            f"SET threads = {threads}; SET preserve_insertion_order = false; SET enable_progress_bar = false"
        )
        if memory_mb is not None:
            self._connection.execute(f"SET memory_limit = '{memory_mb}MB'")
        create_words(self._connection, pack)
        create_tariff(self._connection, pack, on)

    def close(self) -> None:
        """Free the memory."""
        self._connection.close()

    def part(self, households: pa.Table, items: pa.Table) -> Part:
        """Reckon these households. Raises `FactsError` for rows that cannot be used at all."""
        count = self._read(households, items)
        item_lines = self._lines(self._item_queries, [self._item_query(rule) for rule in self._of_items])
        self._sum_up("own", item_lines, self._of_items, self._used_sums())
        self._refuse_too_many()
        of_households = map(self._household_queries.of_households, self._of_households)
        household_lines = self._lines(self._household_queries, [*of_households])
        self._sum_up("besides", household_lines, self._of_households, [])
        told = self._problems(item_lines, count)
        statements, digest = self._close(told)
        lines = self._together(item_lines, household_lines)
        if told.num_rows:
            held = pc.is_in(lines.column("household_id"), value_set=pc.unique(told.column("household_id")))
            lines = lines.filter(pc.invert(held))
        for name in ("given_households", "given_items", "own_lines", "besides_lines", "told"):
            self._connection.unregister(name)
        return Part(lines, statements, told, digest)

    def _item_query(self, rule: TypedRule) -> str:
        """One item rule's SELECT, its integers no wider than this part's own facts make them."""
        return self._item_queries.of_items(typed(self.pack, rule.rule, self._most))

    def _lines(self, queries: LineQueries, selects: list[str]) -> pa.Table:
        return self._connection.sql(" UNION ALL ".join(selects or [queries.of_nothing()])).to_arrow_table()

    def _together(self, *tables: pa.Table) -> pa.Table:
        """The lines of items and of households with the columns of both."""
        kinds = {field.name: field.type for table in tables for field in table.schema}
        whole = []
        for table in tables:
            columns = [
                table.column(name) if name in table.column_names else pa.nulls(table.num_rows, kinds[name])
                for name in self.schema.names
            ]
            whole.append(pa.table(columns, names=self.schema.names))
        return pa.concat_tables(whole)

    def _read(self, households: pa.Table, items: pa.Table) -> int:
        """Bring the facts in; the number of items. Raises `FactsError`."""
        self._create("households", households, HOUSEHOLD_KEYS, self.pack.household_inputs)
        self._create("items", items, ITEM_KEYS, self.pack.item_inputs)
        self._unique("households", "household_id", households)
        count = self._unique("items", "household_id, line_id", items)
        self._most = self._largest("households", self.pack.household_inputs)
        self._most |= self._largest("items", self.pack.item_inputs)
        (self._most["price"],) = self._one("SELECT coalesce(max(abs(price)), 0) FROM tariff")
        kind = "TABLE" if len(self._of_items) > 1 else "VIEW"
        self._connection.execute(f"CREATE OR REPLACE TEMP {kind} priced AS {priced(self.pack)}")
        return count

    def _largest(self, which: str, inputs: Mapping[str, Input]) -> dict[str, int]:
        """The largest size of each number among the rows."""
        numbers = [name for name, declared in inputs.items() if not declared.choices]
        if not numbers:
            return {}
        sizes = ", ".join(f'coalesce(max(abs("{name}")), 0)' for name in numbers)
        return dict(zip(numbers, self._one(f"SELECT {sizes} FROM {which}"), strict=True))

    def _create(self, which: str, rows: pa.Table, keys: Sequence[str], inputs: Mapping[str, Input]) -> None:
        for name in rows.column_names:
            if rows.column_names.count(name) > 1:
                raise FactsError("facts.column", f"{which}: the column “{name}” is there twice.")
        self._connection.register(f"given_{which}", rows)
        described = self._connection.execute(f"DESCRIBE given_{which}").fetchall()
        types = {row[0]: row[1] for row in described}
        select = scaled_select(which, f"given_{which}", types, keys, inputs)
        kind = "TEMP VIEW"
        if which == "households":
            kind, select = (
                "TEMP TABLE",
                f"SELECT *, CAST(row_number() OVER () AS INTEGER) AS {NUMBER} FROM ({select})",
            )
        self._connection.execute(f"CREATE OR REPLACE {kind} {which} AS {select}")

    def _unique(self, which: str, key: str, rows: pa.Table) -> int:
        """The number of rows, if each has a key of its own. Raises `FactsError`."""
        if ascends(rows, key.split(", ")):
            return int(rows.num_rows)
        name = key.rsplit(", ", maxsplit=1)[-1]
        missing = " OR ".join(f"{part} IS NULL" for part in key.split(", "))
        count, distinct, empty = self._one(
            f"SELECT count(*), count(DISTINCT hash({key})), count(*) FILTER ({missing}) FROM {which}"
        )
        if empty:
            raise FactsError("facts.empty_id", f"{which}: “{name}” is empty in some row.")
        if distinct < count:
            twice = self._connection.execute(
                f"SELECT {name} FROM {which} GROUP BY {key} HAVING count(*) > 1 ORDER BY {name} LIMIT 1"
            ).fetchall()
            if twice:
                raise FactsError("facts.twice", f"{which}: “{name}” {twice[0][0]} stands there twice.")
        return int(count)

    def _used_sums(self) -> list[str]:
        """What household rules may use of a household's items, as columns."""
        rules = [rule.rule for rule in self._of_households]
        columns = [
            _sum_of(
                "amount_fen", f"category = {sql_text(name)} AND paid = {sql_text(ONCE)}", total_column(name)
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

    def _sum_up(self, name: str, lines: pa.Table, rules: Sequence[TypedRule], columns: Sequence[str]) -> None:
        """The table ``name``: each household's number of lines, sums, digest, and these columns."""
        self._connection.register(f"{name}_lines", lines)
        paid = {rule.rule.paid for rule in rules if rule.rule.measure is None}
        counts = any(rule.rule.measure is not None for rule in rules)
        sums = []
        for when, column in _SUMS.items():
            condition = f"paid = {sql_text(when)}" if len(paid) > 1 or counts else "true"
            sums.append(
                _sum_of("amount_fen", condition, column) if when in paid else f"CAST(0 AS BIGINT) AS {column}"
            )
        digests = [
            f"sum(CAST(digest & {_LOW} AS UBIGINT)) AS low",
            "sum(CAST(digest >> 64 AS UBIGINT)) AS high",
        ]
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS "
            f"SELECT {', '.join([NUMBER, 'count(*) AS lines', *sums, *digests, *columns])} "
            f"FROM (SELECT *, {_LINE_DIGEST} AS digest FROM {name}_lines) GROUP BY {NUMBER}"
        )

    def _refuse_too_many(self) -> None:
        query = (
            f"SELECT household_id FROM own JOIN households h ON h.{NUMBER} = own.{NUMBER} "
            f"WHERE lines > {MOST_LINES} ORDER BY household_id LIMIT 1"
        )
        many = self._connection.execute(query).fetchall()
        if many:
            raise FactsError(
                "facts.too_many", f"items: {many[0][0]} has more than {MOST_LINES} lines of them."
            )

    def _problems(self, lines: pa.Table, items: int) -> pa.Table:
        queries = problems.of_households(self.pack, self.rules, self._household_queries)
        if not self._all_reckoned(lines, items):
            queries += problems.of_items(self.pack, self.rules, self._item_queries)
        found = " UNION ALL ".join(queries)
        ordered = f"SELECT * FROM ({found}) ORDER BY household_id, line_id, code"
        return self._connection.sql(ordered).to_arrow_table().cast(PROBLEMS)

    def _all_reckoned(self, lines: pa.Table, items: int) -> bool:
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

    def _close(self, told: pa.Table) -> tuple[pa.Table, int]:
        """One statement a household, also for those that only an item names; and the digest of the issued lines."""
        self._connection.register("told", told)
        sums = ", ".join(
            f"CASE WHEN held THEN NULL ELSE coalesce(o.{name}, 0) + coalesce(b.{name}, 0) END AS {name}"
            for name in _SUMS.values()
        )
        added = ", ".join(
            f"CASE WHEN held THEN 0 ELSE coalesce(o.{name}, 0) + coalesce(b.{name}, 0) END AS {name}"
            for name in ("lines", "low", "high")
        )
        judged = f"SELECT household_id, {NUMBER}, false AS held FROM households"
        if told.num_rows:
            judged = (
                "SELECT coalesce(h.household_id, p.household_id) AS household_id, "
                f"h.{NUMBER}, p.household_id IS NOT NULL AS held FROM households h FULL JOIN "
                "(SELECT DISTINCT household_id FROM told) p ON p.household_id = h.household_id"
            )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE closed AS SELECT e.household_id, {sums}, {added}, "
            f"CASE WHEN held THEN '{WITHHELD}' ELSE '{ISSUED}' END AS status FROM ({judged}) e "
            f"LEFT JOIN own o ON o.{NUMBER} = e.{NUMBER} LEFT JOIN besides b ON b.{NUMBER} = e.{NUMBER}"
        )
        statements = self._connection.sql(
            "SELECT * EXCLUDE (low, high) FROM closed ORDER BY household_id"
        ).to_arrow_table()
        low, high = self._one("SELECT coalesce(sum(low), 0), coalesce(sum(high), 0) FROM closed")
        return statements.cast(STATEMENTS), (int(low) + (int(high) << 64)) % 2**128

    def _one(self, query: str) -> tuple[int, ...]:
        rows: list[tuple[int, ...]] = self._connection.execute(query).fetchall()
        return rows[0]


def _sum_of(column: str, condition: str, name: str) -> str:
    summed = f"sum({column})" if condition == "true" else f"sum({column}) FILTER ({condition})"
    return f'CAST(coalesce({summed}, 0) AS BIGINT) AS "{name}"'
