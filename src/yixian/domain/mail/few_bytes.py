"""寥寥数字的编码: what a text of three characters or fewer is written in, as far as so few bytes can show.

Four bytes may be two Chinese characters of UTF-16 and as well four letters. A reading counts where it is made of what people
write; where more than one does, or none, the encoding cannot be known, and nobody must be shown a wrong text as theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 6
_WIDE = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-16le": ("utf-16-le",), "utf-16be": ("utf-16-be",)}
"""The charsets of two bytes a character, and in which order the bytes may be under each name without a mark."""
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ0-9 \t\r\n.,!?'()-]")
_SIGNS = re.compile(r"[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1f]")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Bytes of which nobody can know what they say, and what they may say, the likelier first."""

    content: bytes
    readings: tuple[str, ...]


def read_few(named: str, content: bytes) -> str | Unclear | None:
    """What so few bytes say under a charset's name; None where they are to be read as any others."""
    if not 0 < len(content) <= MAX_BYTES or len(content) % 2 or content.startswith(_MARKS):
        return None
    wide = _readings(content, _WIDE["utf-16"])
    narrow = _readings(content, ("utf-8", "gb18030", *([named] if named in {"big5", "big5-hkscs"} else [])))
    ordinary = [text for text in wide if _is_written(text)]
    if named in _WIDE:
        stated = [text for text in _readings(content, _WIDE[named]) if _is_written(text)]
        found = stated or ordinary or [text for text in narrow if _is_written(text)]
        return found[0] if len(found) == 1 else Unclear(content, _shown([*found, *wide, *narrow]))
    if not ordinary or any(_is_written(text) or _has_hanzi(text) for text in narrow):
        return None
    likely = [*ordinary, *(text for text in narrow if text.isprintable())]
    return likely[0] if len(likely) == 1 else Unclear(content, _shown(likely))


def _readings(content: bytes, encodings: tuple[str, ...]) -> list[str]:
    found = []
    for encoding in encodings:
        try:
            found.append(content.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return list(dict.fromkeys(found))


def _is_written(text: str) -> bool:
    """Whether it consists of what people write: letters and digits, or frequent Chinese characters."""
    return all(_LETTERS.match(one) or _SIGNS.match(one) or _is_frequent(one) for one in text)


def _is_frequent(character: str) -> bool:
    """Whether it is one of the 3,755 characters of GB 2312's first level."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _has_hanzi(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in text)


def _shown(readings: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in readings if text.isprintable() and text.strip()))
