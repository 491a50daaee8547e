"""平算: accounts in plain Python from the facts and the pack, as the checker and the page of one household want them.

Prices and factors are looked up in the pack itself, joins are dictionaries, sums are Python integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import ALL, FACTOR_SCALE, ITEMS, ONCE, ZONE
from yixian.engines.entitlements.formula import Evaluator, evaluator, half_up
from yixian.engines.entitlements.formula.rounding import divide_half_up
from yixian.engines.entitlements.plain_facts import Facts, Given
from yixian.engines.entitlements.plain_over_items import Taken, taken_over_items
from yixian.engines.entitlements.plain_shares import Shares, Trace, by_dependency, divided
from yixian.engines.entitlements.rules_typing import (
    FIRST_DAY,
    LAST_DAY,
    ON_DAY,
    PRICE_SCALE,
    SHARE_SUM,
    SHARE_WHOLE,
    TypedRule,
    scaled,
    shared_over,
)

Key = tuple[str, str]
"""(household, line)."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """A price: its scaled integer and where it is decided."""

    amount: int
    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule ready to be reckoned many times. ``kept`` gives what a line keeps of the values; ``takes_more`` says whether
    factors, or anything taken over all items, belong to the values besides the facts.
    """

    typed: TypedRule
    steps: tuple[tuple[str, Evaluator], ...]
    result: Evaluator
    kept: Callable[[dict[str, Any]], tuple[Any, ...]]
    on: int
    takes_more: bool
    is_dated: bool
    measure: str
    share: str

    def line(
        self, values: dict[str, Any], head: str | None, document: str, clause: str
    ) -> tuple[int, Trace] | None:
        """The result, and the line, of these values, to which the steps are added; None on a day on which it is not paid."""
        if self.typed.uses_on_day:
            values[ON_DAY] = self.on
        for name, calculate in self.steps:
            values[name] = calculate(values)
        if self.is_dated and not self._is_paid(values):
            return None
        result = self.result(values)
        if self.share:
            values[SHARE_WHOLE] = result
        if not self.measure:
            return result, (result, head, document, clause, *self.kept(values))
        values[self.measure] = result
        return result, (0, head, document, clause, *self.kept(values))

    def _is_paid(self, values: dict[str, Any]) -> bool:
        """Whether the day lies within the rule's first and last."""
        rule = self.typed.rule
        return (not rule.first or values[FIRST_DAY] <= self.on) and (
            not rule.last or values[LAST_DAY] >= self.on
        )


@dataclass(frozen=True, slots=True)
class _ItemPlan:
    """What is alike for all items of one code in one zone: the facts they need, and by rule what its lines begin with."""

    category: str
    needed: tuple[str, ...]
    lines: tuple[tuple[_Rule, dict[str, Any], str | None, str, str], ...]


