"""复核: every line reckoned again in plain Python from the facts and the pack, and compared with the engine's.

It shares the typed tree with the SQL, and nothing else: prices are looked up in the pack itself, joins are dictionaries,
sums are Python integers.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pyarrow as pa

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements.facts import Facts
from yixian.engines.entitlements.formula import Node, evaluate
from yixian.engines.entitlements.formula.plain import half_up
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, typed


class CheckFailed(RuntimeError):
    """The engine and the checker disagree; nothing of such a run may be used."""


def check_lines(pack: Pack, facts: Facts, on: date, lines: pa.Table) -> None:
    """Raise `CheckFailed` at the first line that the checker reckons otherwise, misses or has besides."""
    expected = _Reckoning(pack, on).amounts(facts)
    seen = 0
    columns = (lines.column(name).to_pylist() for name in ("household_id", "line_id", "rule", "amount_fen"))
    for household_id, line_id, rule, amount in zip(*columns, strict=True):
        seen += 1
        own = expected.get((household_id, line_id, rule))
        if own != amount:
            raise CheckFailed(
                f"{household_id} {line_id} {rule}: the engine says {amount}, the checker {own}."
            )
    if seen != len(expected):
        raise CheckFailed(f"The engine has {seen} lines, the checker {len(expected)}.")


class _Reckoning:
    """One plain reckoning on one day."""

    def __init__(self, pack: Pack, on: date) -> None:
        self._pack = pack
        self._on = on
        self._rules = [(rule, typed(pack, rule)) for rule in pack.rules_on(on)]
        self._prices: dict[tuple[str, str], int | None] = {}

    def amounts(self, facts: Facts) -> dict[tuple[str, str, str], int]:
        """(household, line, rule) → minor units."""
        households = {row["household_id"]: row for row in facts.households.to_pylist()}
        found: dict[tuple[str, str, str], int] = {}
        totals: dict[tuple[str, str], int] = defaultdict(int)
        for item in facts.items.to_pylist():
            household = households.get(item["household_id"])
            if household is not None:
                self._item(item, household, found, totals)
        for household in households.values():
            self._household(household, found, totals)
        return found

    def _item(
        self,
        item: dict[str, Any],
        household: dict[str, Any],
        found: dict[tuple[str, str, str], int],
        totals: dict[tuple[str, str], int],
    ) -> None:
        known = self._pack.items.get(item["item_code"])
        price = self._price(item["item_code"], household["zone"])
        values = (
            self._inputs(household) | {name: item[name] for name in self._pack.item_inputs} | {"price": price}
        )
        if known is None or any(value is None for value in values.values()):
            return
        for rule, node in self._rules:
            if rule.applies_to == ITEMS and (not rule.categories or known.category in rule.categories):
                amount = self._amount(node, values)
                found[item["household_id"], item["line_id"], rule.id] = amount
                totals[item["household_id"], known.category] += amount

    def _household(
        self,
        household: dict[str, Any],
        found: dict[tuple[str, str, str], int],
        totals: dict[tuple[str, str], int],
    ) -> None:
        number = household["household_id"]
        for rule, node in self._rules:
            if rule.applies_to == ITEMS:
                continue
            values = self._household_values(rule, household, totals)
            if any(value is None for value in values.values()):
                continue
            amount = self._amount(node, values)
            if amount or rule.keep_zero:
                found[number, rule.id, rule.id] = amount

    def _household_values(
        self, rule: Rule, household: dict[str, Any], totals: dict[tuple[str, str], int]
    ) -> dict[str, Any]:
        prices = {name: self._price(code, household["zone"]) for name, code in rule.prices.items()}
        sums = {
            name: totals.get((household["household_id"], category), 0)
            for name, category in rule.totals.items()
        }
        return self._inputs(household) | prices | sums

    def _inputs(self, household: dict[str, Any]) -> dict[str, Any]:
        return {name: household[name] for name in self._pack.household_inputs}

    def _price(self, code: str, zone: str) -> int | None:
        key = (code, zone)
        if key not in self._prices:
            price = self._pack.price_on(code, zone, self._on)
            decided = price is not None and self._pack.documents[price.document].in_force(self._on)
            self._prices[key] = (
                int(price.amount.scaleb(PRICE_SCALE)) if price is not None and decided else None
            )
        return self._prices[key]

    def _amount(self, node: Node, values: dict[str, int]) -> int:
        return half_up(evaluate(node, values), node.scale - self._pack.currency.digits)
