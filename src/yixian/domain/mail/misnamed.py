"""误称的字符集: what bytes are under a charset's name that is often wrong, by what the bytes themselves show."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

CHINESE_NAMES: Final = frozenset(
    {"gb2312", "gbk", "gb-2312", "x-gbk", "cp936", "ms936", "hz-gb-2312", "gb_2312-80", "euc-cn"}
)
"""Names under which GB 18030 or a part of it is sent; the whole reads every part."""

_ONE_BYTE = frozenset(
    {
        *("iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252"),
        *("koi8-r", "latin1"),
    }
)
"""Charsets of one byte a character, under which other ones are sent."""

_BIG5 = frozenset({"big5", "big5-hkscs"})
_UTF16 = frozenset({"utf-16", "utf-16le", "utf-16be"})
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HANZI = re.compile("[\u2e80-\u9fff]")
_OF_LETTERS = re.compile("[\t\n\r\x20-\x7e\xa0-\xff\u2010-\u2049\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
"""What letters in Chinese are made of."""

_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_MIN_PAIRS = 4
"""Pairs or characters from which a text shows what it is written in."""


def meant_charsets(named: str, content: bytes) -> Iterator[str]:
    """The charsets that bytes show themselves to be in, likelier than the one that is ``named``, the likeliest first.

    A byte order mark is believed before any name. Text of one byte a character is hardly ever sound UTF-8, nor is GBK or
    Big5 with Chinese characters in it; Chinese characters are hardly ever what accents side by side would make; Big5 has
    half of its second bytes below 0x7F, and GB 2312 none; and what holds NUL is UTF-16 of some kind.
    """
    yield from (encoding for mark, encoding in _MARKS if content.startswith(mark))
    yield from _unmarked_utf16(named, content)
    if content.isascii() and not (
        named in _UTF16 and len(content) >= 2 * _MIN_PAIRS and b"\0" not in content
    ):
        return
    if _is_utf8(content, of_hanzi=named not in _ONE_BYTE):
        yield "utf-8"
    if named not in _BIG5 and _is_big5(content):
        yield "big5"
    if (named in _ONE_BYTE | _UTF16 and _is_gb(content)) or (named in _BIG5 and _is_gb2312(content)):
        yield "gb18030"


def _is_utf8(content: bytes, *, of_hanzi: bool) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return content.isascii() or not of_hanzi or _HANZI.search(text) is not None


def _unmarked_utf16(named: str, content: bytes) -> Iterator[str]:
    """UTF-16 without a mark: every unit a letter's, and either NUL among the bytes or no sound UTF-8."""
    if (
        len(content) % 2
        or len(content) < 2 * _MIN_PAIRS
        or (b"\0" not in content and _is_utf8(content, of_hanzi=False))
    ):
        return
    for encoding in ("utf-16-be", "utf-16-le") if named == "utf-16be" else ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _OF_LETTERS.fullmatch(text):
            yield encoding


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_gb(content: bytes) -> bool:
    """Whether bytes above ASCII come in the pairs of GB 2312, but for a few of GBK."""
    pairs = _PAIR.findall(content)
    common = sum(pair[0] >= 0xA1 and pair[1] >= 0xA1 for pair in pairs)
    return bool(pairs) and common * 10 >= len(pairs) * 8 and _decodes(content, "gb18030")


def _is_gb2312(content: bytes) -> bool:
    """Whether bytes above ASCII come in the pairs of GB 2312 that are rare in Big5: hardly a first byte of the characters that
    are most frequent there, hardly a second byte below 0x7F.
    """
    pairs = _PAIR.findall(content)
    chinese = sum(pair[1] >= 0xA1 and not 0xA4 <= pair[0] <= 0xAF for pair in pairs)
    return len(pairs) >= _MIN_PAIRS and chinese * 10 >= len(pairs) * 9 and _decodes(content, "gb18030")


def _is_big5(content: bytes) -> bool:
    """Whether bytes above ASCII come in pairs of Big5's frequent characters, many of them with a second byte below 0x7F."""
    pairs = _PAIR.findall(content)
    frequent = sum(0xA1 <= pair[0] <= 0xC6 for pair in pairs)
    low = sum(pair[1] < 0x7F for pair in pairs)
    return (
        len(pairs) >= _MIN_PAIRS
        and frequent * 10 >= len(pairs) * 9
        and low * 5 >= len(pairs)
        and _decodes(content, "big5")
    )
