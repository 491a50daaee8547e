"""输入的检验: a declared fact has a name of its own, a range or choices, and a default that it could itself be."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.day_numbers import day_number
from yixian.engines.entitlements.located import Faults, Placed
from yixian.engines.entitlements.rules_typing import may_be_declared

_MAX_OF_AN_INPUT = 10**12


def check_input(pack: Pack, row: Placed[Input], faults: Faults) -> None:
    """Note every fault of one declared input."""
    declared = row.value
    if not may_be_declared(declared.name):
        faults.add(row.at("name"), "input.name", name=declared.name)
    if declared.low > declared.high:
        faults.add(row.at("low"), "input.range")
    if max(abs(declared.low), abs(declared.high)) >= _MAX_OF_AN_INPUT:
        faults.add(row.at("high"), "input.large")
    if declared.default and not _may_be(declared, declared.default):
        faults.add(row.at("default"), "input.default", value=declared.default)
    categories = {item.category for item in pack.items.values()}
    if declared.categories and declared.name in pack.household_inputs:
        faults.add(row.at("categories"), "input.categories")
    for category in declared.categories:
        if category not in categories:
            faults.add(row.within("categories", category), "input.category", category=category)


def _may_be(declared: Input, text: str) -> bool:
    if declared.choices:
        return text in declared.choices
    if declared.is_day:
        day = day_number(text)
        return day is not None and declared.low <= day <= declared.high
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    if not value.is_finite() or not declared.low <= value <= declared.high:
        return False
    return value == value.quantize(Decimal(1).scaleb(-declared.scale))
