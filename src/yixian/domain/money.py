"""金额: whole minor units (fen), exact to the last one; how they are read, rounded and written out.

Amounts are Python integers of a currency's minor unit. A binary float is refused wherever it turns up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from yixian.domain.errors import DomainError
from yixian.domain.text import half_width

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")
_CAPITAL_LIMIT = 10**12
_MAX_WHOLE_DIGITS = 18
_TYPED = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?")


class MoneyError(DomainError):
    """An amount that is not exact or not an amount. ``key`` names the rule that it breaks."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code and the decimals of its minor unit (CNY 2, VND 0)."""

    code: str
    digits: int


CNY = Currency("CNY", 2)
VND = Currency("VND", 0)


def parse_minor(text: str, currency: Currency = CNY) -> int:
    """Minor units of a typed amount such as "45,792.00"; full-width digits are read as half-width ones.

    Nothing is rounded. Raises `MoneyError` ``money.format``, ``money.decimals`` (more decimals than the currency has) or
    ``money.too_large``.
    """
    match = _TYPED.fullmatch(half_width(text).strip())
    if not match:
        raise MoneyError(
            "money.format", "“%(text)s” is not an amount: write digits, such as 45792.00.", text=text
        )
    whole = match["whole"].replace(",", "").lstrip("0")
    decimals = (match["decimals"] or "").rstrip("0")
    if len(decimals) > currency.digits:
        raise MoneyError(
            "money.decimals",
            "“%(text)s” has more than %(digits)s decimals: write the amount to the smallest coin.",
            text=text,
            digits=currency.digits,
        )
    if len(whole) > _MAX_WHOLE_DIGITS:
        raise _too_large()
    size = int(f"{whole}{decimals:0<{currency.digits}}" or "0")
    return -size if match["sign"] else size


def format_fen(minor: int, currency: Currency = CNY) -> str:
    """The amount in whole units with thousands separated: 4579200 fen are "45,792.00".

    Raises `MoneyError` ``money.float`` for anything but whole minor units.
    """
    _must_be_whole(minor)
    sign, size = ("-" if minor < 0 else ""), abs(minor)
    whole, rest = divmod(size, 10**currency.digits)
    return f"{sign}{whole:,}.{rest:0{currency.digits}d}" if currency.digits else f"{sign}{whole:,}"


def in_yuan(fen: int) -> Decimal:
    """The exact amount in yuan, as a number for a spreadsheet or a comparison: 4579200 fen are 45792.00."""
    _must_be_whole(fen)
    return Decimal(fen).scaleb(-CNY.digits)


def capital_amount(fen: int) -> str:
    """大写金额 of an amount in fen: 4579200 → 肆万伍仟柒佰玖拾贰元整.

    Source: 《支付结算办法》(银发〔1997〕393号) annex 1: 整 where there are no fen, one 零 for each run of zeros inside the
    number, and 零 before the fen where there is no jiao. 零 after a zero at the end of the yuan is optional there, and
    left out here. Raises `MoneyError` ``money.float`` and, from a million million yuan on, ``money.too_large``.
    """
    _must_be_whole(fen)
    yuan, rest = divmod(abs(fen), 100)
    if yuan >= _CAPITAL_LIMIT:
        raise _too_large()
    jiao, cents = divmod(rest, 10)
    text = f"{_capital_whole(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif cents and yuan:
        text += "零"
    text += f"{_DIGITS[cents]}分" if cents else "整"
    return f"负{text}" if fen < 0 else text


def _must_be_whole(minor: object) -> None:
    if not isinstance(minor, int) or isinstance(minor, bool):
        raise MoneyError("money.float", "An amount of money is a whole number of the smallest coin.")


def _too_large() -> MoneyError:
    return MoneyError("money.too_large", "The amount is too large: look for a digit too many.")


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
