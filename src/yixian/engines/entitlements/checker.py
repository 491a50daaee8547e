"""复核: every line reckoned again in plain Python from the facts and the pack, and compared with the engine's.

It shares the typed tree with the SQL, and nothing else: facts are read and bounded here on their own, prices and factors
looked up in the pack itself, joins are dictionaries, sums are Python integers. Compared are every line's amount, trace
and citation, every household's sums, and who is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import ALL, FACTOR_SCALE, ITEMS, MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements.formula import Evaluator, Name, evaluator, half_up
from yixian.engines.entitlements.plain_facts import Facts, Given, read_plain, whole_numbers
from yixian.engines.entitlements.plain_over_items import Taken, taken_over_items
from yixian.engines.entitlements.result_tables import COUNTED, ISSUED, line_columns
from yixian.engines.entitlements.rules_typing import (
    FIRST_DAY,
    LAST_DAY,
    ON_DAY,
    PRICE_SCALE,
    TypedRule,
    scaled,
)
from yixian.lazy_imports import pa, pc

Key = tuple[str, str]
"""(household, line)."""
Trace = tuple[Any, ...]
"""(minor units, head, document, clause, then the numbers and the choices of the trace, each in the order of its rule)."""
_SUMS = (ONCE, MONTHLY, YEARLY)


class CheckFailed(RuntimeError):
    """The engine and the checker disagree; nothing of such a run may be used."""


def check(
    pack: Pack,
    rules: Sequence[TypedRule],
    on: date,
    facts: tuple[pa.Table, pa.Table],
    lines: pa.Table,
    statements: pa.Table,
) -> None:
    """Reckon again from the raw households and items, and compare. Raises `CheckFailed` at the first difference."""
    calculation = PlainCalculation(pack, rules, on)
    expected = calculation.lines(read_plain(pack, *facts))
    sums: dict[str, dict[str, int]] = {number: dict.fromkeys(_SUMS, 0) for number in calculation.everyone}
    counts: dict[str, int] = defaultdict(int)
    seen = 0
    for rule in rules:
        of_rule = lines.filter(pc.equal(lines.column("rule").cast(pa.string()), rule.rule.id))
        seen += of_rule.num_rows
        _compare(rule, of_rule, expected[rule.rule.id])
        paid = None if rule.rule.measure else rule.rule.paid
        pairs = zip(
            *(of_rule.column(name).to_pylist() for name in ("household_id", "amount_fen")), strict=True
        )
        for number, amount in pairs:
            counts[number] += 1
            if paid is not None:
                sums[number][paid] += amount
    if seen != lines.num_rows:
        raise CheckFailed("The engine has lines of a rule that is not in force.")
    for row in statements.to_pylist():
        number = row["household_id"]
        issued = row["status"] == ISSUED
        own_sums = sums.pop(number, None)
        told_sums = {ONCE: row["total_fen"], MONTHLY: row["monthly_fen"], YEARLY: row["yearly_fen"]}
        if issued is (number in calculation.held) or row["lines"] != counts[number]:
            raise CheckFailed(f"{number}: the engine and the checker disagree whether it is withheld.")
        if told_sums != (own_sums if issued else dict.fromkeys(_SUMS)):
            raise CheckFailed(f"{number}: the engine's sums are {told_sums}, the checker's {own_sums}.")
    if sums:
        raise CheckFailed(f"The engine has no account for {next(iter(sums))}.")


def _compare(rule: TypedRule, lines: pa.Table, expected: dict[Key, Trace]) -> None:
    """Compare one rule's lines, each with all that it keeps; what the rule does not use must be null."""
    fixed = ("household_id", "line_id", "amount_fen", "head", "document", "clause")
    columns: list[list[Any]] = [lines.column(name).to_pylist() for name in fixed]
    columns += [_numbers(lines.column(name), known) for name, known in rule.trace.items()]
    columns += [lines.column(name).to_pylist() for name in rule.keys]
    paid = rule.rule.paid if rule.rule.measure is None else COUNTED
    if lines.num_rows and pc.unique(lines.column("paid").cast(pa.string())).to_pylist() != [paid]:
        raise CheckFailed(f"{rule.rule.id}: the engine says that its lines are paid otherwise than {paid}.")
    for name in lines.column_names:
        used = name in line_columns().names or name in rule.trace or name in rule.keys
        if not used and lines.column(name).null_count < lines.num_rows:
            raise CheckFailed(f"{rule.rule.id}: the engine keeps “{name}”, which the rule does not use.")
    for household, line, *told in zip(*columns, strict=True):
        own = expected.pop((household, line), None)
        if own is None or own != tuple(told):
            message = f"{household} {line} {rule.rule.id}: the engine says {told}, the checker {own}."
            raise CheckFailed(message)
    if expected:
        raise CheckFailed(
            f"The checker has {len(expected)} lines of {rule.rule.id} that the engine lacks: {next(iter(expected))}."
        )


