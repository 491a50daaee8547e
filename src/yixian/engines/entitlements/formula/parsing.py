"""公式解析: from text to a typed tree, with errors that name the column."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from yixian.engines.entitlements.formula.tree import (
    LIMIT,
    MOST_DIGITS,
    Arithmetic,
    Choice,
    Comparison,
    Extreme,
    Logic,
    Name,
    Negation,
    Node,
    Number,
    Reference,
    Rounded,
    Truth,
    rescale,
)

_GRAMMAR = r"""
?start: sum
?sum: product | sum "+" product -> add | sum "-" product -> subtract
?product: unary | product "*" unary -> multiply
?unary: atom | "-" unary -> negate
?atom: NUMBER -> number
     | NAME -> name
     | "(" sum ")"
     | "min" "(" sum ("," sum)+ ")" -> least
     | "max" "(" sum ("," sum)+ ")" -> greatest
     | "round" "(" sum "," WHOLE ")" -> rounded
     | "if" "(" truth "," sum "," sum ")" -> choice
?truth: conjunction | truth "or" conjunction -> either
?conjunction: negation | conjunction "and" negation -> both
?negation: comparison | "not" negation -> opposite
?comparison: sum COMPARE sum -> compare | "(" truth ")"
COMPARE: "<=" | ">=" | "!=" | "<" | ">" | "="
NAME: /[a-z][a-z0-9_]*/
NUMBER: /\d+(\.\d+)?/
WHOLE.2: /\d(?=\s*\))/
%ignore /\s+/
"""


class FormulaError(ValueError):
    """A formula that cannot be used. ``column`` counts from 1 within the formula."""

    def __init__(self, key: str, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.key = key
        self.column = column


def parse(text: str, names: Mapping[str, Name]) -> Node:
    """The typed tree of a formula over declared names.

    Raises `FormulaError`: ``formula.syntax``, ``formula.unknown_name`` or ``formula.too_large`` (its value could pass 37
    digits).
    """
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        column = max(1, getattr(error, "column", 1) or 1)
        raise FormulaError(
            "formula.syntax", f"The formula cannot be read from column {column} on.", column
        ) from error
    try:
        node: Node = _Builder(names).transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from error
        raise
    return node


@functools.cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="earley", propagate_positions=True)


def _bounded(node: Node) -> Node:
    if node.bound >= LIMIT:
        raise FormulaError("formula.too_large", f"The formula's value could pass {MOST_DIGITS} digits.")
    return node


def _aligned(*nodes: Node) -> tuple[Node, ...]:
    scale = max(node.scale for node in nodes)
    return tuple(_bounded(rescale(node, scale)) for node in nodes)


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """Builds typed nodes from the leaves up."""

    def __init__(self, names: Mapping[str, Name]) -> None:
        super().__init__()
        self._names = names

    def number(self, token: Token) -> Node:
        _sign, digits, exponent = Decimal(str(token)).as_tuple()
        value = int("".join(map(str, digits)))
        return _bounded(Number(value, -int(exponent)))

    def name(self, token: Token) -> Node:
        known = self._names.get(str(token))
        if known is None:
            raise FormulaError(
                "formula.unknown_name",
                f"“{token}” is not declared; there are: {', '.join(sorted(self._names))}.",
                token.column or 1,
            )
        return _bounded(Reference(known.name, known.scale, known.bound))

    def negate(self, operand: Node) -> Node:
        return Negation(operand, operand.scale, operand.bound)

    def add(self, left: Node, right: Node) -> Node:
        return self._sum("+", left, right)

    def subtract(self, left: Node, right: Node) -> Node:
        return self._sum("-", left, right)

    def multiply(self, left: Node, right: Node) -> Node:
        return _bounded(Arithmetic("*", left, right, left.scale + right.scale, left.bound * right.bound))

    def least(self, *operands: Node) -> Node:
        return self._extreme("min", operands)

    def greatest(self, *operands: Node) -> Node:
        return self._extreme("max", operands)

    def rounded(self, operand: Node, digits: Token) -> Node:
        scale = int(digits)
        if scale >= operand.scale:
            return operand
        return Rounded(operand, scale, operand.bound // 10 ** (operand.scale - scale) + 1)

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

    def _sum(self, operator: str, left: Node, right: Node) -> Node:
        left, right = _aligned(left, right)
        return _bounded(Arithmetic(operator, left, right, left.scale, left.bound + right.bound))

    @staticmethod
    def _extreme(which: str, operands: tuple[Node, ...]) -> Node:
        aligned = _aligned(*operands)
        return Extreme(which, aligned, aligned[0].scale, max(node.bound for node in aligned))
