"""一句话说清: a line told in words, from what was stored of it and the words of its own rule — never from a live price list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from yixian.domain.money import format_fen
from yixian.domain.policy import Input, Pack, Rule
from yixian.domain.policy.day_numbers import day_number

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def unit_word(pack: Pack, unit: str, lang: str) -> str:
    """A unit code in words, as it stands after "yuan per"."""
    return pack.units[unit].word(lang) if unit in pack.units else unit


def unit_after(pack: Pack, quantity: Decimal | str, unit: str, lang: str) -> str:
    """A unit code in words, as it stands after a quantity: 1 tree, 3 trees, 0.5 trees, 3 m²."""
    if lang == "en" and unit in pack.units and Decimal(quantity) != 1:
        return pack.units[unit].plural
    return unit_word(pack, unit, lang)


def line_title(pack: Pack, rule_id: str, item_code: str, lang: str) -> str:
    """What the line is for: the item's name, else the rule's title."""
    item = pack.items.get(item_code)
    if item is not None:
        return item.name(lang)
    return next((rule.title(lang) for rule in pack.rules if rule.id == rule_id), rule_id)


def sentence(
    pack: Pack, on: date, rule_id: str, item_code: str, values: Mapping[str, str], amount: int, lang: str
) -> str:
    """The line as a sentence, e.g. 砖混结构正房，86.40 平方米 × 530.00 元/平方米 = 45,792.00 元.

    ``values`` and ``amount`` (minor units) are those stored with the line; ``pack`` is the version it was reckoned
    with, ``on`` the day for which.
    """
    rule = pack.rule_on(rule_id, on)
    item = pack.items.get(item_code)
    shown = {name: _value_text(pack, rule, name, value, lang) for name, value in values.items()}
    return rule.words(lang).format(
        title=line_title(pack, rule_id, item_code, lang),
        unit=unit_word(pack, item.unit, lang) if item else "",
        units=unit_after(pack, values.get("quantity", "1"), item.unit, lang) if item else "",
        amount=format_fen(amount, pack.currency),
        **shown,
    )


def day_words(day: date, lang: str) -> str:
    """A day in words: 2024年2月29日, 29 February 2024."""
    return (
        f"{day.year}年{day.month}月{day.day}日"
        if lang == "zh"
        else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def _value_text(pack: Pack, rule: Rule, name: str, value: str, lang: str) -> str:
    """One value of a line's trace: a choice in words, money with its coins, any other number without needless zeros."""
    declared: Input | None = pack.household_inputs.get(name) or pack.item_inputs.get(name)
    if declared is not None and declared.choices:
        return declared.choice(value, lang)
    day = day_number(value)
    if day is not None:
        return day_words(date.fromordinal(day), lang)
    is_money = name == "price" or name in rule.prices or name in rule.totals
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{number:,.{pack.currency.digits if is_money else 0}f}"
    exponent = number.normalize().as_tuple().exponent
    return f"{number:,.{max(2, -exponent if isinstance(exponent, int) else 2)}f}"
