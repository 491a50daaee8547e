"""内核: facts and a pack to lines, statements and problems, in DuckDB, over scaled integers.

Prices are joined from the left, so that an item without a price stays and becomes a problem. A kernel reckons one part of
the households at a time; parts are independent, so any number of them may run beside or after each other, here or on
other machines, and their sums and digests add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements import problems
from yixian.engines.entitlements.facts import (
    HOUSEHOLD_KEYS,
    ITEM_KEYS,
    FactsError,
    scaled_select,
    sql_text,
)
from yixian.engines.entitlements.line_queries import LineQueries, sum_column, total_column
from yixian.engines.entitlements.rules_typing import MOST_LINES, typed
from yixian.engines.entitlements.tables import ISSUED, PROBLEMS, STATEMENTS, WITHHELD
from yixian.engines.entitlements.tariff import create_tariff, create_words, priced
from yixian.engines.entitlements.traces import key_columns, lines_schema, trace_columns

_LOW = "18446744073709551615::UHUGEINT"
_DIGEST = f"""
SELECT sum(CAST(m & {_LOW} AS UBIGINT)), sum(CAST(m >> 64 AS UBIGINT)), count(*) FROM (
  SELECT md5_number(concat(household_id, chr(31), line_id, chr(31), rule, chr(31), result)) AS m FROM {{table}})
