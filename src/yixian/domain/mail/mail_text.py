"""邮件文字: bytes and heads of a mail as text, whatever they claim to be written in.

Mail programs here say GB2312 and write GBK or UTF-8, say ISO-8859-1 or Windows-1252 and write either, say nothing, and cut a
character in two between the encoded words of a head. All of that is read as it was meant.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

from yixian.domain.mail.few_bytes import read_few
from yixian.domain.mail.misnamed import CHINESE_NAMES, meant_charsets

_ENCODED_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_FOLD = re.compile(r"\r?\n|\r")
_TEXTS = frozenset({
    "ascii", "us-ascii", "utf-8", "utf8", "gb18030", "big5", "big5-hkscs", "utf-16", "utf-16le", "utf-16be", "utf-7", "euc-jp",
    "shift_jis", "iso-2022-jp", "euc-kr", "koi8-r", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250",
    "windows-1251", "windows-1252",
})  # fmt: skip
"""Charsets that mails are written in. A name is never handed to Python's register of codecs, which holds stranger things."""


def text_of(content: bytes, charset: str | None) -> str:
    """Bytes as text: as their charset says if they are that, else as UTF-8 or GB 18030; what no rule reads is shown as �."""
    named = charset_name(charset)
    few = read_few(named, content)
    if isinstance(few, str):
        return few
    if named == "hz-gb-2312" and b"~{" in content:
        return content.decode("hz", "replace")
    for candidate in (*meant_charsets(named, content), *_candidates(named)):
        try:
            return content.decode(candidate)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030" if named in CHINESE_NAMES else "utf-8", "replace")


def charset_name(charset: str | None) -> str:
    """A charset's name as it is compared."""
    return (charset or "").strip().strip("\"'").lower()


def header_text(raw: str) -> str:
    """A head as text on one line: encoded words read, bytes without a charset guessed. ``raw`` is as `email` keeps it."""
    text = _FOLD.sub("", repaired(raw))
    return "".join(_pieces(_BETWEEN_WORDS.sub("", text))).strip()


def repaired(raw: str) -> str:
    """A head in which what `email` keeps as half characters, bytes without a charset, is read as text."""
    try:
        raw.encode()
    except UnicodeEncodeError:
        return text_of(raw.encode("utf-8", "surrogateescape"), None)
    return raw


def _candidates(named: str) -> Iterator[str]:
    if named in CHINESE_NAMES:
        yield "gb18030"
    elif named in _TEXTS and named not in {"ascii", "us-ascii"}:
        yield named
    yield "utf-8"
    yield "gb18030"


def _pieces(text: str) -> Iterator[str]:
    """Plain stretches as they stand; neighbouring words of one charset are joined before they are read."""
    end = 0
    waiting, charset = b"", ""
    for word in _ENCODED_WORD.finditer(text):
        if waiting and (word.start() > end or word[1].lower() != charset):
            yield text_of(waiting, charset)
            waiting = b""
        yield text[end : word.start()]
        waiting, charset, end = waiting + _bytes_of(word[2], word[3]), word[1].lower(), word.end()
    if waiting:
        yield text_of(waiting, charset)
    yield text[end:]


def _bytes_of(encoding: str, word: str) -> bytes:
    if encoding in "qQ":
        return quopri.decodestring(word.encode("utf-8", "surrogateescape"), header=True)
    plain = re.sub(r"[^A-Za-z0-9+/]", "", word)
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except binascii.Error:
        return word.encode("utf-8", "surrogateescape")
