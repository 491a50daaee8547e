"""公式编译: the tree as DuckDB SQL over scaled integers. Values that fit 64 bits are BIGINT, larger ones HUGEINT.

What is used twice (the operand of a rounding, of a division, of a band) becomes a column of its own, so that the text of a
formula grows with the formula and not with its depth.
"""

from __future__ import annotations

from yixian.engines.entitlements.formula.tree import (
    NARROW,
    Arithmetic,
    Band,
    Ceiling,
    Choice,
    Chosen,
    Comparison,
    Divided,
    Extreme,
    Later,
    Logic,
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
from yixian.engines.entitlements.quoting import day_number_sql, day_sql, sql_text

_SQL = {"=": "=", "!=": "<>"}


class Columns:
    """A SELECT to which formulas are added as columns; names in a formula are columns that it has already."""

    def __init__(self, select: str) -> None:
        self.select = select
        self._hidden = 0

    def add(self, name: str, node: Node) -> None:
        """Add the formula's scaled integer as a column."""
        self._append(name, self._number(node))

    def add_rounded(self, name: str, node: Node, digits: int) -> None:
        """Add the formula rounded half-up (away from zero) to ``digits`` decimals."""
        drop = node.scale - digits
        if drop > 0:
            self._append(name, self._half_up(self._column(node), 10**drop, node.bound))
        else:
            bound = node.bound * 10**-drop
            self._append(name, f"{_typed(self._number(node), bound)} * {10**-drop}")

    def _append(self, name: str, expression: str) -> None:
        self.select = f'SELECT *, {expression} AS "{name}" FROM ({self.select})'

    def _number(self, node: Node) -> str:
        match node:
            case Number():
                return _typed(str(node.value), node.bound)
            case Reference():
                return _typed(f'"{node.name}"', node.bound)
            case Negation():
                return f"(-{self._number(node.operand)})"
            case Arithmetic():
                widest = max(node.bound, node.left.bound, node.right.bound)
                left, right = (_typed(self._number(side), widest) for side in (node.left, node.right))
                return f"({left} {node.operator} {right})"
            case Rescaled():
                factor = 10 ** (node.scale - node.operand.scale)
                return (
                    f"({_typed(self._number(node.operand), node.bound)} * {_typed(str(factor), node.bound)})"
                )
            case Rounded() | Truncated() | Ceiling() | Divided() | Quotient():
                return self._rounding(node)
            case Span() | Later() | Power():
                return self._whole(node)
            case Extreme() | Choice() | Band():
                return self._choosing(node)

    def _whole(self, node: Span | Later | Power) -> str:
        match node:
            case Span():
                return self._span(node)
            case Later():
                return self._later(node)
            case Power():
                return self._power(node)

    def _power(self, node: Power) -> str:
        unit = f"CAST({10**node.operand.scale} AS HUGEINT)"
        one = f"CAST({10**node.scale} AS HUGEINT)"
        factor = f"CAST({self._column(node.operand)} AS HUGEINT)"
        times = f"list_resize(CAST([] AS HUGEINT[]), {self._column(node.exponent)}, {factor})"
        product = f"(2 * p * x + {unit}) // (2 * {unit})"
        return _typed(f"list_reduce(list_prepend({one}, {times}), lambda p, x: {product})", node.bound)

    def _span(self, node: Span) -> str:
        begin, end = self._column(node.begin), self._column(node.end)
        if node.unit == "days":
            return f"({end} - {begin})"
        earlier, later = (self._hide(day_sql(f"{which}({begin}, {end})")) for which in ("least", "greatest"))
        months = (
            f"(12 * (year({later}) - year({earlier})) + month({later}) - month({earlier}) - "
            f"(CASE WHEN day({later}) < least(day({earlier}), day(last_day({later}))) THEN 1 ELSE 0 END))"
        )
        whole = months if node.unit == "months" else f"({months} // 12)"
        return f"(CASE WHEN {begin} <= {end} THEN {whole} ELSE -{whole} END)"

    def _later(self, node: Later) -> str:
        day, count = self._column(node.day), self._column(node.count)
        if node.unit == "add_days":
            return f"({day} + {count})"
        months = f"to_{node.unit.removeprefix('add_')}(CAST({count} AS INTEGER))"
        return day_number_sql(f"CAST({day_sql(day)} + {months} AS DATE)")

    def _rounding(self, node: Rounded | Truncated | Ceiling | Divided | Quotient) -> str:
        match node:
            case Rounded():
                divisor = 10 ** (node.operand.scale - node.scale)
                return self._half_up(self._column(node.operand), divisor, node.operand.bound)
            case Truncated():
                divisor = 10 ** (node.operand.scale - node.scale)
                most = max(node.operand.bound, divisor)
                return f"({_typed(self._number(node.operand), most)} // {_typed(str(divisor), most)})"
            case Ceiling():
                return self._up(node)
            case Divided():
                return self._divided(node)
            case Quotient():
                return self._quotient(node)

    def _choosing(self, node: Extreme | Choice | Band) -> str:
        if isinstance(node, Band):
            return self._band(node)
        parts = node.operands if isinstance(node, Extreme) else (node.then, node.otherwise)
        bound = max(part.bound for part in parts)
        numbers = [_typed(self._number(part), bound) for part in parts]
        if isinstance(node, Extreme):
            return f"{'least' if node.which == 'min' else 'greatest'}({', '.join(numbers)})"
        return f"(CASE WHEN {self._truth(node.condition)} THEN {numbers[0]} ELSE {numbers[1]} END)"

    def _up(self, node: Ceiling) -> str:
        unit = 10 ** (node.operand.scale - node.scale)
        most = node.operand.bound + unit
        column = _typed(self._column(node.operand), most)
        one = _typed(str(unit), most)
        return f"({column} // {one} + (CASE WHEN {column} > 0 AND {column} % {one} <> 0 THEN 1 ELSE 0 END))"

    def _divided(self, node: Divided) -> str:
        bound = max(node.operand.bound * node.multiplier, node.multiplier)
        wide = f"({_typed(self._number(node.operand), bound)} * {_typed(str(node.multiplier), bound)})"
        return self._half_up(self._hide(wide), node.divisor, bound)

    def _quotient(self, node: Quotient) -> str:
        bound = max(2 * node.operand.bound * node.multiplier + node.divisor.bound * node.unit, node.unit)
        wide = f"({_typed(self._number(node.operand), bound)} * {_typed(str(node.multiplier), bound)})"
        above = self._hide(wide)
        below = self._hide(f"({_typed(self._number(node.divisor), bound)} * {_typed(str(node.unit), bound)})")
        return f"((2 * abs({above}) + {below}) // (2 * {below}) * sign({above}))"

    def _band(self, node: Band) -> str:
        bound = max(node.operand.bound, *(limit.bound for limit in node.limits))
        operand = _typed(self._column(node.operand), bound)
        *values, otherwise = (_typed(self._number(value), node.bound) for value in node.values)
        cases = " ".join(
            f"WHEN {operand} < {_typed(self._number(limit), bound)} THEN {value}"
            for limit, value in zip(node.limits, values, strict=True)
        )
        return f"(CASE {cases} ELSE {otherwise} END)"

    def _half_up(self, column: str, divisor: int, bound: int) -> str:
        """The quotient of a column by a positive divisor, rounded half-up; ``//`` of integers cuts towards zero."""
        most = bound + divisor
        unit, half = _typed(str(divisor), most), _typed(str(divisor // 2), most)
        wide = _typed(column, most)
        return f"(({wide} + (CASE WHEN {wide} < 0 THEN -{half} ELSE {half} END)) // {unit})"

    def _column(self, node: Node) -> str:
        """The node as a column: its own if it is one, else a hidden one."""
        return f'"{node.name}"' if isinstance(node, Reference) else self._hide(self._number(node))

    def _hide(self, expression: str) -> str:
        self._hidden += 1
        name = f"~{self._hidden}"
        self._append(name, expression)
        return f'"{name}"'

    def _truth(self, truth: Truth) -> str:
        if isinstance(truth, Comparison):
            bound = max(truth.left.bound, truth.right.bound)
            left, right = (_typed(self._number(side), bound) for side in (truth.left, truth.right))
            return f"({left} {_SQL.get(truth.operator, truth.operator)} {right})"
        if isinstance(truth, Chosen):
            return f'("{truth.name}" {_SQL[truth.operator]} {sql_text(truth.key)})'
        return self._logic(truth)

    def _logic(self, truth: Logic) -> str:
        if truth.operator == "not":
            return f"(NOT {self._truth(truth.operands[0])})"
        return (
            "(" + f" {truth.operator.upper()} ".join(self._truth(operand) for operand in truth.operands) + ")"
        )


def _typed(expression: str, bound: int) -> str:
    return f"CAST({expression} AS {'BIGINT' if bound <= NARROW else 'HUGEINT'})"
