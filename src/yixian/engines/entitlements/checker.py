"""复核: every line reckoned again in plain Python from the facts and the pack, and compared with the engine's.

It shares the typed tree with the SQL, and nothing else: prices are looked up in the pack itself, joins are dictionaries,
sums are Python integers. Compared are the amount, the stored trace and the citation of every line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from yixian.domain.policy import Pack, Price
from yixian.engines.entitlements.facts import Facts
from yixian.engines.entitlements.formula import Reckoner, half_up, reckoner
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, TypedRule

Key = tuple[str, str, str]
"""(household, line, rule)."""
Told = tuple[int, str, str, str]
"""(minor units, trace, document, clause)."""
_COMPARED = ("household_id", "line_id", "rule", "amount_fen", "values", "document", "clause")


class CheckFailed(RuntimeError):
    """The engine and the checker disagree; nothing of such a run may be used."""


def check_lines(pack: Pack, rules: Sequence[TypedRule], facts: Facts, on: date, lines: pa.Table) -> None:
    """Raise `CheckFailed` at the first line that the checker reckons otherwise, misses or has besides."""
    expected = _Reckoning(pack, rules, on).lines(facts)
    columns = (lines.column(name).to_pylist() for name in _COMPARED)
    for household, line, rule, *told in zip(*columns, strict=True):
        own = expected.pop((household, line, rule), None)
        if own is None or own != tuple(told):
            raise CheckFailed(f"{household} {line} {rule}: the engine says {tuple(told)}, the checker {own}.")
    if expected:
        raise CheckFailed(
            f"The checker has {len(expected)} lines that the engine lacks: {next(iter(expected))}."
        )


@dataclass(frozen=True, slots=True)
class _Decided:
    """A price with its scaled integer."""

    price: Price
    scaled: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule ready to be reckoned many times."""

    typed: TypedRule
    steps: tuple[tuple[str, Reckoner], ...]
    amount: Reckoner
    drop: int
    trace: tuple[tuple[str, int], ...]

    def line(self, values: dict[str, int], document: str, clause: str) -> Told:
        """The line of these values, to which the steps are added."""
        for name, reckon in self.steps:
            values[name] = reckon(values)
        parts = [f'"{name}":"{_text(values[name], scale)}"' for name, scale in self.trace]
        return half_up(self.amount(values), self.drop), "{" + ",".join(parts) + "}", document, clause


class _Reckoning:
    """One plain reckoning on one day."""

    def __init__(self, pack: Pack, rules: Sequence[TypedRule], on: date) -> None:
        self._pack = pack
        self._on = on
        digits = pack.currency.digits
        ready = [_ready(typed, digits) for typed in rules]
        of_items = [rule for rule in ready if rule.typed.for_items]
        self._of_households = [rule for rule in ready if not rule.typed.for_items]
        self._of_category = {
            category: [rule for rule in of_items if _takes(rule, category)]
            for category in {item.category for item in pack.items.values()}
        }
        self._prices: dict[tuple[str, str], _Decided | None] = {}

    def lines(self, facts: Facts) -> dict[Key, Told]:
        """Every line that there should be."""
        homes = {
            number: (zone, values)
            for number, zone, values in _rows(
                facts.households, ("household_id", "zone"), self._pack.household_inputs
            )
        }
        found: dict[Key, Told] = {}
        totals: dict[tuple[str, str], int] = defaultdict(int)
        keys = ("line_id", "household_id", "item_code")
        for line, number, code, own in _rows(facts.items, keys, self._pack.item_inputs):
            zone, home = homes.get(number, ("", None))
            item, price = self._pack.items.get(code), self._price(code, zone)
            if home is None or own is None or item is None or price is None:
                continue
            for rule in self._of_category[item.category]:
                cited = rule.typed.rule if rule.typed.rule.document else price.price
                told = rule.line({**home, **own, "price": price.scaled}, cited.document, cited.clause)
                found[number, line, rule.typed.rule.id] = told
                totals[number, item.category] += told[0]
        for number, (zone, home) in homes.items():
            if home is not None:
                self._household(number, zone, home, totals, found)
        return found

    def _household(
        self,
        number: str,
        zone: str,
        home: Mapping[str, int],
        totals: Mapping[tuple[str, str], int],
        found: dict[Key, Told],
    ) -> None:
        for ready in self._of_households:
            rule = ready.typed.rule
            prices = {name: self._price(code, zone) for name, code in rule.prices.items()}
            decided = {name: price.scaled for name, price in prices.items() if price is not None}
            if len(decided) < len(prices):
                continue
            sums = {name: totals.get((number, category), 0) for name, category in rule.totals.items()}
            told = ready.line({**home, **decided, **sums}, rule.document, rule.clause)
            if told[0] or rule.keep_zero:
                found[number, rule.id, rule.id] = told

    def _price(self, code: str, zone: str) -> _Decided | None:
        key = (code, zone)
        if key not in self._prices:
            price = self._pack.price_on(code, zone, self._on)
            self._prices[key] = (
                None if price is None else _Decided(price, int(price.amount.scaleb(PRICE_SCALE)))
            )
        return self._prices[key]


def _ready(typed: TypedRule, digits: int) -> _Rule:
    return _Rule(
        typed=typed,
        steps=tuple((name, reckoner(node)) for name, node in typed.steps.items()),
        amount=reckoner(typed.amount),
        drop=typed.amount.scale - digits,
        trace=tuple((name.name, name.scale) for name in typed.trace.values()),
    )


def _takes(rule: _Rule, category: str) -> bool:
    return not rule.typed.rule.categories or category in rule.typed.rule.categories


def _rows(
    table: pa.Table, keys: Sequence[str], inputs: Sequence[str] | Mapping[str, object]
) -> Iterator[Any]:
    """Each row's keys, then its inputs by name, or None if one is missing."""
    names = tuple(inputs)
    columns = [table.column(name).to_pylist() for name in (*keys, *names)]
    width = len(keys)
    for row in zip(*columns, strict=True):
        given = row[width:]
        yield (*row[:width], None if None in given else dict(zip(names, given, strict=True)))


@lru_cache(maxsize=1 << 16)
def _text(value: int, scale: int) -> str:
    """An exact decimal text of a scaled integer."""
    if not scale:
        return str(value)
    digits = f"{abs(value):0{scale + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"
