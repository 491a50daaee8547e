"""公式树: every node of a formula is a fixed-point number or a truth.

A number's value is an integer divided by ``10 ** scale``; ``bound`` is the largest absolute integer it can be, proven
from the declared ranges of the inputs. A formula whose bound may pass 37 digits is refused before it is ever used, so no
evaluation can overflow 128 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_DIGITS = 37
LIMIT = 10**MAX_DIGITS
MAX_DECIMALS = 30
"""A value never needs more decimals than this; it keeps the powers of ten of a rounding within 128 bits."""
NARROW = 2**63 - 1
"""Integers up to here fit 64 bits."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name a formula may use: its scale and its bound (a scaled integer).

    ``least`` is the smallest it can be where that is above zero, and else 0; only a name that is never zero may divide.
    """

    name: str
    scale: int
    bound: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A literal."""

    value: int
    scale: int

    @property
    def bound(self) -> int:
        """Its own size."""
        return abs(self.value)


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a declared name; ``least`` as in `Name`."""

    name: str
    scale: int
    bound: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Negation:
    """Minus a number."""

    operand: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``+``, ``-`` or ``*`` of two numbers. For + and - both sides have been brought to the same scale."""

    operator: str
    left: Node
    right: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Rescaled:
    """The same value with more decimals (exact)."""

    operand: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Rounded:
    """``round(x, n)``: half-up, away from zero, to n decimals (never more than x has)."""

    operand: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Divided:
    """``div(x, constant, n)``: x divided by a constant, rounded half-up (away from zero) to n decimals.

    The quotient is ``operand * multiplier / divisor`` in scaled integers; ``divisor`` is positive.
    """

    operand: Node
    multiplier: int
    divisor: int
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Quotient:
    """``div(x, name, n)``: x divided by a decided factor or declared fact that is never zero, rounded half-up.

    The quotient is ``operand * multiplier / (divisor * unit)`` in scaled integers.
    """

    operand: Node
    multiplier: int
    divisor: Reference
    unit: int
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Truncated:
    """``trunc(x, n)``: x cut towards zero to n decimals (never more than x has)."""

    operand: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """``min`` or ``max`` of numbers of one scale."""

    which: str
    operands: tuple[Node, ...]
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Choice:
    """``if(condition, then, otherwise)``; both branches have one scale."""

    condition: Truth
    then: Node
    otherwise: Node
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Band:
    """``band(x, limit1, v1, limit2, v2, ..., otherwise)``: the value of the first limit that x is below, else the last.

    ``limits`` ascend and have the operand's scale; there is one value more than limits, all of one scale.
    """

    operand: Node
    limits: tuple[int, ...]
    values: tuple[Node, ...]
    scale: int
    bound: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers of one scale compared: ``<  <=  >  >=  =  !=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """``and``, ``or`` of truths, or ``not`` of one."""

    operator: str
    operands: tuple[Truth, ...]


Node = (
    Number
    | Reference
    | Negation
    | Arithmetic
    | Rescaled
    | Rounded
    | Truncated
    | Divided
    | Quotient
    | Extreme
    | Choice
    | Band
)
Truth = Comparison | Logic


def rescale(node: Node, scale: int) -> Node:
    """The node with at least ``scale`` decimals."""
    if node.scale >= scale:
        return node
    factor = 10 ** (scale - node.scale)
    if isinstance(node, Number):
        return Number(node.value * factor, scale)
    return Rescaled(node, scale, node.bound * factor)


def names_in(part: Node | Truth) -> frozenset[str]:
    """The names that a formula uses."""
    if isinstance(part, Reference):
        return frozenset({part.name})
    return frozenset().union(*(names_in(inner) for inner in _parts(part)))


def _parts(part: Node | Truth) -> tuple[Node | Truth, ...]:
    match part:
        case Number() | Reference():
            return ()
        case Negation() | Rescaled() | Rounded() | Truncated() | Divided():
            return (part.operand,)
        case Quotient():
            return (part.operand, part.divisor)
        case Arithmetic() | Comparison():
            return (part.left, part.right)
        case Extreme() | Logic():
            return part.operands
        case Choice():
            return (part.condition, part.then, part.otherwise)
        case Band():
            return (part.operand, *part.values)
