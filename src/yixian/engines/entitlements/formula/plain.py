"""公式求值: the tree in plain Python integers — the independent reckoning that every run is checked against."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from yixian.engines.entitlements.formula.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Extreme,
    Logic,
    Negation,
    Node,
    Number,
    Reference,
    Rescaled,
    Rounded,
    Truth,
)

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: Node, values: Mapping[str, int]) -> int:
    """The formula's scaled integer, given each name's scaled integer."""
    match node:
        case Number():
            return node.value
        case Reference():
            return values[node.name]
        case Negation():
            return -evaluate(node.operand, values)
        case Arithmetic():
            return _arithmetic(node, values)
        case Rescaled():
            factor: int = 10 ** (node.scale - node.operand.scale)
            return evaluate(node.operand, values) * factor
        case Rounded():
            return half_up(evaluate(node.operand, values), node.operand.scale - node.scale)
        case Extreme():
            found = [evaluate(operand, values) for operand in node.operands]
            return min(found) if node.which == "min" else max(found)
        case Choice():
            return evaluate(node.then if holds(node.condition, values) else node.otherwise, values)


def holds(truth: Truth, values: Mapping[str, int]) -> bool:
    """Whether a condition holds."""
    if isinstance(truth, Comparison):
        return _COMPARE[truth.operator](evaluate(truth.left, values), evaluate(truth.right, values))
    return _logic(truth, values)


def half_up(value: int, drop: int) -> int:
    """The integer without its last ``drop`` digits, rounded half-up (away from zero)."""
    unit: int = 10 ** abs(drop)
    if drop <= 0:
        return value * unit
    size = (abs(value) * 2 + unit) // (2 * unit)
    return -size if value < 0 else size


def _arithmetic(node: Arithmetic, values: Mapping[str, int]) -> int:
    left, right = evaluate(node.left, values), evaluate(node.right, values)
    if node.operator == "*":
        return left * right
    return left + right if node.operator == "+" else left - right


def _logic(truth: Logic, values: Mapping[str, int]) -> bool:
    if truth.operator == "not":
        return not holds(truth.operands[0], values)
    combine = all if truth.operator == "and" else any
    return combine(holds(operand, values) for operand in truth.operands)
