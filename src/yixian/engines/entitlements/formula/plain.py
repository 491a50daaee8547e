"""公式求值: the tree in plain Python integers — the independent reckoning that every run is checked against."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from yixian.domain.policy.day_numbers import months_between, months_later
from yixian.engines.entitlements.formula.rounding import cut, divide_half_up, half_up, power, up
from yixian.engines.entitlements.formula.tree import (
    Arithmetic,
    Band,
    Ceiling,
    Choice,
    Chosen,
    Comparison,
    Divided,
    Extreme,
    Later,
    Negation,
    Node,
    Number,
    Power,
    Quotient,
    Reference,
    Rescaled,
    Rounded,
    Span,
    Truncated,
    Truth,
)

Values = Mapping[str, Any]
"""By name, each number's scaled integer and each choice's key."""
Evaluator = Callable[[Values], int]
Predicate = Callable[[Values], bool]

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


_DAYS: dict[str, Callable[[int, int], int]] = {
    "days": lambda begin, end: end - begin,
    "months": months_between,
    "years": lambda begin, end: cut(months_between(begin, end), 12),
    "add_days": operator.add,
    "add_months": months_later,
    "add_years": lambda day, years: months_later(day, 12 * years),
}


def evaluate(node: Node, values: Values) -> int:
    """The formula's scaled integer, given each name's scaled integer."""
    return evaluator(node)(values)


def evaluator(node: Node) -> Evaluator:
    """A function from each name's scaled integer to the formula's scaled integer; to be made once and called often."""
    match node:
        case Number():
            return _constant(node.value)
        case Reference():
            return operator.itemgetter(node.name)
        case Negation():
            return _then(evaluator(node.operand), operator.neg)
        case Arithmetic():
            return _joined(_ARITHMETIC[node.operator], node)
        case Rescaled():
            return _then(evaluator(node.operand), _times(10 ** (node.scale - node.operand.scale)))
        case Rounded() | Truncated() | Ceiling() | Divided() | Quotient():
            return _rounding(node)
        case Span() | Later() | Power():
            return _power(node) if isinstance(node, Power) else _of_days(node)
        case Extreme() | Choice() | Band():
            return _choosing(node)


def _power(node: Power) -> Evaluator:
    operand, exponent = evaluator(node.operand), evaluator(node.exponent)
    unit, one = 10**node.operand.scale, 10**node.scale
    return lambda values: power(operand(values), exponent(values), unit, one)


def _of_days(node: Span | Later) -> Evaluator:
    first, second = (node.begin, node.end) if isinstance(node, Span) else (node.day, node.count)
    one, other, combine = evaluator(first), evaluator(second), _DAYS[node.unit]
    return lambda values: combine(one(values), other(values))


def predicate(truth: Truth) -> Predicate:
    """A function from each name's scaled integer to whether the condition holds."""
    if isinstance(truth, Comparison):
        compare, left, right = _COMPARE[truth.operator], evaluator(truth.left), evaluator(truth.right)
        return lambda values: compare(left(values), right(values))
    if isinstance(truth, Chosen):
        name, key, same = truth.name, truth.key, truth.operator == "="
        return lambda values: (values[name] == key) is same
    operands = [predicate(operand) for operand in truth.operands]
    if truth.operator == "not":
        return lambda values: not operands[0](values)
    combine = all if truth.operator == "and" else any
    return lambda values: combine(operand(values) for operand in operands)


def _rounding(node: Rounded | Truncated | Ceiling | Divided | Quotient) -> Evaluator:
    operand = evaluator(node.operand)
    match node:
        case Rounded():
            drop = node.operand.scale - node.scale
            return _then(operand, lambda value: half_up(value, drop))
        case Truncated():
            unit: int = 10 ** (node.operand.scale - node.scale)
            return _then(operand, lambda value: cut(value, unit))
        case Ceiling():
            part: int = 10 ** (node.operand.scale - node.scale)
            return _then(operand, lambda value: up(value, part))
        case Divided():
            multiplier, divisor = node.multiplier, node.divisor
            return _then(operand, lambda value: divide_half_up(value * multiplier, divisor))
        case Quotient():
            return _quotient(node)


def _quotient(node: Quotient) -> Evaluator:
    above, below = evaluator(node.operand), evaluator(node.divisor)
    multiplier, unit = node.multiplier, node.unit
    return lambda values: divide_half_up(above(values) * multiplier, below(values) * unit)


def _constant(value: int) -> Evaluator:
    return lambda _values: value


def _choosing(node: Extreme | Choice | Band) -> Evaluator:
    match node:
        case Extreme():
            return _extreme(node)
        case Choice():
            return _choice(node)
        case Band():
            return _band(node)


def _times(factor: int) -> Callable[[int], int]:
    return lambda value: value * factor


def _then(first: Evaluator, second: Callable[[int], int]) -> Evaluator:
    return lambda values: second(first(values))


def _joined(combine: Callable[[int, int], int], node: Arithmetic) -> Evaluator:
    left, right = evaluator(node.left), evaluator(node.right)
    return lambda values: combine(left(values), right(values))


def _extreme(node: Extreme) -> Evaluator:
    operands = [evaluator(operand) for operand in node.operands]
    pick: Callable[[list[int]], int] = min if node.which == "min" else max
    return lambda values: pick([operand(values) for operand in operands])


def _choice(node: Choice) -> Evaluator:
    condition, then, otherwise = predicate(node.condition), evaluator(node.then), evaluator(node.otherwise)
    return lambda values: then(values) if condition(values) else otherwise(values)


def _band(node: Band) -> Evaluator:
    operand, values = evaluator(node.operand), [evaluator(value) for value in node.values]
    plain = [limit.value for limit in node.limits if isinstance(limit, Number)]
    if len(plain) == len(node.limits):
        return lambda names: values[bisect_right(plain, operand(names))](names)
    return _first_below(operand, [evaluator(limit) for limit in node.limits], values)


def _first_below(operand: Evaluator, limits: list[Evaluator], values: list[Evaluator]) -> Evaluator:
    def found(names: Values) -> int:
        value = operand(names)
        place = next((place for place, limit in enumerate(limits) if value < limit(names)), len(limits))
        return values[place](names)

    return found
