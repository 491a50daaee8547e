"""姓名: kept exactly as people write them — rare characters, the middle dot — and refused where something hides in them."""

from __future__ import annotations

import re
import unicodedata

from yixian.domain.errors import DomainError
from yixian.domain.lookalikes import RADICAL, meant_characters

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Ranges of Han characters for a regular expression's class: all extensions up to H, compatibility forms, and 〇."""

MIDDLE_DOT = "\u00b7"
"""The one dot between the parts of a name (GB/T 15834-2011, 间隔号)."""

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_DOTS = re.compile("[\u0387\u16eb\u2022\u2027\u2219\u22c5\u2e31\u30fb\uff65]")
_FULL_STOP_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s*[.\uff0e]\s*(?=[{HAN}])")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}{MIDDLE_DOT}])\s+(?=[{HAN}{MIDDLE_DOT}])")
_HAN_NAME = re.compile(rf"[{HAN}]+(?:{MIDDLE_DOT}[{HAN}]+)*")
_LATIN_NAME = re.compile(rf"[{_LATIN}][{_LATIN}'’. -]*")
_INVISIBLE_MARKS = re.compile(
    "[\u034f\u115f\u1160\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class PersonNameError(DomainError):
    """A name that cannot be kept. ``key`` is ``name.empty``, ``name.hidden``, ``name.private_use``, ``name.radical`` or
    ``name.characters``.
    """


def normalise_name(text: str) -> str:
    """The name with one kind of middle dot and no blanks between Han characters; every character itself is kept.

    Raises `PersonNameError` for an empty name, hidden (control, bidirectional, zero-width, variation) characters, private
    characters that only one machine can show, and characters that are no part of a name.
    """
    stripped = text.strip()
    _refuse_hidden(stripped)
    if not stripped:
        raise PersonNameError("name.empty", "The name is empty: write it as on the card.")
    name = _with_one_dot(stripped)
    if _HAN_NAME.fullmatch(name):
        return name
    latin = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name))
    if _LATIN_NAME.fullmatch(latin):
        return latin
    if RADICAL.search(name):
        raise PersonNameError(
            "name.radical",
            "A radical stands in place of a character: write %(proposal)s.",
            proposal=meant_characters(name),
        )
    raise PersonNameError(
        "name.characters",
        "The name holds a character that is no part of a name: write it as on the card.",
    )


def mask_name(name: str) -> str:
    """The name for public postings: 张*明, 张*, 吉*·*依, N*** V***.

    Family name and last character stay, the middle is hidden; of Latin names each word's first letter stays.
    """
    if not re.match(f"[{HAN}]", name):
        return " ".join(f"{word[0]}***" for word in name.split())
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    hidden = re.sub(f"[^{MIDDLE_DOT}]", "*", name[1:-1])
    return f"{name[0]}{hidden}{name[-1]}"


def _with_one_dot(text: str) -> str:
    return _BETWEEN_HAN.sub("", _FULL_STOP_BETWEEN_HAN.sub(MIDDLE_DOT, _DOTS.sub(MIDDLE_DOT, text)))


def _refuse_hidden(text: str) -> None:
    for character in text:
        category = unicodedata.category(character)
        if category in _HIDDEN_CATEGORIES or _INVISIBLE_MARKS.match(character):
            raise PersonNameError(
                "name.hidden",
                "There is a hidden character (%(code)s) in the name: type the name anew.",
                code=f"U+{ord(character):04X}",
            )
        if category == "Co":
            raise PersonNameError(
                "name.private_use",
                "The character %(code)s can be read on one machine only: choose it from Unicode's extended Han characters.",
                code=f"U+{ord(character):04X}",
            )
