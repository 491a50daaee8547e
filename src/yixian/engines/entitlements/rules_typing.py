"""规则的类型: which names each rule's formulas may use, and its typed trees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product

from yixian.domain.policy import FactorUse, Input, OverItems, Pack, Rule
from yixian.domain.policy.pack import COUNT, FACTOR_SCALE, ITEMS, KEY_STROKE, SUM, ZONE
from yixian.engines.entitlements.formula import (
    Choices,
    FormulaError,
    Name,
    Node,
    half_up,
    is_day,
    is_name,
    names_in,
    parse,
)

PRICE_SCALE = 4
"""Prices are kept with four decimals."""

ON_DAY, FIRST_DAY, LAST_DAY = "on_day", "first_day", "last_day"
"""The day for which is reckoned, which every formula may use; those of a line that is paid monthly or yearly."""
SHARE_WHOLE, SHARE_SUM = "share_whole", "share_sum"
"""What is divided among a household's items, and the sum of what it is divided by."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LAST_ON_DAY = date(8999, 12, 31).toordinal()
"""Nothing is reckoned for a later day; so a thousand years may be added to it."""

MAX_LINES = 4_000
"""No household has more items than this."""

MAX_OF_AN_ITEM = 10**15
"""No line of an item may come to more minor units than this; so a household's sums keep within 64 bits."""

MAX_OF_A_MEASURE = 10**12
"""No line of an item may count more of the smallest part of a measure than this."""

MAX_OF_A_HOUSEHOLD = 2 * MAX_LINES * MAX_OF_AN_ITEM
"""No line of a household may come to more minor units than this."""

RESERVED = frozenset(
    {
        *(
            "household_id",
            "line_id",
            "item_code",
            "rule",
            "zone",
            "area_code",
            "category",
            "document",
            "clause",
        ),
        *("unit", "units", "title", "amount", "amount_fen", "price", "paid", "head", "item", "result"),
        "known_household",
    }
)
"""Names with a meaning of their own; a pack cannot declare them."""


@dataclass(frozen=True)
class TypedRule:
    """A rule with its formulas as trees.

    ``trace`` holds the numbers its lines keep, in their order; ``keys`` the choices that found its factors or that it
    compares; ``digits`` the decimals of its result: those of the currency, or of what it counts. Steps called `FIRST_DAY`
    and `LAST_DAY` are the days from which and through which it is paid.
    """

    rule: Rule
    steps: dict[str, Node]
    amount: Node
    trace: dict[str, Name]
    keys: tuple[str, ...]
    digits: int
    uses_on_day: bool = False

    @property
    def for_items(self) -> bool:
        """Whether it makes a line for each item, and not one for the household."""
        return self.rule.applies_to == ITEMS


class StepError(FormulaError):
    """A formula that cannot be used, in the step of this name ("" is the rule's own formula)."""

    def __init__(self, step: str, cause: FormulaError) -> None:
        super().__init__(cause.key, cause.column, **cause.values)
        self.step = step


def typed(
    pack: Pack, rule: Rule, most: Mapping[str, int] | None = None, above: frozenset[str] = frozenset()
) -> TypedRule:
    """The rule's formulas as typed trees. Raises `StepError`.

    ``most`` narrows the bounds of names to the largest (scaled) they are known to be, e.g. in one part of a county, so
    that more of the reckoning fits 64 bits. ``above`` are the rules that build on this one's line.
    """
    names = names_of(pack, rule, above)
    for name, largest in (most or {}).items():
        if name in names:
            names[name] = _narrowed(names[name], largest)
    has_own_day = ON_DAY in names or ON_DAY in rule.steps or ON_DAY in pack.definitions
    if ON_DAY not in {*rule.steps, *pack.definitions}:
        names.setdefault(ON_DAY, _on_day(rule))
    choices = choices_of(pack, rule)
    steps: dict[str, Node] = {}
    for step, text in (*definitions_of(pack, rule), *rule.steps.items(), *_first_and_last(rule)):
        if not may_be_declared(step) or step in names or step in choices:
            raise StepError(step, FormulaError("formula.name", name=step))
        node = _parsed(step, text, names, choices)
        if step in {FIRST_DAY, LAST_DAY} and step not in rule.steps and not is_day(node):
            raise StepError(step, FormulaError("rule.first_day", name=step))
        steps[step] = node
        names[step] = Name(step, node.scale, node.low, node.high, is_day(node))
    amount = _parsed("", rule.formula, names, choices)
    if is_day(amount):
        raise StepError("", FormulaError("rule.no_day"))
    digits = pack.currency.digits if rule.measure is None else rule.measure.decimals
    low, high = (half_up(end, amount.scale - digits) for end in (amount.low, amount.high))
    if max(-low, high) > _most(rule):
        raise StepError("", FormulaError("formula.line_too_large"))
    used = names_in(amount).union(*(names_in(node) for node in steps.values()), steps)
    trace = {name: known for name, known in names.items() if name in used}
    if rule.measure is not None:
        trace[rule.measure.name] = Name(rule.measure.name, digits, low, high)
    if rule.share:
        trace |= _share_names(pack, rule, Name(SHARE_WHOLE, digits, low, high))
    chosen = {by for name, use in rule.factors.items() if name in used for by in use.by if by != ZONE}
    keys = tuple(sorted(chosen | (used & choices.keys())))
    return TypedRule(rule, steps, amount, trace, keys, digits, ON_DAY in used and not has_own_day)


