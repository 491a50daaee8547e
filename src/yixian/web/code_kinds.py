"""号码种类: what a number or code of ours is, by its form alone — a card's, a receipt's, a question's, a matter's, a paper's."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from yixian.domain.errors import DomainError
from yixian.domain.identity import normalise_id_number, normalise_public_phone

_CARD_DIGITS, _PIN_DIGITS = 16, 6
_MATTER_DIGITS, _QUESTION_LETTERS = 10, 8
_PAPER = re.compile(r"[〔\[(（]\s*(?:19|20)\d\d\s*[〕\])）].*号")
_AREA_CODE = re.compile(r"(?:[48]00|\(?0\d{2,3}\)?)[-\s]")
"""Ten digits by themselves are a matter's; written like this they are a telephone's."""

_CHECK = re.compile(r"[0-9A-F]{16}")
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
    CHECK = "check"  # at the foot of an account or agreement
    PHONE = "phone"
    UNKNOWN = "unknown"


def kind_of(typed: str) -> CodeKind:
    """What somebody typed, however it is spaced, in whatever width."""
    text = unicodedata.normalize("NFKC", typed).strip().upper()
    if _PAPER.search(unicodedata.normalize("NFC", typed)) or _PAPER.search(text):
        return CodeKind.PAPER
    plain = "".join(mark for mark in text if mark.isalnum())
    if not plain.isascii():
        return CodeKind.UNKNOWN
    is_phone = bool(phone_of(typed))
    known = {
        CodeKind.IDENTITY: _is_id_number(plain),
        CodeKind.PHONE: is_phone and _AREA_CODE.match(text) is not None,
        _BY_DIGITS.get(len(plain), CodeKind.UNKNOWN): plain.isdigit() and len(plain) in _BY_DIGITS,
        CodeKind.CHECK: _CHECK.fullmatch(plain) is not None,
        CodeKind.HOUSEHOLD: _HOUSEHOLD.fullmatch(text.replace(" ", "")) is not None and not is_phone,
        CodeKind.QUESTION: len(plain) == _QUESTION_LETTERS,
    }
    found = next((kind for kind, is_so in known.items() if is_so), CodeKind.UNKNOWN)
    return CodeKind.PHONE if found == CodeKind.UNKNOWN and is_phone else found


def phone_of(typed: str) -> str:
    """A telephone number as the register keeps it; "" for what is none."""
    try:
        return normalise_public_phone(typed)
    except DomainError:
        return ""


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
