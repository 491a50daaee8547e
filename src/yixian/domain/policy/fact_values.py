"""事实的取值: whether a text is a value that a pack's declared input takes, and which rule it breaks if not."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from yixian.domain.policy.day_numbers import day_number
from yixian.domain.policy.declared import Input
from yixian.domain.written_numbers import PLAIN


class FactFault(StrEnum):
    """The rule that a value breaks."""

    CHOICE = "choice"  # not one of the choices
    NUMBER = "number"  # not a plain decimal number
    DIGITS = "digits"  # more decimals than the input has
    DAY = "day"  # no day, written YYYY-MM-DD
    RANGE = "range"  # below or above what the pack allows


def fact_fault(declared: Input, text: str) -> FactFault | None:
    """What is wrong with a value that was given (not empty); None if nothing is. ``text`` is a choice's key or a number."""
    if declared.choices:
        return None if text in declared.choices else FactFault.CHOICE
    if declared.is_day:
        day = day_number(text)
        if day is None:
            return FactFault.DAY
        return None if declared.low <= day <= declared.high else FactFault.RANGE
    if not PLAIN.fullmatch(text):
        return FactFault.NUMBER
    number = Decimal(text)
    if number * 10**declared.scale % 1:
        return FactFault.DIGITS
    return None if declared.low <= number <= declared.high else FactFault.RANGE