def _first_and_last(rule: Rule) -> list[tuple[str, str]]:
    return [(name, text) for name, text in ((FIRST_DAY, rule.first), (LAST_DAY, rule.last)) if text]


def _on_day(rule: Rule) -> Name:
    """The day for which is reckoned: one on which the rule holds."""
    low = min(rule.valid_from.toordinal(), _LAST_ON_DAY)
    until = rule.valid_until.toordinal() if rule.valid_until else _LAST_ON_DAY
    return Name(ON_DAY, 0, low, max(low, min(until, _LAST_ON_DAY)), is_day=True)


def _most(rule: Rule) -> int:
    if rule.applies_to != ITEMS:
        return MAX_OF_A_HOUSEHOLD
    return MAX_OF_AN_ITEM if rule.measure is None else MAX_OF_A_MEASURE


def _share_names(pack: Pack, rule: Rule, whole: Name) -> dict[str, Name]:
    """What a line that is a share keeps besides: its own fact, the sum of all of them, and the whole that is divided."""
    declared = pack.item_inputs.get(rule.share)
    if declared is None or not declared.is_number or declared.low < 0 or not takes_input(rule, declared):
        raise StepError("", FormulaError("rule.share", name=rule.share))
    over = shared_over(rule)
    return {
        rule.share: _declared(declared),
        SHARE_SUM: over_items_name(pack, SHARE_SUM, over),
        SHARE_WHOLE: whole,
    }


def shared_over(rule: Rule) -> OverItems:
    """The sum of what an amount is divided by."""
    return OverItems(SUM, rule.share, rule.categories, ())


def definitions_of(pack: Pack, rule: Rule) -> list[tuple[str, str]]:
    """The pack's definitions that the rule's formulas use, each behind those it uses itself. Raises `StepError`."""
    found: dict[str, str] = {}

    def take(texts: Iterable[str], above: tuple[str, ...]) -> None:
        for name in dict.fromkeys(word for text in texts for word in _NAME.findall(text)):
            if name in above:
                raise StepError(name, FormulaError("define.circle", name=name))
            if name in pack.definitions and name not in found:
                take([pack.definitions[name]], (*above, name))
                found[name] = pack.definitions[name]

    take((rule.formula, *rule.steps.values(), rule.first, rule.last), ())
    return list(found.items())


def names_of(pack: Pack, rule: Rule, above: frozenset[str] = frozenset()) -> dict[str, Name]:
    """The names a rule's formulas may use besides its steps, with scales and bounds proven from the declared ranges."""
    names = _numbers(pack.household_inputs)
    names |= {name: _factor_name(pack, name, use) for name, use in rule.factors.items()}
    names |= {name: over_items_name(pack, name, over) for name, over in rule.over_items.items()}
    price = Name("price", PRICE_SCALE, *_prices_of(pack))
    if rule.applies_to == ITEMS:
        if rule.share:
            return names
        given = {name: declared for name, declared in pack.item_inputs.items() if takes_input(rule, declared)}
        return names | _numbers(given) | {"price": price}
    names |= {name: replace(price, name=name) for name in rule.prices}
    names |= {name: _line_name(pack, name, other, above | {rule.id}) for name, other in rule.lines.items()}
    names |= {name: Name(name, pack.currency.digits, *_sum_of_items(pack, "")) for name in rule.totals}
    decimals = {other.measure.name: other.measure.decimals for other in pack.rules if other.measure}
    return names | {
        name: Name(name, decimals.get(sum_of, 0), *_sum_of_items(pack, sum_of))
        for name, sum_of in rule.sums.items()
    }


