"""部首与兼容字: radicals and compatible Han characters that stand where a character is meant (⽉ U+2F49 for 月).

They come along when text is copied from a PDF. They look the same, and no search and no comparison finds them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

RADICAL: Final = re.compile("[\u2e80-\u2fdf]")
"""A radical is no character: nothing is written with one."""

LOOKALIKE: Final = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""These, and the compatible characters, with which the names of some persons are rightly written."""


_PAIRS = (
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
)
_EQUIVALENT = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
"""Radicals that NFKC leaves alone (Unicode's property Equivalent_Unified_Ideograph, those of whole characters)."""


def meant_characters(text: str) -> str:
    """The text with each of them as the character that is meant; one for which Unicode names none stays."""
    return LOOKALIKE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text).translate(
        _EQUIVALENT
    )


def lookalikes_in(text: str) -> list[re.Match[str]]:
    """Each of them in a text for which Unicode names another character, or which is a radical."""
    return [
        found
        for found in LOOKALIKE.finditer(text)
        if RADICAL.match(found.group()) or meant_characters(found.group()) != found.group()
    ]
