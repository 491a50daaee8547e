"""规则的类型: which names each rule's formula may use, and its typed tree."""

from __future__ import annotations

from yixian.domain.policy import Input, Pack, Rule
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements.formula import Name, Node, parse

PRICE_SCALE = 4
"""Prices are kept with four decimals."""

MOST_LINES = 100_000
"""A household has fewer item lines than this; it bounds the sums that household rules may use."""


def typed(pack: Pack, rule: Rule) -> Node:
    """The rule's formula as a typed tree over its names. Raises `FormulaError`."""
    return parse(rule.formula, names_of(pack, rule))


def names_of(pack: Pack, rule: Rule) -> dict[str, Name]:
    """The names a rule's formula may use, with scales and bounds proven from the declared ranges."""
    names = {name: _declared(declared) for name, declared in pack.household_inputs.items()}
    price = Name("price", PRICE_SCALE, _price_bound(pack))
    if rule.applies_to == ITEMS:
        names |= {name: _declared(declared) for name, declared in pack.item_inputs.items()}
        names["price"] = price
        return names
    names |= {name: Name(name, PRICE_SCALE, price.bound) for name in rule.prices}
    digits = pack.currency.digits
    line_bound = max(
        (_line_bound(pack, other) for other in pack.rules if other.applies_to == ITEMS), default=0
    )
    return names | {name: Name(name, digits, line_bound * MOST_LINES) for name in rule.totals}


def _line_bound(pack: Pack, rule: Rule) -> int:
    """The largest amount of one line of an item rule, in minor units."""
    node = typed(pack, rule)
    drop = node.scale - pack.currency.digits
    unit: int = 10 ** abs(drop)
    return node.bound // unit + 1 if drop > 0 else node.bound * unit


def _declared(declared: Input) -> Name:
    largest = max(abs(declared.low), abs(declared.high))
    return Name(declared.name, declared.scale, int(largest.scaleb(declared.scale)))


def _price_bound(pack: Pack) -> int:
    return int(max((abs(price.amount) for price in pack.prices), default=0) * 10**PRICE_SCALE) or 1
