"""写出的数: the one reader of plain decimal numbers that stand as text in a cell, and why a text is none.

Nothing is guessed: 1,200 is twelve hundred to one spreadsheet and one and a fifth to another. What is meant is proposed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from yixian.domain.text import half_width

PLAIN: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?")
"""A number as everybody reads it: half-width digits, a point, no marks between thousands, no exponent."""

_EXPONENT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]{1,2}")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[,'’ \u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?")
_OPEN = re.compile(r"([+-]?)([0-9]*)\.([0-9]*)")
_VULGAR = re.compile("[¼-¾⅐-⅞]$")
_PARTS = re.compile(r"(?:([0-9]{1,9}) )?([0-9]{1,9})/([1-9][0-9]{0,5})")
_TYPOGRAPHIC = str.maketrans({"−": "-", "–": "-", "‐": "-", "．": ".", "。": "."})


class WrittenNumberError(ValueError):
    """What is no plain number: a stable ``key`` for its reason (`REASONS`), and what seems to be meant, or ""."""

    def __init__(self, key: str, text: str, meant: str = "") -> None:
        super().__init__(f"{key}: {text}")
        self.key, self.text, self.meant = key, text, meant


REASONS: Final = {
    "full_width": ("是全角字符，请写半角 %s", "in full-width characters; write %s"),
    "exponent": ("是科学计数法，请写 %s", "in scientific notation; write %s"),
    "grouped": ("数字中间有分隔符，请写 %s", "with marks between its digits; write %s"),
    "point": ("小数点前后都要有数字，请写 %s", "without digits on both sides of the point; write %s"),
    "fraction": ("是分数，请写小数 %s", "a fraction; write it with a point: %s"),
    "hexadecimal": ("是十六进制，请写十进制", "in hexadecimal digits; write it with the digits 0 to 9"),
    "commas": ("数字中间有逗号，看不出是多少", "with commas that say no one number"),
    "overlong": (
        "太长：整数最多 18 位，小数最多 12 位",
        "too long: 18 digits before the point and 12 behind it at most",
    ),
    "behind": ("数字后面还有别的字，请只写数字 %s", "a number with something behind it; write %s alone"),
    "none": ("不是数", "no number"),
}
"""Why a text is no plain number → the words for it, zh and en; %s is what seems to be meant."""


def written_number(text: str) -> Decimal:
    """A number, blanks around it left out. Raises `WrittenNumberError`."""
    text = text.strip()
    if PLAIN.fullmatch(text):
        return Decimal(text)
    raise _reason(text)


def reason_of(error: WrittenNumberError) -> tuple[str, str]:
    """Why it is none, in zh and en."""
    zh, en = REASONS[error.key]
    return (zh % error.meant, en % error.meant) if error.meant else (zh, en)


def _reason(text: str) -> WrittenNumberError:
    half = half_width(text).translate(_TYPOGRAPHIC)
    if PLAIN.fullmatch(half):
        return WrittenNumberError("full_width", text, half)
    if _EXPONENT.fullmatch(half) and PLAIN.fullmatch(meant := f"{Decimal(half):f}"):
        return WrittenNumberError("exponent", text, meant)
    for marks, pattern in (
        ("_", r"[+-]?[0-9]+(?:_[0-9]+)+(?:\.[0-9]+)?"),
        (",'’ \u00a0\u2009\u202f", _GROUPED),
    ):
        if re.fullmatch(pattern, half):
            return WrittenNumberError("grouped", text, "".join(one for one in half if one not in marks))
    if re.fullmatch(r"[+-]?0[xX][0-9a-fA-F]+", half):
        return WrittenNumberError("hexadecimal", text)
    open_point = _OPEN.fullmatch(half)
    if open_point and (open_point[2] or open_point[3]) and not (open_point[2] and open_point[3]):
        meant = f"{open_point[1]}{open_point[2] or '0'}" + (f".{open_point[3]}" if open_point[3] else "")
        return WrittenNumberError("point", text, meant)
    return _other_reason(text, half)


def _other_reason(text: str, half: str) -> WrittenNumberError:
    fraction = _fraction(half)
    if fraction:
        return WrittenNumberError("fraction", text, fraction)
    if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", half):
        return WrittenNumberError("overlong", text)
    if re.fullmatch(r"[0-9]+(?:[,.][0-9]+)+", half):
        return WrittenNumberError("commas", text)
    beginning = re.match(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,12})?(?=\s*[^\s\d.,_eE/⁄])", half)
    return WrittenNumberError("behind", text, beginning[0]) if beginning else WrittenNumberError("none", text)


def _fraction(text: str) -> str:
    """A fraction such as ½, 1½ or 1/2 as a decimal; "" for what is none, or none that ends."""
    plain = _VULGAR.sub(lambda found: " " + unicodedata.normalize("NFKC", found.group()), text)
    parts = _PARTS.fullmatch(plain.replace("⁄", "/").strip())
    if not parts:
        return ""
    value = f"{Decimal(parts[1] or 0) + Decimal(parts[2]) / Decimal(parts[3]):f}"
    return value if PLAIN.fullmatch(value) else ""
