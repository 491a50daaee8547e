"""公式中的日期: what may be done with a day, and what a number only; both are integers, so the tree alone tells them apart."""

from __future__ import annotations

from yixian.engines.entitlements.formula.tree import (
    Band,
    Choice,
    Comparison,
    Extreme,
    Later,
    Node,
    Number,
    Reference,
    Span,
    Truth,
    parts,
)


class MixedDays(ValueError):
    """A day where a number is needed, or the other way round."""


def is_day(node: Node) -> bool:
    """Whether a number of the tree is a day. Raises `MixedDays`."""
    match node:
        case Number() | Reference():
            return node.is_day
        case Span():
            _all_days(node.begin, node.end)
            return False
        case Later():
            _all_days(node.day)
            _no_days(node.count)
            return True
        case Extreme():
            return _alike(*node.operands)
        case Choice():
            check_truth(node.condition)
            return _alike(node.then, node.otherwise)
        case Band():
            _alike(node.operand, *node.limits)
            return _alike(*node.values)
        case _:
            _no_days(*(part for part in parts(node) if not isinstance(part, Truth)))
            return False


def check_truth(truth: Truth) -> None:
    """Raises `MixedDays` where a day is compared with a number."""
    if isinstance(truth, Comparison):
        _alike(truth.left, truth.right)
        return
    for part in parts(truth):
        if isinstance(part, Truth):
            check_truth(part)


def _alike(*nodes: Node) -> bool:
    kinds = {is_day(node) for node in nodes}
    if len(kinds) > 1:
        raise MixedDays
    return kinds.pop()


def _all_days(*nodes: Node) -> None:
    if not all(map(is_day, nodes)):
        raise MixedDays


def _no_days(*nodes: Node) -> None:
    if any(map(is_day, nodes)):
        raise MixedDays
