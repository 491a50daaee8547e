"""公式编译: the tree as DuckDB SQL over scaled integers. Values that fit 64 bits are BIGINT, larger ones HUGEINT."""

from __future__ import annotations

from yixian.engines.entitlements.formula.tree import (
    NARROW,
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


def to_sql(node: Node) -> str:
    """An expression whose value is the formula's scaled integer. Names are quoted columns of the same name."""
    match node:
        case Number():
            return _typed(str(node.value), node.bound)
        case Reference():
            return _typed(f'"{node.name}"', node.bound)
        case Negation():
            return f"(-{to_sql(node.operand)})"
        case Arithmetic():
            left, right = (_typed(to_sql(side), node.bound) for side in (node.left, node.right))
            return f"({left} {node.operator} {right})"
        case Rescaled():
            factor = 10 ** (node.scale - node.operand.scale)
            return f"({_typed(to_sql(node.operand), node.bound)} * {_typed(str(factor), node.bound)})"
        case Rounded():
            return rounded_sql(to_sql(node.operand), node.operand.scale - node.scale, node.operand.bound)
        case Extreme():
            function = "least" if node.which == "min" else "greatest"
            return (
                f"{function}({', '.join(_typed(to_sql(operand), node.bound) for operand in node.operands)})"
            )
        case Choice():
            then, otherwise = (_typed(to_sql(side), node.bound) for side in (node.then, node.otherwise))
            return f"(CASE WHEN {_truth(node.condition)} THEN {then} ELSE {otherwise} END)"


def rounded_sql(expression: str, drop: int, bound: int) -> str:
    """The expression without its last ``drop`` digits, rounded half-up (away from zero)."""
    if drop <= 0:
        return f"({_typed(expression, bound * 10**-drop)} * {10**-drop})" if drop else expression
    unit = _typed(str(10**drop), bound * 2)
    wide = _typed(expression, bound * 2 + 10**drop)
    return f"(CASE WHEN {wide} < 0 THEN -((-{wide} + {unit} // 2) // {unit}) ELSE ({wide} + {unit} // 2) // {unit} END)"


def _truth(truth: Truth) -> str:
    if isinstance(truth, Comparison):
        bound = max(truth.left.bound, truth.right.bound)
        left, right = _typed(to_sql(truth.left), bound), _typed(to_sql(truth.right), bound)
        operator = "<>" if truth.operator == "!=" else truth.operator
        return f"({left} {operator} {right})"
    return _logic(truth)


def _logic(truth: Logic) -> str:
    if truth.operator == "not":
        return f"(NOT {_truth(truth.operands[0])})"
    return "(" + f" {truth.operator.upper()} ".join(_truth(operand) for operand in truth.operands) + ")"


def _typed(expression: str, bound: int) -> str:
    return f"CAST({expression} AS {'BIGINT' if bound <= NARROW else 'HUGEINT'})"
