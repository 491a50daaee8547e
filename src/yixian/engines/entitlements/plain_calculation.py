"""平算: accounts in plain Python from the facts and the pack, as the checker and the page of one household want them.

Prices and factors are looked up in the pack itself, joins are dictionaries, sums are Python integers. Each rule is reckoned for
all the items, or all the households, that it takes, one list after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import ALL, FACTOR_SCALE, ITEMS, ONCE, ZONE
from yixian.engines.entitlements.formula import Column
from yixian.engines.entitlements.plain_facts import Facts
from yixian.engines.entitlements.plain_over_items import Taken, taken_over_items
from yixian.engines.entitlements.plain_rules import Lines, ReadyRule, Rows, ready
from yixian.engines.entitlements.plain_shares import Shares, Trace, by_dependency, divided
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, SHARE_SUM, TypedRule, scaled, shared_over

Sums = defaultdict[str, defaultdict[str, int]]
"""By what is added up, each household's sum."""

_HOME = "~home"
_PLAN = "~plan"
"""Among an item's values, its household's place and its plan; no fact can be called so."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """A price: its scaled integer and where it is decided."""

    amount: int
    document: str
    clause: str


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is alike for all items of one code in one zone: the facts they need, their price, and for each rule that takes
    them what its lines cite: budget head, document, clause.
    """

    category: str
    needed: frozenset[str]
    price: int | None
    cited: dict[str, tuple[str | None, str, str]]


class _Plans(dict[tuple[str, str], "_Plan | None"]):
    """Plans by code and zone, each made when it is first asked for."""

    def __init__(self, make: Callable[[str, str], _Plan | None]) -> None:
        self._make = make

    def __missing__(self, key: tuple[str, str]) -> _Plan | None:
        made = self[key] = self._make(*key)
        return made


