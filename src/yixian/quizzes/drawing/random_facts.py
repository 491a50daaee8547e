"""事实: facts drawn by lot from what a pack says they may be, and the same facts with one mistake."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from yixian.domain.policy import Input
from yixian.domain.policy.day_numbers import day_number, day_text
from yixian.domain.policy.declared import Item
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.question import Shown, Words

_COUNTED = frozenset({"each", "tree", "set"})
_MAX = {"persons": 8, "farmers": 6}
"""How far a fact's lot goes, so that the sums are those of a household and not of a province."""


def drawn_facts(inputs: Iterable[Input], lots: Lots, item: Item | None = None) -> dict[str, str]:
    """Each fact as text, within its range and with no more decimals than it may have; an item's own facts where one is given."""
    return {
        declared.name: _drawn(declared, lots, item)
        for declared in inputs
        if item is None or declared.is_of(item.category)
    }


def changed_by_one(declared: Input, value: str) -> list[str]:
    """The fact as somebody might take it by mistake: any other choice, or one more or less."""
    if declared.choices:
        return [key for key in declared.choices if key != value]
    if declared.is_day:
        days = (day_number(value) or 0) + 1, (day_number(value) or 0) - 1
        return [day_text(day) for day in days if declared.low <= day <= declared.high]
    number = Decimal(value)
    near = (number + 1, number - 1)
    return [f"{one:f}" for one in near if declared.low <= one <= declared.high and one >= 0]


def fact_text(declared: Input, value: str) -> Shown:
    """The fact as a question tells it."""
    label = Words(declared.title_zh, declared.title_en)
    if declared.choices:
        return Shown(label, Words(declared.choice(value, "zh"), declared.choice(value, "en")))
    return Shown(label, Words(value, value))


def _drawn(declared: Input, lots: Lots, item: Item | None) -> str:
    if declared.choices:
        return lots.pick(list(declared.choices))
    if declared.is_day:
        return day_text(int(declared.low) + lots.below(int(declared.high - declared.low) + 1))
    is_counted = item is not None and declared.name == "quantity" and item.unit in _COUNTED
    decimals = 0 if is_counted else min(declared.scale, 2)
    step = Decimal(1).scaleb(-decimals)
    most = Decimal(_MAX.get(declared.name, 20 if is_counted else 240))
    low, high = max(declared.low, step), min(declared.high, most)
    if high < low:
        return f"{declared.low:f}"
    first = (low / step).to_integral_value(rounding="ROUND_CEILING")
    last = (high / step).to_integral_value(rounding="ROUND_FLOOR")
    return f"{(first + lots.below(int(last - first) + 1)) * step:f}"