def _numbers(column: pa.ChunkedArray, known: Name) -> list[int | None]:
    """A column of the trace as scaled integers, days as their numbers."""
    if known.is_day:
        return [None if day is None else day.toordinal() for day in column.to_pylist()]
    return whole_numbers(column, known.scale)


@dataclass(frozen=True, slots=True)
class _Decided:
    """A price: its scaled integer and where it is decided."""

    amount: int
    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule ready to be reckoned many times."""

    typed: TypedRule
    steps: tuple[tuple[str, Evaluator], ...]
    amount: Evaluator
    drop: int
    kept: tuple[str, ...]
    on: int

    def line(
        self, values: dict[str, Any], head: str | None, document: str, clause: str
    ) -> tuple[int, Trace] | None:
        """The result, and the line, of these values, to which the steps are added; None on a day on which it is not paid."""
        if self.typed.uses_on_day:
            values[ON_DAY] = self.on
        for name, calculate in self.steps:
            values[name] = calculate(values)
        rule = self.typed.rule
        if (rule.first and values[FIRST_DAY] > self.on) or (rule.last and values[LAST_DAY] < self.on):
            return None
        result = half_up(self.amount(values), self.drop)
        measure = self.typed.rule.measure
        if measure is not None:
            values[measure.name] = result
        amount = result if measure is None else 0
        return result, (amount, head, document, clause, *[values[name] for name in self.kept])


class PlainCalculation:
    """平算: one plain reckoning on one day. ``held`` are the households that it withholds, ``everyone`` all of them."""

    def __init__(self, pack: Pack, rules: Sequence[TypedRule], on: date) -> None:
        self.held: set[str] = set()
        self.everyone: set[str] = set()
        self._pack = pack
        self._on = on
        self._rules = [_ready(typed, on) for typed in rules]
        self._of_households = [rule for rule in self._rules if rule.typed.rule.applies_to != ITEMS]
        of_items = [rule for rule in self._rules if rule.typed.rule.applies_to == ITEMS]
        self._heads = {rule: head.code for head in pack.budget_heads.values() for rule in head.rules}
        self._items = {
            item.code: (
                item.category,
                [name for name, declared in pack.item_inputs.items() if declared.is_of(item.category)],
                [rule for rule in of_items if _takes(rule, item.category)],
                pack.budget_head_of("", item.code) or None,
            )
            for item in pack.items.values()
        }
        self._wanted_over_items = [over for typed in rules for over in typed.rule.over_items.values()]
        self._over: Taken = {}
        self._sums_all = all(item.category != ALL for item in pack.items.values())
        self._prices: dict[tuple[str, str], _Decided | None] = {}
        self._factors: dict[tuple[str, str], int | None] = {}

    def lines(self, facts: Facts) -> dict[str, dict[Key, Trace]]:
        """By rule, every line that there should be: those of the households that are not held."""
        found: dict[str, dict[Key, Trace]] = {rule.typed.rule.id: {} for rule in self._rules}
        self._over = taken_over_items(self._pack, facts, self._wanted_over_items)
        totals: dict[tuple[str, str], int] = defaultdict(int)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for number, line, code, own in facts.items:
            if not self._item(facts, number, line, code, own, found, totals, sums):
                self.held.add(number)
        for number, (zone, home) in facts.households.items():
            if None in home.values() or not self._household(number, zone, home, found, totals, sums):
                self.held.add(number)
        self.everyone = facts.households.keys() | self.held
        if self.held:
            return {
                rule: {key: told for key, told in lines.items() if key[0] not in self.held}
                for rule, lines in found.items()
            }
        return found

    def _item(
        self,
        facts: Facts,
        number: str,
        line: str,
        code: str,
        own: Given,
        found: dict[str, dict[Key, Trace]],
        totals: dict[tuple[str, str], int],
        sums: dict[tuple[str, str], int],
    ) -> bool:
        """Reckon one item's lines; whether that could be done."""
        place = facts.households.get(number)
        known = self._items.get(code)
        if known is None or place is None:
            return False
        category, needed, rules, head = known
        zone, home = place
        if not rules or None in home.values() or any(own[name] is None for name in needed):
            return False
        price = self._price(code, zone)
        for rule in rules:
            spec = rule.typed.rule
            values = self._values(rule, number, {**home, **own})
            if values is None:
                return False
            document, clause = spec.document, spec.clause
            if price is not None:
                values["price"] = price.amount
                if not document:
                    document, clause = price.document, price.clause
            elif not document or "price" in rule.typed.trace:
                return False
            own_head = self._heads.get(spec.id, head)
            line_of = rule.line(values, own_head, document, clause)
            if line_of is None:
                continue
            result, told = line_of
            found[spec.id][number, line] = told
            if spec.measure is not None:
                sums[number, spec.measure.name] += result
            elif spec.paid == ONCE:
                totals[number, category] += result
                if self._sums_all:
                    totals[number, ALL] += result
        return True

    def _household(
        self,
        number: str,
        zone: str,
        home: Given,
        found: dict[str, dict[Key, Trace]],
        totals: Mapping[tuple[str, str], int],
        sums: Mapping[tuple[str, str], int],
    ) -> bool:
        """Reckon one household's own lines; whether that could be done."""
        if self._pack.zones and zone not in self._pack.zones:
            return False
        for rule in self._of_households:
            spec = rule.typed.rule
            prices = {name: self._price(code, zone) for name, code in spec.prices.items()}
            decided = {name: price.amount for name, price in prices.items() if price is not None}
            values = self._values(rule, number, {**home, **decided})
            if values is None or len(decided) < len(prices):
                return False
            values |= {name: totals.get((number, category), 0) for name, category in spec.totals.items()}
            values |= {name: sums.get((number, measure), 0) for name, measure in spec.sums.items()}
            line = rule.line(values, self._heads.get(spec.id), spec.document, spec.clause)
            if line is not None and (line[0] or spec.keep_zero):
                found[spec.id][number, spec.id] = line[1]
        return True

    def _values(self, rule: _Rule, number: str, given: dict[str, Any]) -> dict[str, Any] | None:
        """The facts with the factors and with what is taken over all items; None where a factor is not decided."""
        spec = rule.typed.rule
        if spec.factors:
            factors = self._found_factors(rule, given)
            if factors is None:
                return None
            given |= factors
        return given | self._taken(spec, number) if spec.over_items else given

    def _taken(self, rule: Rule, number: str) -> dict[str, int]:
        return {name: self._over[over].get(number, 0) for name, over in rule.over_items.items()}

    def _found_factors(self, rule: _Rule, given: Mapping[str, Any]) -> dict[str, int] | None:
        found = {}
        for name, use in rule.typed.rule.factors.items():
            value = self._factor(use.factor, str(given[use.by]) if use.by else "")
            if value is None:
                return None
            found[name] = value
        return found

    def _price(self, code: str, zone: str) -> _Decided | None:
        key = (code, zone)
        if key not in self._prices:
            price = self._pack.price_on(code, zone, self._on)
            self._prices[key] = (
                None
                if price is None
                else _Decided(scaled(price.amount, PRICE_SCALE), price.document, price.clause)
            )
        return self._prices[key]

    def _factor(self, name: str, key: str) -> int | None:
        if (name, key) not in self._factors:
            factor = self._pack.factor_on(name, key, self._on)
            self._factors[name, key] = None if factor is None else scaled(factor.value, FACTOR_SCALE)
        return self._factors[name, key]


def _ready(typed: TypedRule, on: date) -> _Rule:
    return _Rule(
        typed=typed,
        steps=tuple((name, evaluator(node)) for name, node in typed.steps.items()),
        amount=evaluator(typed.amount),
        drop=typed.amount.scale - typed.digits,
        kept=(*typed.trace, *typed.keys),
        on=on.toordinal(),
    )


def _takes(rule: _Rule, category: str) -> bool:
    return not rule.typed.rule.categories or category in rule.typed.rule.categories
