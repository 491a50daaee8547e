"""数字: what a number written in digits, in Han numerals or in both comes to: 3000, 三千, 一万二, 1.5万, 二〇二四."""

from __future__ import annotations

import re
from decimal import Decimal

_NAMES = ("零〇", "一壹", "二贰两俩", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {han: number for number, names in enumerate(_NAMES) for han in names}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

DIGIT = "".join(_DIGITS)
"""The Han digits, common and formal, for a class of a regular expression."""

_UNITS = "".join({**_SMALL, **_BIG})
_MAX_PARTS = 30
"""Figures and units of one number; no sum has more, and texts of nothing but numerals are read in one pass."""

NUMERAL = rf"(?:(?<!\d)\d++(?:\.\d++)?|[{DIGIT}]|[十拾](?![分足]))(?:\d++(?:\.\d++)?|[{DIGIT}{_UNITS}]){{0,{_MAX_PARTS}}}+"
"""A number; it begins with a digit or ten, so that 千万 (by all means) and 万一 (in case) are none.

It is taken whole (+ behind a count): given back piece by piece, an account of 22 digits took twenty seconds."""

LARGE = "[百佰千仟万萬]"
UNIT = "百佰千仟万萬亿億"
"""Large units, common and formal, for a class of a regular expression."""

_GROUPED = re.compile(r"(?<![\d.,'’])\d{1,3}(?:[,'’ \u00a0\u2007\u2009\u202f]\d{3}(?!\d))+")
"""Thousands apart: 3,000 and 3 000, by whatever blank."""
_SEPARATOR = re.compile(r"\D")
_SPACED = re.compile(r"(?<=\d)\s+(?=[万萬亿億])")
"""Between a number and what multiplies it: 3 万."""

_PART = re.compile(rf"\d+(?:\.\d+)?|[{DIGIT}{_UNITS}]")
_ZERO = "零〇"
_BETWEEN = frozenset({"一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"})


def joined_groups(text: str) -> str:
    """A text whose numbers stand in one piece: 3 000 and 3,000 as 3000, 1 530 000 as 1530000, 3 万 as 3万."""
    return _SPACED.sub("", _GROUPED.sub(lambda found: _SEPARATOR.sub("", found.group()), text))


def value_of(text: str) -> Decimal | None:
    """What a number comes to; None for what is no one number: 两三千, 三五 (three to five), 两千三千."""
    parts = _PART.findall(text)
    if len(parts) == 2 and "".join(parts) in _BETWEEN:
        return None
    if all(part in _DIGITS for part in parts) and len(parts) > 1:
        return Decimal("".join(str(_DIGITS[part]) for part in parts))
    total = section = Decimal(0)
    number: Decimal | None = None
    last = lowest = least_big = 0
    for part in parts:
        if part in _SMALL or part in _BIG:
            last = _SMALL.get(part) or _BIG[part]
            if part in _BIG:
                times = section + (number or 0)
                is_multiplied = bool(least_big) and (not times or last >= least_big)  # 一万万, 三万五千亿
                total = (total + times) * last if is_multiplied else total + times * last
                section, lowest, least_big = Decimal(0), 0, last
            else:
                if lowest and last >= lowest:
                    return None
                lowest = last
                section += (Decimal(1) if number is None else number) * last
            number = None
        elif part in _ZERO:
            last = 0
        elif number is not None:
            return None
        else:
            number = Decimal(_DIGITS[part]) if part in _DIGITS else Decimal(part)
    return total + section + _rest(number, last)


def _rest(number: Decimal | None, last: int) -> Decimal:
    """What stands behind the last unit: 一万二 is twelve thousand, 一百零二 is a hundred and two, 一万二千 has no rest."""
    if number is None:
        return Decimal(0)
    colloquial = last >= 100 and number < 10 and number == number.to_integral_value()
    return number * last / 10 if colloquial else number


def article_number(text: str, lang: str) -> str:
    """The number of an article as a paper in ``zh`` or ``en`` writes it: 34 is 三十四 in Chinese; what is none stays."""
    if lang != "zh" or not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        return text
    hundreds, rest = divmod(int(text), 100)
    tens, ones = divmod(rest, 10)
    words = f"{_ARTICLE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _ARTICLE_DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_ARTICLE_DIGITS[ones] if ones else "")


_ARTICLE_DIGITS = "零一二三四五六七八九"
