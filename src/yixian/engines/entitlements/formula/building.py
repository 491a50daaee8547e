"""公式定型: every part of a formula gets its scale and its bound, or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from math import gcd
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from yixian.engines.entitlements.formula.tree import (
    LIMIT,
    MAX_DECIMALS,
    MAX_DIGITS,
    Arithmetic,
    Band,
    Choice,
    Comparison,
    Divided,
    Extreme,
    Logic,
    Name,
    Negation,
    Node,
    Number,
    Quotient,
    Reference,
    Rounded,
    Truncated,
    Truth,
    rescale,
)
from yixian.engines.entitlements.pack_fault_texts import Value, fault_text

_MAX_ROUNDED = 9


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

    def __init__(self, names: Mapping[str, Name]) -> None:
        super().__init__()
        self._names = names

    def number(self, token: Token) -> Node:
        _sign, digits, exponent = Decimal(str(token)).as_tuple()
        return _bounded(Number(int("".join(map(str, digits))), -int(exponent)))

    def name(self, token: Token) -> Node:
        known = self._names.get(str(token))
        if known is None:
            known_names = ", ".join(sorted(self._names))
            raise FormulaError("formula.unknown_name", token.column or 1, name=str(token), known=known_names)
        return _bounded(Reference(known.name, known.scale, known.bound, known.least))

    def negate(self, operand: Node) -> Node:
        if isinstance(operand, Number):
            return Number(-operand.value, operand.scale)
        return Negation(operand, operand.scale, operand.bound)

    def add(self, left: Node, right: Node) -> Node:
        return _sum("+", left, right)

    def subtract(self, left: Node, right: Node) -> Node:
        return _sum("-", left, right)

    def multiply(self, left: Node, right: Node) -> Node:
        return _bounded(Arithmetic("*", left, right, left.scale + right.scale, left.bound * right.bound))

    def least(self, *operands: Node) -> Node:
        return _extreme("min", operands)

    def greatest(self, *operands: Node) -> Node:
        return _extreme("max", operands)

    @v_args(inline=True, meta=True)
    def rounded(self, meta: Meta, operand: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if scale >= operand.scale:
            return operand
        return Rounded(operand, scale, operand.bound // 10 ** (operand.scale - scale) + 1)

    @v_args(inline=True, meta=True)
    def truncated(self, meta: Meta, operand: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if scale >= operand.scale:
            return operand
        return Truncated(operand, scale, operand.bound // 10 ** (operand.scale - scale))

    @v_args(inline=True, meta=True)
    def divided(self, meta: Meta, operand: Node, by: Node, digits: Node) -> Node:
        scale = _decimals(digits, meta)
        if isinstance(by, Reference) and by.least > 0:
            return _quotient(operand, by, scale)
        constant = _constant(by, meta)
        if constant.value <= 0:
            raise FormulaError("formula.divisor", meta.column)
        multiplier, divisor = 10 ** (constant.scale + scale), constant.value * 10**operand.scale
        common = gcd(multiplier, divisor)
        multiplier, divisor = multiplier // common, divisor // common
        bound = operand.bound * multiplier
        if max(bound, divisor) >= LIMIT:
            raise _too_large()
        return Divided(operand, multiplier, divisor, scale, bound // divisor + 1)

    @v_args(inline=True, meta=True)
    def band(self, meta: Meta, operand: Node, *rest: Node) -> Node:
        if len(rest) < 3 or len(rest) % 2 == 0:
            raise FormulaError("formula.band", meta.column)
        limits = [_constant(limit, meta) for limit in rest[:-1:2]]
        first, *others = _aligned(operand, *limits)
        bounds = tuple(other.value for other in others if isinstance(other, Number))
        if any(low >= high for low, high in pairwise(bounds)):
            raise FormulaError("formula.band_limits", meta.column)
        values = _aligned(*rest[1::2], rest[-1])
        return Band(first, bounds, values, values[0].scale, max(value.bound for value in values))

    def choice(self, condition: Truth, then: Node, otherwise: Node) -> Node:
        then, otherwise = _aligned(then, otherwise)
        return Choice(condition, then, otherwise, then.scale, max(then.bound, otherwise.bound))

    def compare(self, left: Node, operator: Token, right: Node) -> Truth:
        left, right = _aligned(left, right)
        return Comparison(str(operator), left, right)

    def either(self, left: Truth, right: Truth) -> Truth:
        return Logic("or", (left, right))

    def both(self, left: Truth, right: Truth) -> Truth:
        return Logic("and", (left, right))

    def opposite(self, operand: Truth) -> Truth:
        return Logic("not", (operand,))


def _quotient(operand: Node, divisor: Reference, scale: int) -> Node:
    shift = divisor.scale + scale - operand.scale
    multiplier, unit = 10 ** max(shift, 0), 10 ** max(-shift, 0)
    largest = operand.bound * multiplier
    if 2 * largest + divisor.bound * unit >= LIMIT:
        raise _too_large()
    return Quotient(operand, multiplier, divisor, unit, scale, largest // (divisor.least * unit) + 1)


def _sum(operator: str, left: Node, right: Node) -> Node:
    left, right = _aligned(left, right)
    return _bounded(Arithmetic(operator, left, right, left.scale, left.bound + right.bound))


def _extreme(which: str, operands: tuple[Node, ...]) -> Node:
    aligned = _aligned(*operands)
    return Extreme(which, aligned, aligned[0].scale, max(node.bound for node in aligned))


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
