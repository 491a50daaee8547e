"""公式译为 XPath: the tree as an XPath 1.0 expression, whose doubles are exact: for forms that phones fill in (ODK XForms).

A phone calculates in binary floating point, where 1.15 × 100 is 114.99999999999999. So every number is brought to a whole
one first, and whole numbers below 2⁵³ are added, multiplied and divided with a remainder without any error. A formula that
may leave these bounds is refused when the pack is checked, and so a phone, a browser and `plain` always agree.
"""

from __future__ import annotations

from collections.abc import Callable

from yixian.engines.entitlements.formula.building import FormulaError
from yixian.engines.entitlements.formula.tree import (
    Arithmetic,
    Band,
    Bounded,
    Ceiling,
    Choice,
    Comparison,
    Divided,
    Extreme,
    Logic,
    Negation,
    Node,
    Number,
    Quotient,
    Reference,
    Rescaled,
    Rounded,
    Truncated,
    Truth,
    parts,
)

EXACT = 2**53
"""Whole numbers below it have a double of their own."""
MAX_WHOLE = 2**31
"""A result's whole part stays below it: some engines write larger ones with an exponent."""

Address = Callable[[str], str]
"""From a name of the formula to the XPath of its answer."""


def check_exact(node: Node) -> None:
    """Raises `FormulaError` (``survey.formula``, ``survey.negative``, ``survey.inexact``) unless doubles give it exactly."""
    _check(node)
    if node.bound >= MAX_WHOLE * 10**node.scale:
        raise FormulaError("survey.inexact")


def decimal_text(node: Node, address: Address) -> str:
    """An expression for the value as text with all its decimals ("12.30"); no engine writes it with an exponent."""
    value = scaled(node, address)
    if not node.scale:
        return value
    unit = 10**node.scale
    return f"concat(int(({value}) div {unit}), '.', {_padding(value, node.scale)}, ({value}) mod {unit})"


def _padding(value: str, scale: int) -> str:
    """The noughts that stand before a remainder."""
    found = "''"
    for digits in range(1, scale):
        limit = 10 ** (scale - digits)
        found = f"if(({value}) mod {10**scale} < {limit}, '{'0' * digits}', {found})"
    return found


def scaled(node: Node, address: Address) -> str:
    """An expression for the value times ``10 ** scale``: a whole number."""

    def of(inner: Node) -> str:
        return scaled(inner, address)

    match node:
        case Number():
            return str(node.value)
        case Reference():
            return f"round({address(node.name)} * {10**node.scale})" if node.scale else address(node.name)
        case Negation():
            return f"(0 - {of(node.operand)})"
        case Arithmetic():
            return f"({of(node.left)} {node.operator} {of(node.right)})"
        case Rescaled():
            return f"({of(node.operand)} * {10 ** (node.scale - node.operand.scale)})"
        case Rounded() | Truncated() | Ceiling() | Divided() | Quotient():
            return _rounding(node, of)
        case Extreme() | Choice() | Band():
            return _choosing(node, address)
        case _:
            raise FormulaError("survey.formula")


def _rounding(node: Rounded | Truncated | Ceiling | Divided | Quotient, of: Callable[[Node], str]) -> str:
    """A quotient cut to a whole number: half of the divisor is added first where it is rounded."""
    if isinstance(node, Divided):
        return f"int(({of(node.operand)} * {2 * node.multiplier} + {node.divisor}) div {2 * node.divisor})"
    if isinstance(node, Quotient):
        below = f"{of(node.divisor)} * {node.unit}"
        return f"int(({of(node.operand)} * {2 * node.multiplier} + {below}) div ({below} * 2))"
    unit = 10 ** (node.operand.scale - node.scale)
    return f"int(({of(node.operand)} + {_carried(node, unit)}) div {unit})"


def _carried(node: Rounded | Truncated | Ceiling, unit: int) -> int:
    if isinstance(node, Rounded):
        return unit // 2
    return unit - 1 if isinstance(node, Ceiling) else 0


def _choosing(node: Extreme | Choice | Band, address: Address) -> str:
    if isinstance(node, Extreme):
        found, *others = (scaled(one, address) for one in node.operands)
        for other in others:
            sign = "<" if node.which == "min" else ">"
            found = f"if({found} {sign} {other}, {found}, {other})"
        return found
    if isinstance(node, Choice):
        then, otherwise = scaled(node.then, address), scaled(node.otherwise, address)
        return f"if({_truth(node.condition, address)}, {then}, {otherwise})"
    value = scaled(node.operand, address)
    *values, found = (scaled(one, address) for one in node.values)
    for limit, below in reversed(list(zip(node.limits, values, strict=True))):
        found = f"if({value} < {scaled(limit, address)}, {below}, {found})"
    return found


def _truth(truth: Truth, address: Address) -> str:
    if isinstance(truth, Comparison):
        return f"{scaled(truth.left, address)} {truth.operator} {scaled(truth.right, address)}"
    if isinstance(truth, Logic):
        inner = [f"({_truth(one, address)})" for one in truth.operands]
        return f"not{inner[0]}" if truth.operator == "not" else f" {truth.operator} ".join(inner)
    raise FormulaError("survey.formula")


def _check(part: Node | Truth) -> None:
    if isinstance(part, Bounded | Number) and part.bound >= EXACT:
        raise FormulaError("survey.inexact")
    if isinstance(part, Rounded | Truncated | Ceiling | Divided | Quotient):
        if part.operand.low < 0:
            raise FormulaError("survey.negative")
        if _largest(part) >= EXACT:
            raise FormulaError("survey.inexact")
    if not isinstance(part, _SPOKEN):
        raise FormulaError("survey.formula")
    for inner in parts(part):
        _check(inner)


def _largest(node: Rounded | Truncated | Ceiling | Divided | Quotient) -> int:
    """The largest whole number that stands on the way."""
    match node:
        case Divided():
            return int(2 * node.operand.bound * node.multiplier + node.divisor)
        case Quotient():
            return int(2 * node.operand.bound * node.multiplier + 2 * node.divisor.bound * node.unit)
        case _:
            return int(node.operand.bound + 10 ** (node.operand.scale - node.scale))


_SPOKEN = (
    Number
    | Reference
    | Negation
    | Arithmetic
    | Rescaled
    | Rounded
    | Truncated
    | Ceiling
    | Divided
    | Quotient
    | Extreme
    | Choice
    | Band
    | Comparison
    | Logic
)
