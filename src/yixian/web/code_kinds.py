"""号码种类: what a number or code of ours is, by its form alone — a card's, a receipt's, a question's, a matter's, a paper's."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from yixian.domain.errors import DomainError
from yixian.domain.identity import normalise_id_number

_CARD_DIGITS, _PIN_DIGITS = 16, 6
_MATTER_DIGITS, _QUESTION_LETTERS = 10, 8
_PAPER = re.compile(r"[〔\[(（]\s*(?:19|20)\d\d\s*[〕\])）].*号")
_HOUSEHOLD = re.compile(r"\d{12,16}-?\d{3,6}")


class CodeKind(StrEnum):
    """What a number or code is, by its form alone."""

    SIXTEEN = "sixteen"  # a receipt's digits, or a card's
    QUESTION = "question"
    MATTER = "matter"
    PIN = "pin"
    IDENTITY = "identity"
    HOUSEHOLD = "household"
    PAPER = "paper"
    UNKNOWN = "unknown"


def kind_of(typed: str) -> CodeKind:
    """What somebody typed, however it is spaced, in whatever width."""
    text = unicodedata.normalize("NFKC", typed).strip().upper()
    if _PAPER.search(unicodedata.normalize("NFC", typed)) or _PAPER.search(text):
        return CodeKind.PAPER
    plain = "".join(mark for mark in text if mark.isalnum())
    if not plain.isascii():
        return CodeKind.UNKNOWN
    if _is_id_number(plain):
        return CodeKind.IDENTITY
    if plain.isdigit() and len(plain) in _BY_DIGITS:
        return _BY_DIGITS[len(plain)]
    if _HOUSEHOLD.fullmatch(text.replace(" ", "")):
        return CodeKind.HOUSEHOLD
    return CodeKind.QUESTION if len(plain) == _QUESTION_LETTERS else CodeKind.UNKNOWN


_BY_DIGITS = {
    _CARD_DIGITS: CodeKind.SIXTEEN,
    _MATTER_DIGITS: CodeKind.MATTER,
    _PIN_DIGITS: CodeKind.PIN,
    _QUESTION_LETTERS: CodeKind.QUESTION,
}


def _is_id_number(text: str) -> bool:
    try:
        return bool(normalise_id_number(text))
    except DomainError:
        return False
