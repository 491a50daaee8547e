"""姓名: kept exactly as people write them — rare characters, the middle dot — and refused where something hides in them."""

from __future__ import annotations

import re
import unicodedata

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Ranges of Han characters for a regular expression's class: all extensions up to H, compatibility forms, and 〇."""

MIDDLE_DOT = "·"
_DOTS = re.compile("[•‧∙⋅・･·᛫]")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}{MIDDLE_DOT}])\s+(?=[{HAN}{MIDDLE_DOT}])")
_NAME = re.compile(rf"[{HAN}]+({MIDDLE_DOT}[{HAN}]+)*|[A-Za-zÀ-ɏ'’. -]+")


class PersonNameError(ValueError):
    """A name that cannot be kept. ``key`` is ``name.empty``, ``name.hidden`` or ``name.characters``."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def normalise_name(text: str) -> str:
    """The name with one kind of middle dot and no blanks between Han characters; everything else is kept.

    Raises `PersonNameError` for an empty name, hidden (control, bidirectional, zero-width) characters, or characters that
    are no part of a name.
    """
    hidden = [character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"}]
    if hidden:
        raise PersonNameError(
            "name.hidden", f"There is a hidden character (U+{ord(hidden[0]):04X}) in the name: type it anew."
        )
    name = _BETWEEN_HAN.sub("", _DOTS.sub(MIDDLE_DOT, text.strip()))
    if not name:
        raise PersonNameError("name.empty", "The name is empty.")
    if not _NAME.fullmatch(name):
        raise PersonNameError(
            "name.characters",
            "The name holds a character that is no part of a name: write it as on the card.",
        )
    return name


def mask_name(name: str) -> str:
    """The name for public postings: the family name and the last character stay, the middle is hidden."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
