"""公式定型: every part of a formula gets its scale and its bound, or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from itertools import product as pairs
from math import gcd
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from yixian.domain.policy.day_numbers import FIRST, LAST, day_number
from yixian.engines.entitlements.formula.rounding import cut, divide_half_up, half_up, power, up
from yixian.engines.entitlements.formula.tree import (
    LIMIT,
    MAX_DECIMALS,
    MAX_DIGITS,
    Arithmetic,
    Band,
    Ceiling,
    Choice,
    Choices,
    Chosen,
    Comparison,
    Divided,
    Extreme,
    Later,
    Logic,
    Name,
    Negation,
    Node,
    Number,
    Power,
    Quotient,
    Reference,
    Rounded,
    Span,
    Truncated,
    Truth,
    rescale,
)
from yixian.engines.entitlements.pack_fault_texts import Value, fault_text

_MAX_ROUNDED = 9
_MAX_POWER_DIGITS = 15
_MAX_EXPONENT = 100


class FormulaError(ValueError):
    """A formula that cannot be used. ``column`` counts from 1 within the formula."""

    def __init__(self, key: str, column: int = 1, **values: Value) -> None:
        super().__init__(fault_text(key, values, "en"))
        self.key = key
        self.column = column
        self.values = values


@v_args(inline=True)
class Builder(Transformer[Token, Any]):
    """Builds typed nodes from the leaves up. Raises `FormulaError`."""

    def __init__(self, names: Mapping[str, Name], choices: Choices) -> None:
        super().__init__()
        self._names = names
        self._choices = choices

    def number(self, token: Token) -> Node:
        _sign, digits, exponent = Decimal(str(token)).as_tuple()
        return _bounded(Number(int("".join(map(str, digits))), -int(exponent)))

    def name(self, token: Token) -> Node:
        known = self._names.get(str(token))
        if known is None and str(token) in self._choices:
            raise FormulaError("formula.choice", token.column or 1, **self._example(str(token)))
        if known is None:
            known_names = ", ".join(sorted(self._names))
            raise FormulaError("formula.unknown_name", token.column or 1, name=str(token), known=known_names)
        return _bounded(Reference(known.name, known.scale, known.low, known.high, known.is_day))

    def negate(self, operand: Node) -> Node:
        if isinstance(operand, Number):
            return Number(-operand.value, operand.scale)
        return Negation(operand, operand.scale, -operand.high, -operand.low)

    def add(self, left: Node, right: Node) -> Node:
        return _sum("+", left, right)

    def subtract(self, left: Node, right: Node) -> Node:
        return _sum("-", left, right)

    def multiply(self, left: Node, right: Node) -> Node:
        ends = [one * other for one, other in pairs(_ends(left), _ends(right))]
        return _bounded(Arithmetic("*", left, right, left.scale + right.scale, min(ends), max(ends)))

    def least(self, *operands: Node) -> Node:
        return _extreme("min", operands)

    def greatest(self, *operands: Node) -> Node:
        return _extreme("max", operands)

    @v_args(inline=True, meta=True)
    def rounded(self, meta: Meta, operand: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if scale >= operand.scale:
            return operand
        low, high = (half_up(end, operand.scale - scale) for end in _ends(operand))
        return Rounded(operand, scale, low, high)

    @v_args(inline=True, meta=True)
    def truncated(self, meta: Meta, operand: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if scale >= operand.scale:
            return operand
        low, high = (cut(end, 10 ** (operand.scale - scale)) for end in _ends(operand))
        return Truncated(operand, scale, low, high)

    @v_args(inline=True, meta=True)
    def ceiling(self, meta: Meta, _word: Token, operand: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if scale >= operand.scale:
            return operand
        low, high = (up(end, 10 ** (operand.scale - scale)) for end in _ends(operand))
        return Ceiling(operand, scale, low, high)

    @v_args(inline=True, meta=True)
    def divided(self, meta: Meta, operand: Node, by: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if not isinstance(by, Number):
            return _quotient(operand, by, scale, meta)
        if by.value <= 0:
            raise FormulaError("formula.divisor", meta.column)
        multiplier, divisor = 10 ** (by.scale + scale), by.value * 10**operand.scale
        common = gcd(multiplier, divisor)
        multiplier, divisor = multiplier // common, divisor // common
        if max(operand.bound * multiplier, divisor) >= LIMIT:
            raise _too_large()
        low, high = (divide_half_up(end * multiplier, divisor) for end in _ends(operand))
        return Divided(operand, multiplier, divisor, scale, low, high)

    @v_args(inline=True, meta=True)
    def band(self, meta: Meta, operand: Node, *rest: Node) -> Node:
        if len(rest) < 3 or len(rest) % 2 == 0:
            raise FormulaError("formula.band", meta.column)
        first, *limits = _aligned(operand, *rest[:-1:2])
        if any(one.low >= next_.high for one, next_ in pairwise(limits)):
            raise FormulaError("formula.band_limits", meta.column)
        values = _aligned(*rest[1::2], rest[-1])
        return Band(first, tuple(limits), values, values[0].scale, *_hull(values))

    def choice(self, condition: Truth, then: Node, otherwise: Node) -> Node:
        then, otherwise = _aligned(then, otherwise)
        return Choice(condition, then, otherwise, then.scale, *_hull((then, otherwise)))

    def compare(self, left: Node, operator: Token, right: Node) -> Truth:
        left, right = _aligned(left, right)
        return Comparison(str(operator), left, right)

    def chosen(self, name: Token, operator: Token, key: Token) -> Truth:
        """A choice compared with a word, in quotes where it is not as a name is written."""
        text = str(key).strip("\"'")
        if operator not in {"=", "!="} or text not in self._choices[str(name)]:
            raise FormulaError("formula.chosen", name.column or 1, **self._example(str(name)))
        return Chosen(str(name), str(operator), text)

    def text(self, token: Token) -> Node:
        day = day_number(str(token)[1:-1])
        if day is None:
            raise FormulaError("formula.text", token.column or 1, text=str(token))
        return Number(day, 0, is_day=True)

    def power(self, word: Token, operand: Node, exponent: Node, digits: Node) -> Node:
        column = word.column or 1
        if not isinstance(digits, Number) or digits.scale or not 0 <= digits.value <= _MAX_POWER_DIGITS:
            raise FormulaError("formula.decimals", column, most=_MAX_POWER_DIGITS)
        if operand.low < 0 or exponent.scale or exponent.low < 0 or exponent.high > _MAX_EXPONENT:
            raise FormulaError("formula.power", column, most=_MAX_EXPONENT)
        unit, one = 10**operand.scale, 10**digits.value
        ends = [power(x, n, unit, one) for x, n in pairs(_ends(operand), _ends(exponent))]
        if 2 * max(*ends, one) * max(operand.high, unit) + unit >= LIMIT:
            raise _too_large()
        return Power(operand, exponent, digits.value, min(ends), max(ends))

    def span(self, unit: Token, begin: Node, end: Node) -> Node:
        begin, end = _whole(begin, unit), _whole(end, unit)
        most = max(end.high - begin.low, begin.high - end.low, 0)
        return Span(str(unit), begin, end, -most, most)

    def later(self, unit: Token, day: Node, count: Node) -> Node:
        day, count = _whole(day, unit), _whole(count, unit)
        days = 1 if unit == "add_days" else 31 if unit == "add_months" else 366
        low = day.low + min(0, count.low * days)
        high = day.high + max(0, count.high * days)
        if low < FIRST or high > LAST:
            raise FormulaError("formula.day_range", unit.column or 1)
        return Later(str(unit), day, count, low, high)

    def _example(self, name: str) -> dict[str, Value]:
        keys = self._choices[name]
        return {"name": name, "first": keys[0], "known": ", ".join(keys)}

    def either(self, left: Truth, right: Truth) -> Truth:
        return Logic("or", (left, right))

    def both(self, left: Truth, right: Truth) -> Truth:
        return Logic("and", (left, right))

    def opposite(self, operand: Truth) -> Truth:
        return Logic("not", (operand,))


def _quotient(operand: Node, divisor: Node, scale: int, meta: Meta) -> Node:
    if divisor.low <= 0:
        low, high = (f"{Decimal(end).scaleb(-divisor.scale):f}" for end in _ends(divisor))
        raise FormulaError("formula.may_be_zero", meta.column, low=low, high=high)
    shift = divisor.scale + scale - operand.scale
    multiplier, unit = 10 ** max(shift, 0), 10 ** max(-shift, 0)
    largest = operand.bound * multiplier
    if 2 * largest + divisor.bound * unit >= LIMIT:
        raise _too_large()
    ends = [
        divide_half_up(above * multiplier, below * unit)
        for above, below in pairs(_ends(operand), _ends(divisor))
    ]
    return Quotient(operand, multiplier, divisor, unit, scale, min(ends), max(ends))


def _sum(operator: str, left: Node, right: Node) -> Node:
    left, right = _aligned(left, right)
    low, high = (left.low + right.low, left.high + right.high)
    if operator == "-":
        low, high = (left.low - right.high, left.high - right.low)
    return _bounded(Arithmetic(operator, left, right, left.scale, low, high))


def _extreme(which: str, operands: tuple[Node, ...]) -> Node:
    aligned = _aligned(*operands)
    pick = min if which == "min" else max
    low, high = pick(node.low for node in aligned), pick(node.high for node in aligned)
    return Extreme(which, aligned, aligned[0].scale, low, high)


def _whole(node: Node, token: Token) -> Node:
    if node.scale:
        raise FormulaError("formula.whole", token.column or 1)
    return node


def _ends(node: Node) -> tuple[int, int]:
    return node.low, node.high


def _hull(nodes: tuple[Node, ...]) -> tuple[int, int]:
    """From where to where one of these lies, whichever it is."""
    return min(node.low for node in nodes), max(node.high for node in nodes)


def _aligned(*nodes: Node) -> tuple[Node, ...]:
    scale = max(node.scale for node in nodes)
    return tuple(_bounded(rescale(node, scale)) for node in nodes)


def _constant(node: Node, meta: Meta) -> Number:
    if not isinstance(node, Number):
        raise FormulaError("formula.constant", meta.column)
    return node


def _decimals(node: Node, meta: Meta) -> int:
    constant = _constant(node, meta)
    if constant.scale or not 0 <= constant.value <= _MAX_ROUNDED:
        raise FormulaError("formula.decimals", meta.column, most=_MAX_ROUNDED)
    return constant.value


def _bounded(node: Node) -> Node:
    if node.bound >= LIMIT or node.scale > MAX_DECIMALS:
        raise _too_large()
    return node


def _too_large() -> FormulaError:
    return FormulaError("formula.too_large", digits=MAX_DIGITS)
