"""分词: one token for each Han character, one for each run of Latin letters or digits, in the order of the text.

Dictionaries cut names and villages wrongly; single characters and phrases never do.
"""

from __future__ import annotations

import re
import unicodedata

from yixian.domain.names import HAN

LONGEST_TOKEN = 64
"""Characters kept of a run of letters; databases refuse words of some thousand bytes."""

_TOKEN = re.compile(rf"[{HAN}]|[a-z0-9]+")
_INVISIBLE = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_LETTERS = str.maketrans({"đ": "d", "ı": "i"})
_HALF_WIDTH = str.maketrans({wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20})


def half_width(text: str) -> str:
    """全角转半角: full-width ASCII and the ideographic space made half-width; nothing else changes (² stays ²)."""
    return text.translate(_HALF_WIDTH)


def tokens(text: str) -> list[str]:
    """The tokens of a text: compatibility forms made plain (NFKD), letters lower-cased and without accents.

    ü becomes v, as pinyin is typed. Everything that is neither Han nor a Latin letter nor a digit only separates.
    """
    plain = unicodedata.normalize("NFKD", text.lower()).lower().replace("u\u0308", "v")
    return [token[:LONGEST_TOKEN] for token in _TOKEN.findall(_INVISIBLE.sub("", plain).translate(_LETTERS))]


def phrases(query: str) -> list[list[str]]:
    """A query as groups of tokens: each run without blanks is one group, and its Han characters follow one another."""
    groups = [tokens(word) for word in query.split()]
    return [group for group in groups if group]