class PlainCalculation:
    """平算: one plain reckoning on one day. ``held`` are the households that it withholds, ``everyone`` all of them."""

    def __init__(self, pack: Pack, rules: Sequence[TypedRule], on: date) -> None:
        self.held: set[str] = set()
        self.everyone: set[str] = set()
        self._pack = pack
        self._on = on
        self._rules = [_ready(typed, on) for typed in rules]
        self._of_households = by_dependency(
            [rule for rule in self._rules if rule.typed.rule.applies_to != ITEMS],
            lambda rule: (rule.typed.rule.id, rule.typed.rule.lines.values()),
        )
        self._paid = {typed.rule.id: typed.rule.paid for typed in rules}
        self._of_items = [rule for rule in self._rules if rule.typed.rule.applies_to == ITEMS]
        self._heads = {rule: head.code for head in pack.budget_heads.values() for rule in head.rules}
        self._plans: dict[tuple[str, str], _ItemPlan | None] = {}
        self._incomplete: set[str] = set()
        self._wanted_over_items = [over for typed in rules for over in typed.rule.over_items.values()]
        self._wanted_over_items += [shared_over(typed.rule) for typed in rules if typed.rule.share]
        self._over: Taken = {}
        self._summed = {category for typed in rules for category in typed.rule.totals.values()}
        self._sums_all = ALL in self._summed and all(item.category != ALL for item in pack.items.values())
        self._prices: dict[tuple[str, str], _Decided | None] = {}
        self._factors: dict[tuple[str, str], int | None] = {}

    def lines(self, facts: Facts) -> dict[str, dict[Key, Trace]]:
        """By rule, every line that there should be: those of the households that are not held."""
        found: dict[str, dict[Key, Trace]] = {rule.typed.rule.id: {} for rule in self._rules}
        self._incomplete = {
            number for number, (_zone, home) in facts.households.items() if None in home.values()
        }
        self._over = taken_over_items(self._pack, facts, self._wanted_over_items)
        totals: dict[tuple[str, str], int] = defaultdict(int)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        shares: Shares = defaultdict(list)
        for number, line, code, own in facts.items:
            if not self._item(facts, number, line, code, own, found, totals, sums, shares):
                self.held.add(number)
        for (rule_id, number, category), parts in divided(shares):
            for line, told in parts:
                found[rule_id][number, line] = told
                if self._paid[rule_id] == ONCE:
                    self._add(totals, number, category, told[0])
        for number, (zone, home) in facts.households.items():
            if number in self._incomplete or not self._household(number, zone, home, found, totals, sums):
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
        shares: Shares,
    ) -> bool:
        """Reckon one item's lines; whether that could be done."""
        place = facts.households.get(number)
        if place is None or number in self._incomplete:
            return False
        zone, home = place
        plan = self._plans.get((code, zone), _UNMADE)
        if plan is _UNMADE:
            plan = self._plans[code, zone] = self._made_plan(code, zone)
        if plan is None:
            return False
        for name in plan.needed:
            if own[name] is None:
                return False
        for rule, fixed, head, document, clause in plan.lines:
            spec = rule.typed.rule
            values = {**home, **own, **fixed}
            if rule.takes_more and not self._taken_into(values, rule, number):
                return False
            line_of = rule.line(values, head, document, clause)
            if line_of is None:
                continue
            result, told = line_of
            if rule.share:
                shares[spec.id, number, plan.category].append((line, own[rule.share], told))
                continue
            found[spec.id][number, line] = told
            if rule.measure:
                sums[number, rule.measure] += result
            elif self._summed and spec.paid == ONCE:
                self._add(totals, number, plan.category, result)
        return True

    def _made_plan(self, code: str, zone: str) -> _ItemPlan | None:
        """None where items of the code cannot be reckoned in the zone at all."""
        item = self._pack.items.get(code)
        rules = [rule for rule in self._of_items if item is not None and _takes(rule, item.category)]
        if item is None or not rules:
            return None
        price, head = self._price(code, zone), self._pack.budget_head_of("", code) or None
        lines = []
        for rule in rules:
            spec = rule.typed.rule
            fixed: dict[str, Any] = {ZONE: zone}
            document, clause = spec.document, spec.clause
            if price is not None:
                fixed["price"] = price.amount
                if not document:
                    document, clause = price.document, price.clause
            elif not document or "price" in rule.typed.trace:
                return None
            lines.append((rule, fixed, self._heads.get(spec.id, head), document, clause))
        inputs = self._pack.item_inputs.items()
        needed = tuple(name for name, declared in inputs if declared.is_of(item.category))
        return _ItemPlan(item.category, needed, tuple(lines))

    def _add(self, totals: dict[tuple[str, str], int], number: str, category: str, amount: int) -> None:
        if category in self._summed:
            totals[number, category] += amount
        if self._sums_all:
            totals[number, ALL] += amount

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
        results: dict[str, int] = {}
        for rule in self._of_households:
            spec = rule.typed.rule
            prices = {name: self._price(code, zone) for name, code in spec.prices.items()}
            decided = {name: price.amount for name, price in prices.items() if price is not None}
            values = {**home, **decided, ZONE: zone}
            if not self._taken_into(values, rule, number) or len(decided) < len(prices):
                return False
            values |= {name: totals.get((number, category), 0) for name, category in spec.totals.items()}
            values |= {name: sums.get((number, measure), 0) for name, measure in spec.sums.items()}
            values |= {name: results.get(other, 0) for name, other in spec.lines.items()}
            line = rule.line(values, self._heads.get(spec.id), spec.document, spec.clause)
            results[spec.id] = 0 if line is None else line[0]
            if line is not None and (line[0] or spec.keep_zero):
                found[spec.id][number, spec.id] = line[1]
        return True

    def _taken_into(self, values: dict[str, Any], rule: _Rule, number: str) -> bool:
        """Add the factors, and what is taken over all items, to the facts; whether every factor is decided."""
        spec = rule.typed.rule
        if spec.factors:
            factors = self._found_factors(rule, values)
            if factors is None:
                return False
            values |= factors
        if spec.share:
            values[SHARE_SUM] = self._over[shared_over(spec)].get(number, 0)
        values |= {name: self._over[over].get(number, 0) for name, over in spec.over_items.items()}
        return True

    def _found_factors(self, rule: _Rule, given: Mapping[str, Any]) -> dict[str, int] | None:
        found = {}
        for name, use in rule.typed.rule.factors.items():
            value = self._factor(use.factor, use.key(given))
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


_UNMADE = _ItemPlan("", (), ())
"""Stands for a plan that nobody has asked for yet."""


def _ready(typed: TypedRule, on: date) -> _Rule:
    rule = typed.rule
    return _Rule(
        typed=typed,
        steps=tuple((name, evaluator(node)) for name, node in typed.steps.items()),
        result=_rounded(evaluator(typed.amount), typed.amount.scale - typed.digits),
        kept=_taking((*typed.trace, *typed.keys)),
        on=on.toordinal(),
        takes_more=bool(rule.factors or rule.share or rule.over_items),
        is_dated=bool(rule.first or rule.last),
        measure="" if rule.measure is None else rule.measure.name,
        share=rule.share,
    )


def _taking(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """What takes the values of these names out of all."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _rounded(amount: Evaluator, drop: int) -> Evaluator:
    """The amount without its last ``drop`` digits, rounded half-up."""
    if drop <= 0:
        return lambda values: half_up(amount(values), drop)
    unit: int = 10**drop
    return lambda values: divide_half_up(amount(values), unit)


def _takes(rule: _Rule, category: str) -> bool:
    return not rule.typed.rule.categories or category in rule.typed.rule.categories
