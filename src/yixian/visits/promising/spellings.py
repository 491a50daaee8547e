"""写法: the many ways of writing one number, made the one that is read: 3w元, 5k, 5OO元, ①百, 廿, 皕.

Unicode compatibility forms (NFKC: full width, Kangxi radicals, circled digits) are made plain by `policy_words.plain`.
"""

from __future__ import annotations

import re

from yixian.domain.numerals import DIGIT
from yixian.visits.promising.policy_words import plain

_MARKER = re.compile(rf"[①-⑳](?=\s*[\d{DIGIT}])")
"""A circled number before a number: the mark of a list's entry, and no digit of the number behind it."""

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_LETTER_O = re.compile(r"(?<=\d)o+(?![a-z])|(?<=\do)o(?=\d)")
_NO_WATT = r"(?![a-z]|\s*的?(?:[灯充电功瓦节太路]|led|bulb|lamp))"
_NO_MODEL = r"(?![a-z]|\s*的?(?:[路线跑屏电视分高超网充书]|run\b|tv\b))"
_BEFORE = rf"(?<=[\d半十{DIGIT}])\s*个?\s*"
_TEN_THOUSAND = re.compile(rf"{_BEFORE}w{_NO_WATT}")
_THOUSAND = re.compile(rf"{_BEFORE}k{_NO_MODEL}")
_OLD = str.maketrans({"廿": "二十", "卄": "二十", "卅": "三十", "卌": "四十", "皕": "二百"})


def common_spelling(text: str) -> str:
    """The text with its numbers in the common spelling: 3万元, 5千, 500元, 1百, 二十, 二百."""
    text = _THOUSANDS.sub("", plain(_MARKER.sub(" ", text))).translate(_OLD)
    text = _LETTER_O.sub(lambda found: "0" * len(found.group()), text)
    return _THOUSAND.sub("千", _TEN_THOUSAND.sub("万", text))
