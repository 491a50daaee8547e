"""金额: whole minor units (fen), exact to the last one; how they are read, rounded and written out.

Amounts are Python integers of a currency's minor unit. A binary float is refused wherever it turns up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")
_CAPITAL_LIMIT = 10**12
_PLAIN = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


class MoneyError(ValueError):
    """An amount that is not exact or not an amount. ``key`` names the rule that it breaks."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code and the decimals of its minor unit (CNY 2, VND 0)."""

    code: str
    digits: int


CNY = Currency("CNY", 2)
VND = Currency("VND", 0)


def to_minor(amount: Decimal, currency: Currency = CNY) -> int:
    """Minor units of an amount, rounded half-up (away from zero) once. Raises `MoneyError` for floats, NaN, infinity."""
    if isinstance(amount, float):
        raise MoneyError("money.float", "A binary float is not an exact amount.")
    if not amount.is_finite():
        raise MoneyError("money.not_finite", "Not an amount.")
    return int(amount.scaleb(currency.digits).quantize(Decimal(1), ROUND_HALF_UP))


def parse_minor(text: str, currency: Currency = CNY) -> int:
    """Minor units of a typed amount such as "45,792.00". Raises `MoneyError` where it is not exactly representable."""
    stripped = text.strip()
    if not _PLAIN.fullmatch(stripped):
        raise MoneyError("money.format", f"“{text}” is not an amount: write digits, such as 45792.00.")
    scaled = Decimal(stripped.replace(",", "")).scaleb(currency.digits)
    if scaled != scaled.to_integral_value():
        raise MoneyError("money.decimals", f"“{text}” has more than {currency.digits} decimals.")
    return int(scaled)


def format_fen(minor: int, currency: Currency = CNY) -> str:
    """The amount in whole units with thousands separated: 4579200 fen are "45,792.00"."""
    if isinstance(minor, float):
        raise MoneyError("money.float", "A binary float is not an exact amount.")
    sign, size = ("-" if minor < 0 else ""), abs(minor)
    whole, rest = divmod(size, 10**currency.digits)
    return f"{sign}{whole:,}.{rest:0{currency.digits}d}" if currency.digits else f"{sign}{whole:,}"


def capital_amount(fen: int) -> str:
    """大写金额 of an amount in fen, as on cheques (支付结算办法, annex 1): 4579200 → 肆万伍仟柒佰玖拾贰元整.

    Raises `MoneyError` at a million million yuan and more.
    """
    if isinstance(fen, float):
        raise MoneyError("money.float", "A binary float is not an exact amount.")
    yuan, rest = divmod(abs(fen), 100)
    if yuan >= _CAPITAL_LIMIT:
        raise MoneyError("money.too_large", "The amount is too large to be written in capitals.")
    jiao, cents = divmod(rest, 10)
    text = f"{_capital_whole(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif cents and yuan:
        text += "零"
    text += f"{_DIGITS[cents]}分" if cents else "整"
    return f"负{text}" if fen < 0 else text


def _capital_whole(number: int) -> str:
    """A whole number in capitals: sections of four digits, one 零 for each gap."""
    if not number:
        return _DIGITS[0]
    sections: list[int] = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    text, gap = "", False
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if not section:
            gap = bool(text)
            continue
        if text and (gap or section < 1000):
            text += _DIGITS[0]
        text += _capital_section(section) + _SECTIONS[index]
        gap = False
    return text


def _capital_section(section: int) -> str:
    """1 to 9999 in capitals."""
    text, gap = "", False
    for power in range(3, -1, -1):
        digit = section // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[power]
            gap = False
        else:
            gap = True
    return text
