"""汇总的查询: what rules take over all of a household's items, as columns of one table ``over_items``, one row a household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yixian.domain.policy import OverItems, Pack
from yixian.domain.policy.pack import COUNT, LEAST, MOST, SUM
from yixian.engines.entitlements.formula import NARROW
from yixian.engines.entitlements.numbering import CODE, HOME
from yixian.engines.entitlements.rules_typing import TypedRule, over_items_name

_SQL = {SUM: "sum", LEAST: "min", MOST: "max"}
_ITEMS = "items"
"""The column with the number of a household's items."""


class OverItemsColumns:
    """The columns that these rules need, each once."""

    def __init__(self, pack: Pack, rules: Iterable[TypedRule]) -> None:
        self._pack = pack
        wanted = dict.fromkeys(over for rule in rules for over in rule.rule.over_items.values())
        self._columns: Mapping[OverItems, str] = {over: f"over:{place}" for place, over in enumerate(wanted)}

    def __bool__(self) -> bool:
        return bool(self._columns)

    def table(self) -> str:
        """The SELECT of the table."""
        columns = [f'{self._taken(over)} AS "{name}"' for over, name in self._columns.items()]
        return (
            f"SELECT {HOME}, count(*) AS {_ITEMS}, {', '.join(columns)} FROM items "
            f"WHERE {HOME} IS NOT NULL GROUP BY {HOME}"
        )

    def joined_to(self, relation: str, rule: TypedRule) -> str:
        """A relation with `HOME`, and what this rule takes, by its names; the relation itself if that is nothing."""
        if not rule.rule.over_items:
            return relation
        given = [
            f'coalesce(v."{self._columns[over]}", 0) AS "{name}"'
            for name, over in rule.rule.over_items.items()
        ]
        joined = f"{relation} r LEFT JOIN over_items v ON v.{HOME} = r.{HOME}"
        return f"(SELECT r.*, {', '.join(given)} FROM {joined})"

    def _taken(self, over: OverItems) -> str:
        codes = [str(place) for place, item in enumerate(self._pack.items.values()) if over.takes(item)]
        condition = f"FILTER ({CODE} IN ({', '.join(codes)}))" if codes else "FILTER (false)"
        if over.take == COUNT:
            return f"CAST(count(*) {condition} AS BIGINT)"
        kind = "BIGINT" if over_items_name(self._pack, "", over).bound <= NARROW else "HUGEINT"
        return f'CAST({_SQL[over.take]}("{over.fact}") {condition} AS {kind})'


def crowded(most: int) -> str:
    """A query of one household that has more items than ``most``, by its id."""
    return (
        f"SELECT household_id FROM over_items JOIN households h USING ({HOME}) "
        f"WHERE {_ITEMS} > {most} ORDER BY household_id LIMIT 1"
    )
