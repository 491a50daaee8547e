"""句中的数: the numbers that a rule's sentence says, and the ways in which it may say those of its formula."""

from __future__ import annotations

import re
from decimal import Decimal

from yixian.domain.numerals import NUMERAL, joined_groups, value_of

_IN_WORDS = re.compile(rf"(?<![第.\d]){NUMERAL}")
"""A number of a sentence, in digits or Han numerals; an article's is none."""
_FIELD = re.compile(r"\{[^}]*\}")


def numbers_in(words: str) -> set[Decimal]:
    """The numbers of a sentence, in digits and in Han numerals of two characters or more: 一 alone is seldom a number."""
    plain = joined_groups(_FIELD.sub(" ", words))
    written = [text for text in _IN_WORDS.findall(plain) if len(text) > 1 or text.isascii()]
    return {value for text in written if (value := value_of(text)) is not None}


def said_otherwise(numbers: set[Decimal]) -> set[Decimal]:
    """The numbers of a formula; parts of one also as per cent, as what is left of one, and as tenths."""
    parts = {number for number in numbers if 0 < number < 1}
    hundred = Decimal(100)
    return numbers | {said for part in parts for said in (part * hundred, (1 - part) * hundred, part * 10)}