"""


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
        self._queries = LineQueries(pack, on, key_columns(self.rules), trace_columns(self.rules))
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
        counted = self._read(households, items)
        found = [self._item_part()]
        self._sum_up(found[0])
        of_households = [self._queries.of_households(rule) for rule in self.rules if not rule.for_items]
        if of_households:
            found.append(self._connection.sql(" UNION ALL ".join(of_households)).to_arrow_table())
        told = self._problems(counted)
        lines = pa.concat_tables(found)
        if told.num_rows:
            held = pc.is_in(lines.column("household_id"), value_set=pc.unique(told.column("household_id")))
            lines = lines.filter(pc.invert(held))
        kept = lines.select(self.schema.names)
        part = Part(kept, self._statements(lines, told), told, self._digest(lines))
        for name in ("given_households", "given_items", "item_lines", "lines", "told"):
            self._connection.unregister(name)
        return part

    def _read(self, households: pa.Table, items: pa.Table) -> int:
        """Bring the facts in; the number of items. Raises `FactsError`."""
        self._create("households", households, HOUSEHOLD_KEYS, self.pack.household_inputs)
        self._create("items", items, ITEM_KEYS, self.pack.item_inputs)
        self._unique("households", "household_id")
        count = self._unique("items", "household_id, line_id")
        several = sum(rule.for_items for rule in self.rules) > 1
        kind = "TABLE" if several else "VIEW"
        self._connection.execute(f"CREATE OR REPLACE TEMP {kind} priced AS {priced(self.pack)}")
        return count

    def _create(self, which: str, rows: pa.Table, keys: Sequence[str], inputs: Mapping[str, Input]) -> None:
        for name in rows.column_names:
            if rows.column_names.count(name) > 1:
                raise FactsError("facts.column", f"{which}: the column “{name}” is there twice.")
        self._connection.register(f"given_{which}", rows)
        described = self._connection.execute(f"DESCRIBE given_{which}").fetchall()
        types = {row[0]: row[1] for row in described}
        select = scaled_select(which, f"given_{which}", types, keys, inputs)
        kind = "TEMP TABLE" if which == "households" else "TEMP VIEW"
        self._connection.execute(f"CREATE OR REPLACE {kind} {which} AS {select}")

    def _unique(self, which: str, key: str) -> int:
        """The number of rows, if each has a key of its own. Raises `FactsError`."""
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

    def _item_part(self) -> pa.Table:
        of_items = [self._queries.of_items(rule) for rule in self.rules if rule.for_items]
        return self._connection.sql(
            " UNION ALL ".join(of_items or [self._queries.of_nothing()])
        ).to_arrow_table()

    def _sum_up(self, lines: pa.Table) -> None:
        """The table ``own``: what each household's items come to, as household rules may use it."""
        self._connection.register("item_lines", lines)
        rules = [rule.rule for rule in self.rules if not rule.for_items]
        columns = [
            self._sum_of(
                "amount_fen", f"category = {sql_text(name)} AND paid = {sql_text(ONCE)}", total_column(name)
            )
            for name in sorted({category for rule in rules for category in rule.totals.values()})
        ]
        for name in sorted({measure for rule in rules for measure in rule.sums.values()}):
            ids = [
                rule.rule.id for rule in self.rules if rule.rule.measure and rule.rule.measure.name == name
            ]
            condition = f"rule IN ({', '.join(map(sql_text, ids))})" if ids else "false"
            columns.append(self._sum_of("result", condition, sum_column(name)))
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE own AS SELECT {', '.join(['household_id', 'count(*) AS lines', *columns])} "
            "FROM item_lines GROUP BY household_id"
        )
        query = f"SELECT household_id FROM own WHERE lines > {MOST_LINES} ORDER BY household_id LIMIT 1"
        many = self._connection.execute(query).fetchall()
        if many:
            raise FactsError(
                "facts.too_many", f"items: {many[0][0]} has more than {MOST_LINES} lines of them."
            )

    def _sum_of(self, column: str, condition: str, name: str) -> str:
        return f'CAST(sum({column}) FILTER ({condition}) AS BIGINT) AS "{name}"'

    def _problems(self, items: int) -> pa.Table:
        queries = problems.of_households(self.pack, self.rules, self._queries)
        if not self._all_reckoned(items):
            queries += problems.of_items(self.pack, self.rules, self._queries)
        return self._connection.sql(" UNION ALL ".join(queries)).to_arrow_table().cast(PROBLEMS)

    def _all_reckoned(self, items: int) -> bool:
        """Whether every item has all its lines: within each category every rule has as many, and together all items."""
        query = "SELECT category, rule, count(*) FROM item_lines GROUP BY ALL"
        rows = self._connection.execute(query).fetchall()
        counts = Counter({(category, rule): count for category, rule, count in rows})
        found = 0
        of_items = [rule.rule for rule in self.rules if rule.for_items]
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

    def _statements(self, lines: pa.Table, told: pa.Table) -> pa.Table:
        """One row a household, also for those that only an item names."""
        self._connection.register("lines", lines)
        self._connection.register("told", told)
        paid = ", ".join(
            f"coalesce(CAST(sum(amount_fen) FILTER (paid = {sql_text(when)}) AS BIGINT), 0) AS {name}"
            for when, name in ((ONCE, "total_fen"), (MONTHLY, "monthly_fen"), (YEARLY, "yearly_fen"))
        )
        sums = "total_fen", "monthly_fen", "yearly_fen"
        amounts = ", ".join(
            f"CASE WHEN t.household_id IS NULL THEN coalesce({name}, 0) END AS {name}" for name in sums
        )
        return (
            self._connection.sql(
                "WITH everyone AS (SELECT household_id FROM households UNION SELECT household_id FROM told), "
                f"sums AS (SELECT household_id, {paid}, count(*) AS lines FROM lines GROUP BY household_id) "
                f"SELECT e.household_id, {amounts}, coalesce(s.lines, 0) AS lines, "
                f"CASE WHEN t.household_id IS NULL THEN '{ISSUED}' ELSE '{WITHHELD}' END AS status "
                "FROM everyone e LEFT JOIN sums s ON s.household_id = e.household_id "
                "LEFT JOIN (SELECT DISTINCT household_id FROM told) t ON t.household_id = e.household_id"
            )
            .to_arrow_table()
            .cast(STATEMENTS)
        )

    def _digest(self, lines: pa.Table) -> int:
        self._connection.register("lines", lines)
        low, high, count = self._one(_DIGEST.format(table="lines"))
        return (int(low) + (int(high) << 64)) % 2**128 if count else 0

    def _one(self, query: str) -> tuple[int, ...]:
        rows: list[tuple[int, ...]] = self._connection.execute(query).fetchall()
        return rows[0]
