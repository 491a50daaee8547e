"""写法: the many ways of writing one number, made the one that is read: 3w元, 5k, 5OO元, ①百, 廿, 皕.

Unicode compatibility forms (NFKC: full width, Kangxi radicals, circled digits) are made plain by `policy_words.plain`.
"""

from __future__ import annotations

import re

from yixian.domain.numerals import DIGIT, joined_groups, value_of
from yixian.visits.promising.policy_words import plain

_MARKER = re.compile(rf"[①-⑳](?=\s*[\d{DIGIT}])")
"""A circled number before a number: the mark of a list's entry, and no digit of the number behind it."""

_DECIMAL = re.compile(
    rf"(?:(?<=分之)|(?<![月日号上下午]))(?P<whole>[{DIGIT}十\d]{{1,4}})点(?P<part>[{DIGIT}\d]{{1,4}})"
    r"(?:(?<=分之.点.)|(?<=分之.点..)|(?=\s{0,4}(?:%|个?百分点|个点|[万萬亿億元成折倍亩平㎡]|公顷|块钱|[分厘]的?利)))"
)
"""三点五万: 3.5, and no hour of the day."""
_LETTER_O = re.compile(r"(?<=\d)o+(?![a-z])|(?<=\do)o(?=\d)")
_COUNTED = r"公?里|米|步|字|人|户|口|次|欧|赫|瓦|度|像素|斤|吨|亩|平方|转"
"""What is counted in thousands and ten thousands, also behind a blank."""

_NO_WATT = rf"(?![a-z]|\s{{0,4}}的?(?:[灯充电功节太路]|{_COUNTED}|led|bulb|lamp))"
_NO_MODEL = rf"(?![a-z]|\s{{0,4}}的?(?:[路线跑屏电视分高超网充书画]|{_COUNTED}|run\b|tv\b))"
_BEFORE = rf"(?<=[\d半十{DIGIT}])\s{{0,4}}个?\s{{0,4}}"
_TEN_THOUSAND = re.compile(rf"{_BEFORE}w{_NO_WATT}")
_THOUSAND = re.compile(rf"{_BEFORE}k{_NO_MODEL}")
_MEASURED = re.compile(
    r"(?:wi-?fi|wlan|网速|带宽|频段|色温|分辨率|画质|电视|屏幕?|型号|内存|电阻|功率|跑步?|第)\s{0,4}(?:是|有|了|要)?\s{0,4}[\d.]{1,8}$"
)
"""What stands before a number of kilobits, kelvins or watts and of no sum: wifi 5k."""

_LOOK_BACK = 24
_EACH = re.compile(r"(?<=[百佰千仟万萬])一(?=[户家人亩])")
"""三万一户: so much for each, and no figure of the sum."""

_OLD = str.maketrans({"廿": "二十", "卄": "二十", "卅": "三十", "卌": "四十", "皕": "二百"})


def common_spelling(text: str) -> str:
    """The text with its numbers in the common spelling: 3万元, 5千, 500元, 1百, 二十, 二百."""
    text = joined_groups(plain(_MARKER.sub(" ", text))).translate(_OLD)
    text = _DECIMAL.sub(_in_digits, text)
    text = _LETTER_O.sub(lambda found: "0" * len(found.group()), text)
    text = _spelled_out(_THOUSAND, "千", _spelled_out(_TEN_THOUSAND, "万", text))
    return _EACH.sub(" 一", text)


def _in_digits(found: re.Match[str]) -> str:
    """Three point five as 3.5."""
    digits = "".join(str(value_of(digit)) for digit in found["part"])
    return f"{value_of(found['whole'])}.{digits}"


def _spelled_out(letter: re.Pattern[str], unit: str, text: str) -> str:
    """The text with a letter behind a number as the unit that it stands for, where the number is a sum's."""

    def unit_of(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        return found.group() if _MEASURED.search(before) else unit

    return letter.sub(unit_of, text)
