"""证件与账号: resident ID numbers, bank accounts and phones — read exactly, checked, masked.

Sources: GB 11643-1999 (公民身份号码: eighteen characters, ISO 7064 MOD 11-2), ISO/IEC 7812-1 annex B (Luhn).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS = "10X98765432"
_ID = re.compile(r"\d{17}[\dX]")
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
_ACCOUNT = re.compile(r"\d{12,21}")
_CARD_LENGTHS = range(16, 20)


class IdentityError(ValueError):
    """A number that breaks its rule. ``key`` names the rule; the message says what to do."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def plain(text: str) -> str:
    """Full-width characters made half-width, blanks and hyphens between digits dropped, letters upper-cased."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def normalise_id_number(text: str) -> str:
    """A valid resident ID number in its plain form.

    Raises `IdentityError` with key ``id.length``, ``id.date`` or ``id.check``.
    """
    number = plain(text)
    if not _ID.fullmatch(number):
        raise IdentityError(
            "id.length", "An ID number has 17 digits and a check character: compare with the card."
        )
    if birth_date_of(number) is None:
        raise IdentityError("id.date", "The date inside the ID number does not exist: compare with the card.")
    if check_character(number[:17]) != number[17]:
        raise IdentityError("id.check", "The ID number's check character is wrong: compare with the card.")
    return number


def check_character(seventeen: str) -> str:
    """The check character of the first seventeen digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True)) % 11]


def birth_date_of(id_number: str) -> date | None:
    """The birth date inside an ID number, or None if there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_female(id_number: str) -> bool:
    """Whether the sequence number is even, which women's are."""
    return int(id_number[16]) % 2 == 0


def mask_id_number(id_number: str) -> str:
    """All but the first four and the last characters hidden: 5399**********123X → shown for recognition only."""
    return f"{id_number[:4]}{'*' * 10}{id_number[-4:]}" if id_number else ""


def normalise_account(text: str) -> str:
    """A bank account or card number in plain digits (12 to 21). A number of a card's length must pass Luhn's check.

    Raises `IdentityError` with key ``account.length`` or ``account.check``.
    """
    number = plain(text)
    if not _ACCOUNT.fullmatch(number):
        raise IdentityError(
            "account.length", "A bank account has 12 to 21 digits: compare with the passbook."
        )
    if len(number) in _CARD_LENGTHS and number.startswith("62") and not luhn_holds(number):
        raise IdentityError("account.check", "The card number's check digit is wrong: compare with the card.")
    return number


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def normalise_phone(text: str) -> str:
    """A mainland mobile number (11 digits) or a landline with area code. Raises `IdentityError` ``phone.format``."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "").removeprefix("+86")
    compact = number.replace("-", "")
    if _MOBILE.fullmatch(compact):
        return compact
    if _LANDLINE.fullmatch(number):
        return number
    raise IdentityError(
        "phone.format", "Write a mobile number of 11 digits, or a landline with its area code."
    )