def _line_name(pack: Pack, name: str, rule_id: str, above: frozenset[str]) -> Name:
    """What the line of another rule for households comes to in any of its versions; where it has none it is zero."""
    if rule_id in above:
        raise StepError("", FormulaError("rule.circle", id=rule_id))
    low = high = digits = 0
    for other in pack.rules:
        if other.id == rule_id and other.applies_to != ITEMS:
            known = typed(pack, other, None, above)
            digits = known.digits
            ends = [
                half_up(end, known.amount.scale - digits) for end in (known.amount.low, known.amount.high)
            ]
            low, high = min(low, *ends), max(high, *ends)
    return Name(name, digits, low, high)


@lru_cache(maxsize=32)
def _sum_of_items(pack: Pack, measure: str) -> tuple[int, int]:
    """From where to where the sum of a household's item lines lies, of those that count this, or of money ("")."""
    low = high = 0
    for rule in pack.rules:
        counted = rule.measure.name if rule.measure is not None else ""
        if rule.applies_to != ITEMS or counted != measure:
            continue
        try:
            known = typed(pack, rule)
        except StepError:
            most = MAX_LINES * _most(rule)
            return -most, most
        ends = [
            half_up(end, known.amount.scale - known.digits) for end in (known.amount.low, known.amount.high)
        ]
        low, high = min(low, MAX_LINES * ends[0]), max(high, MAX_LINES * ends[1])
    return low, high


def over_items_name(pack: Pack, name: str, over: OverItems) -> Name:
    """What is taken over a household's items: of none of them it is zero, and there are no more than `MAX_LINES`."""
    if over.take == COUNT:
        return Name(name, 0, 0, MAX_LINES)
    declared = pack.item_inputs.get(over.fact)
    if declared is None:
        return Name(name, 0, 0, 0)
    fact, times = _declared(declared), MAX_LINES if over.take == SUM else 1
    return Name(name, fact.scale, min(0, fact.low * times), max(0, fact.high * times))


def factor_keys(pack: Pack, use: FactorUse) -> list[str]:
    """The keys that a factor has for all that can be chosen: one of each choice, or zone, in the order of the use."""
    inputs = pack.household_inputs | pack.item_inputs
    parts = [pack.zones if name == ZONE else inputs[name].choices for name in use.by]
    return [KEY_STROKE.join(chosen) for chosen in product(*parts)]


def choices_of(pack: Pack, rule: Rule) -> dict[str, tuple[str, ...]]:
    """The choices that a rule's formulas may compare, with their keys."""
    inputs = list(pack.household_inputs.values())
    if rule.applies_to == ITEMS and not rule.share:
        inputs += [declared for declared in pack.item_inputs.values() if takes_input(rule, declared)]
    return {declared.name: tuple(declared.choices) for declared in inputs if declared.choices}


def takes_input(rule: Rule, declared: Input) -> bool:
    """Whether every item that an item rule takes has an item's fact, so that its formulas may use it."""
    return not declared.categories or (
        bool(rule.categories) and set(rule.categories) <= set(declared.categories)
    )


def scaled(value: Decimal, scale: int) -> int:
    """A decimal as an integer of ``10 ** scale``."""
    return int(value.scaleb(scale))


def may_be_declared(name: str) -> bool:
    """Whether a pack may give this name to an input, a price, a total or a step."""
    return is_name(name) and name not in RESERVED


def _parsed(step: str, text: str, names: dict[str, Name], choices: Choices) -> Node:
    try:
        return parse(text, names, choices)
    except FormulaError as error:
        raise StepError(step, error) from error


def _numbers(inputs: dict[str, Input]) -> dict[str, Name]:
    return {name: _declared(declared) for name, declared in inputs.items() if not declared.choices}


def _declared(declared: Input) -> Name:
    low, high = (scaled(end, declared.scale) for end in (declared.low, declared.high))
    return Name(declared.name, declared.scale, low, high, declared.is_day)


def _narrowed(name: Name, most: int) -> Name:
    """A name whose absolute integer is known to be no larger than ``most``."""
    low = min(max(name.low, -most), name.high)
    return replace(name, low=low, high=max(low, min(name.high, most)))


def _factor_name(pack: Pack, name: str, use: FactorUse) -> Name:
    """A factor's name: from the least to the greatest of its decided values."""
    values = [scaled(factor.value, FACTOR_SCALE) for factor in pack.factors if factor.name == use.factor]
    return Name(name, FACTOR_SCALE, min(values, default=0), max(values, default=0))


def _prices_of(pack: Pack) -> tuple[int, int]:
    """From the lowest to the highest price of the pack, of whatever and whenever."""
    prices = [scaled(price.amount, PRICE_SCALE) for price in pack.prices]
    return min(prices, default=0), max(prices, default=0)
