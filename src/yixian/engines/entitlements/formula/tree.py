"""公式树: every node of a formula is a fixed-point number or a truth.

A number's value is an integer divided by ``10 ** scale`` and lies from ``low`` to ``high`` (scaled integers), which interval
arithmetic proves from the declared ranges of the inputs; ``bound`` is the largest absolute integer it can be. A formula
whose bound may pass 37 digits is refused before it is ever used, so no evaluation can overflow 128 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

MAX_DIGITS = 37
LIMIT = 10**MAX_DIGITS
MAX_DECIMALS = 30
"""A value never needs more decimals than this; it keeps the powers of ten of a rounding within 128 bits."""
NARROW = 2**63 - 1
"""Integers up to here fit 64 bits."""


class _Interval(Protocol):
    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...


class Bounded:
    """What has a lowest and a highest scaled integer."""

    __slots__ = ()

    @property
    def bound(self: _Interval) -> int:
        """The largest absolute integer that it can be."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True, slots=True)
class Name(Bounded):
    """A name a formula may use: its scale, from where to where its scaled integer lies, and whether it is a day."""

    name: str
    scale: int
    low: int
    high: int
    is_day: bool = False


Choices = Mapping[str, tuple[str, ...]]
"""By the name of each fact that is a choice: the keys of what may be chosen."""


@dataclass(frozen=True, slots=True)
class Number:
    """A literal: a number, or a day."""

    value: int
    scale: int
    is_day: bool = False

    @property
    def low(self) -> int:
        """Itself."""
        return self.value

    @property
    def high(self) -> int:
        """Itself."""
        return self.value

    @property
    def bound(self) -> int:
        """Its own size."""
        return abs(self.value)


@dataclass(frozen=True, slots=True)
class Reference(Bounded):
    """The value of a declared name."""

    name: str
    scale: int
    low: int
    high: int
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Span(Bounded):
    """``days``, ``months`` or ``years`` from one day to another: whole ones, negative where the other is earlier."""

    unit: str
    begin: Node
    end: Node
    low: int
    high: int
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Later(Bounded):
    """``add_days``, ``add_months`` or ``add_years``: the day so many later (``count`` is a whole number)."""

    unit: str
    day: Node
    count: Node
    low: int
    high: int
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Negation(Bounded):
    """Minus a number."""

    operand: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Arithmetic(Bounded):
    """``+``, ``-`` or ``*`` of two numbers. For + and - both sides have been brought to the same scale."""

    operator: str
    left: Node
    right: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rescaled(Bounded):
    """The same value with more decimals (exact)."""

    operand: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rounded(Bounded):
    """``round(x, n)``: half-up, away from zero, to n decimals (never more than x has)."""

    operand: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Divided(Bounded):
    """``div(x, constant, n)``: x divided by a constant, rounded half-up (away from zero) to n decimals.

    The quotient is ``operand * multiplier / divisor`` in scaled integers; ``divisor`` is positive.
    """

    operand: Node
    multiplier: int
    divisor: int
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Quotient(Bounded):
    """``div(x, y, n)``: x divided by a number that is always above zero, rounded half-up (away from zero).

    The quotient is ``operand * multiplier / (divisor * unit)`` in scaled integers.
    """

    operand: Node
    multiplier: int
    divisor: Node
    unit: int
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Truncated(Bounded):
    """``trunc(x, n)``: x cut towards zero to n decimals (never more than x has)."""

    operand: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Ceiling(Bounded):
    """``ceil(x, n)``: the smallest number of n decimals that is not below x (never more decimals than x has)."""

    operand: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Power(Bounded):
    """``pow(x, n, digits)``: 1 times x, which is not negative, n times; each product is rounded half-up to the digits."""

    operand: Node
    exponent: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Extreme(Bounded):
    """``min`` or ``max`` of numbers of one scale."""

    which: str
    operands: tuple[Node, ...]
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Choice(Bounded):
    """``if(condition, then, otherwise)``; both branches have one scale."""

    condition: Truth
    then: Node
    otherwise: Node
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Band(Bounded):
    """``band(x, limit1, v1, limit2, v2, ..., otherwise)``: the value of the first limit that x is below, else the last.

    ``limits`` have the operand's scale; there is one value more than limits, all of one scale. Plain limits ascend; named
    ones may not, and then the first that x is below counts.
    """

    operand: Node
    limits: tuple[Node, ...]
    values: tuple[Node, ...]
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers of one scale compared: ``<  <=  >  >=  =  !=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that is (``=``), or is not (``!=``), one of those that may be chosen."""

    name: str
    operator: str
    key: str


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
    | Ceiling
    | Divided
    | Quotient
    | Power
    | Span
    | Later
    | Extreme
    | Choice
    | Band
)
Truth = Comparison | Chosen | Logic


def rescale(node: Node, scale: int) -> Node:
    """The node with at least ``scale`` decimals."""
    if node.scale >= scale:
        return node
    factor = 10 ** (scale - node.scale)
    if isinstance(node, Number):
        return Number(node.value * factor, scale)
    return Rescaled(node, scale, node.low * factor, node.high * factor)


def names_in(part: Node | Truth) -> frozenset[str]:
    """The names that a formula uses, numbers and choices."""
    if isinstance(part, Reference | Chosen):
        return frozenset({part.name})
    return frozenset().union(*(names_in(inner) for inner in parts(part)))


def parts(part: Node | Truth) -> tuple[Node | Truth, ...]:
    match part:
        case Number() | Reference() | Chosen():
            return ()
        case Negation() | Rescaled() | Rounded() | Truncated() | Ceiling() | Divided():
            return (part.operand,)
        case Quotient() | Power():
            return (part.operand, part.divisor if isinstance(part, Quotient) else part.exponent)
        case Arithmetic() | Comparison():
            return (part.left, part.right)
        case Span() | Later():
            return (part.begin, part.end) if isinstance(part, Span) else (part.day, part.count)
        case Extreme() | Logic():
            return part.operands
        case Choice():
            return (part.condition, part.then, part.otherwise)
        case Band():
            return (part.operand, *part.limits, *part.values)