class PlainCalculation:
    """平算: one plain reckoning on one day. ``held`` are the households that it withholds, ``everyone`` all of them."""

    def __init__(self, pack: Pack, rules: Sequence[TypedRule], on: date) -> None:
        self.held: set[str] = set()
        self.everyone: set[str] = set()
        self._pack = pack
        self._on = on
        self._rules = [ready(pack, typed, on) for typed in rules]
        self._of_items = [rule for rule in self._rules if rule.typed.rule.applies_to == ITEMS]
        self._of_households = by_dependency(
            [rule for rule in self._rules if rule.typed.rule.applies_to != ITEMS],
            lambda rule: (rule.typed.rule.id, rule.typed.rule.lines.values()),
        )
        self._paid = {typed.rule.id: typed.rule.paid for typed in rules}
        self._heads = {rule: head.code for head in pack.budget_heads.values() for rule in head.rules}
        self._wanted_over_items = [over for typed in rules for over in typed.rule.over_items.values()]
        self._wanted_over_items += [shared_over(typed.rule) for typed in rules if typed.rule.share]
        self._summed = {category for typed in rules for category in typed.rule.totals.values()}
        self._sums_all = ALL in self._summed and all(item.category != ALL for item in pack.items.values())
        self._prices: dict[tuple[str, str], _Decided | None] = {}
        self._factors: dict[tuple[str, str], int | None] = {}
        self._plans = _Plans(self._plan)
        self._over: Taken = {}
        self._found: dict[str, Lines] = {}
        self._totals: Sums = defaultdict(lambda: defaultdict(int))
        self._results: dict[str, dict[str, int]] = defaultdict(dict)
        self._counted: Sums = defaultdict(lambda: defaultdict(int))
        self._shares: Shares = defaultdict(list)

    def lines(self, facts: Facts) -> dict[str, Lines]:
        """By rule, every line that there should be: those of the households that are not held."""
        self._found = {rule.typed.rule.id: Lines() for rule in self._rules}
        self._over = taken_over_items(self._pack, facts, self._wanted_over_items)
        self.everyone = {*facts.numbers, *facts.households}
        homes = Rows(facts.numbers, facts.numbers, {**facts.of_households, ZONE: facts.zones})
        homes = homes.without_gaps(self.held)
        items = self._planned(facts, homes)
        for rule in self._of_items:
            self._of_item_rule(rule, items, homes)
        for (rule_id, number, category), parts in divided(self._shares):
            for line, told in parts:
                _append(self._found[rule_id], number, line, told)
                if self._paid[rule_id] == ONCE:
                    self._add([category], [number], [told[0]])
        zones = self._pack.zones
        if zones:
            homes = homes.complete([zone in zones for zone in homes.values[ZONE]], self.held)
        for rule in self._of_households:
            self._of_household_rule(rule, homes)
        if self.held:
            return {rule: lines.without(self.held) for rule, lines in self._found.items()}
        return self._found

    def _planned(self, facts: Facts, homes: Rows) -> Rows:
        """The items with their households' places and their plans; those that cannot be reckoned hold their household."""
        places = {number: place for place, number in enumerate(homes.numbers)}
        values = {**facts.of_items, _HOME: [places.get(number) for number in facts.households]}
        items = Rows(facts.households, facts.lines, {**values, _PLAN: facts.codes})
        items = items.complete([home is not None for home in values[_HOME]], self.held)
        zones = [homes.values[ZONE][home] for home in items.values[_HOME]]
        keys = zip(items.values[_PLAN], zones, strict=True)
        items.values[_PLAN] = [self._plans[key] for key in keys]
        items = items.complete([plan is not None for plan in items.values[_PLAN]], self.held)
        for name in facts.of_items:
            column = items.values[name]
            if None in column:
                rows = zip(column, items.values[_PLAN], strict=True)
                known = [value is not None or name not in plan.needed for value, plan in rows]
                items = items.complete(known, self.held)
        return items

    def _of_item_rule(self, rule: ReadyRule, items: Rows, homes: Rows) -> None:
        """Reckon a rule's lines of all items that it takes, and what is added up of them."""
        spec = rule.typed.rule
        items = items.those([spec.id in plan.cited for plan in items.values[_PLAN]])
        plans, places = items.values[_PLAN], items.values[_HOME]
        values: dict[str, Column] = {
            name: [homes.values[name][place] for place in places] for name in (*rule.home, ZONE)
        }
        values |= {name: items.values[name] for name in (*rule.own, _PLAN)}
        if "price" in rule.typed.trace:
            values["price"] = [plan.price for plan in plans]
        rows, results = self._calculated(rule, Rows(items.numbers, items.lines, values))
        plans = rows.values[_PLAN]
        cited = [plan.cited[spec.id] for plan in plans]
        heads = [head for head, _document, _clause in cited]
        documents = [document for _head, document, _clause in cited]
        clauses = [clause for _head, _document, clause in cited]
        lines = rule.lines(rows, results, (heads, documents, clauses))
        categories = [plan.category for plan in plans]
        if spec.share:
            weights = rows.values[spec.share]
            for (number, line, told), category, weight in zip(lines, categories, weights, strict=True):
                self._shares[spec.id, number, category].append((line, weight, told))
            return
        self._found[spec.id] = lines
        if spec.measure is not None:
            _add_to(self._counted[spec.measure.name], rows.numbers, results)
        elif spec.paid == ONCE:
            self._add(categories, rows.numbers, results)

    def _plan(self, code: str, zone: str) -> _Plan | None:
        """None where items of the code cannot be reckoned in the zone at all."""
        item = self._pack.items.get(code)
        rules = [rule for rule in self._of_items if item is not None and _takes(rule, item.category)]
        if item is None or not rules:
            return None
        price, head = self._price(code, zone), self._pack.budget_head_of("", code) or None
        cited = {}
        for rule in rules:
            spec = rule.typed.rule
            document, clause = spec.document, spec.clause
            if price is not None and not document:
                document, clause = price.document, price.clause
            elif price is None and (not document or "price" in rule.typed.trace):
                return None
            cited[spec.id] = self._heads.get(spec.id, head), document, clause
        inputs = self._pack.item_inputs.items()
        needed = frozenset(name for name, declared in inputs if declared.is_of(item.category))
        return _Plan(item.category, needed, None if price is None else price.amount, cited)

    def _of_household_rule(self, rule: ReadyRule, homes: Rows) -> None:
        """Reckon a rule's lines of all households. It stands behind the rules on which it builds."""
        spec = rule.typed.rule
        values = {name: homes.values[name] for name in (*rule.home, ZONE)}
        for name, code in spec.prices.items():
            prices = {zone: self._price(code, zone) for zone in set(values[ZONE])}
            amounts = {zone: None if price is None else price.amount for zone, price in prices.items()}
            values[name] = [amounts[zone] for zone in values[ZONE]]
        sums: dict[str, Mapping[str, int]] = {
            **{name: self._totals[category] for name, category in spec.totals.items()},
            **{name: self._counted[measure] for name, measure in spec.sums.items()},
            **{name: self._results[other] for name, other in spec.lines.items()},
        }
        values |= {name: [of.get(number, 0) for number in homes.numbers] for name, of in sums.items()}
        rows, results = self._calculated(rule, Rows(homes.numbers, homes.lines, values))
        self._results[spec.id] = dict(zip(rows.numbers, results, strict=True))
        if not spec.keep_zero:
            rows = rows.those([result != 0 for result in results])
            results = [result for result in results if result]
        head, count = self._heads.get(spec.id), len(results)
        documents, clauses = [spec.document] * count, [spec.clause] * count
        lines = rule.lines(rows, results, ([head] * count, documents, clauses))
        self._found[spec.id] = Lines(lines.numbers, [spec.id] * count, lines.columns)

    def _calculated(self, rule: ReadyRule, rows: Rows) -> tuple[Rows, list[int]]:
        """Add the factors, and what is taken over all items; the rows that are paid, and the result of each."""
        spec, values = rule.typed.rule, rows.values
        for name, use in spec.factors.items():
            chosen = [values[by] for by in use.by]
            keys = zip(*chosen, strict=True) if chosen else [()] * len(rows.numbers)
            given = (dict(zip(use.by, key, strict=True)) for key in keys)
            values[name] = [self._factor(use.factor, use.key(one)) for one in given]
        over_items = dict(spec.over_items)
        if spec.share:
            over_items[SHARE_SUM] = shared_over(spec)
        for name, over in over_items.items():
            of = self._over[over]
            values[name] = [of.get(number, 0) for number in rows.numbers]
        return rule.calculated(rows.without_gaps(self.held))

    def _add(self, categories: Sequence[str], numbers: Sequence[str], amounts: Sequence[int]) -> None:
        """Add the amounts to what rules for households take of them."""
        if self._sums_all:
            _add_to(self._totals[ALL], numbers, amounts)
        for category in self._summed & set(categories):
            _add_to(self._totals[category], *_of_category(category, categories, numbers, amounts))

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


def _of_category(
    category: str, categories: Sequence[str], numbers: Sequence[str], amounts: Sequence[int]
) -> tuple[Sequence[str], Sequence[int]]:
    chosen = [one == category for one in categories]
    return list(compress(numbers, chosen)), list(compress(amounts, chosen))


def _add_to(sums: defaultdict[str, int], numbers: Sequence[str], amounts: Sequence[int]) -> None:
    for number, amount in zip(numbers, amounts, strict=True):
        sums[number] += amount


def _append(lines: Lines, number: str, line: str, told: Trace) -> None:
    if not lines.columns:
        lines.numbers, lines.lines, lines.columns = [], [], [[] for _part in told]
    for column, value in zip(
        (lines.numbers, lines.lines, *lines.columns), (number, line, *told), strict=True
    ):
        column.append(value)


def _takes(rule: ReadyRule, category: str) -> bool:
    return not rule.typed.rule.categories or category in rule.typed.rule.categories
