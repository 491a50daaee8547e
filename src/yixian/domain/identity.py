"""证件与账号: resident ID numbers, bank accounts and phones — read exactly, checked, masked.

Sources: GB 11643-1999 (公民身份号码: eighteen characters, check character by ISO 7064 MOD 11-2), ISO/IEC 7812-1 annex B
(the Luhn check digit of cards).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yixian.domain.errors import DomainError
from yixian.domain.text import half_width

_DASHES = re.compile("[‐-―−﹘－]")
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS = "10X98765432"
_ID = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([2-9][0-9]{6,7})")
_COUNTRY = re.compile(r"^(\+|00)86")
_SERVICE = re.compile(r"([48]00)([0-9]{3})([0-9]{4})")
_HOTLINE = re.compile(r"1[0-9]{2}|1[0-9]{4}|9[56][0-9]{3,4}")
_EXTENSION = re.compile(r"(.*?)(?:转|分机|EXT\.?|X|#)(?:分机)?:?([0-9]{1,6})")
_ACCOUNT = re.compile(r"[0-9]{12,21}")
_CARD_LENGTHS = range(16, 20)


class IdentityError(DomainError):
    """A number that breaks its rule. ``key`` names the rule; the message says what to do."""


def plain(text: str) -> str:
    """Full-width characters made half-width, blanks and hyphens dropped, letters upper-cased."""
    return re.sub(r"[\s-]", "", half_width(text)).upper()


def household_number(text: str) -> str:
    """户号: a household number as it was typed for a search: in half width (NFKC), every dash a hyphen, without blanks."""
    return re.sub(r"\s", "", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))


def normalise_id_number(text: str) -> str:
    """A valid resident ID number in its plain form: 17 digits and a digit or X.

    Raises `IdentityError` with key ``id.first_generation`` (15 digits, not valid since 2013), ``id.length``, ``id.date`` or
    ``id.check``.
    """
    number = plain(text)
    if _FIRST_GENERATION.fullmatch(number):
        raise IdentityError(
            "id.first_generation",
            "A first-generation number of 15 digits is no longer valid: take the 18 characters from the present card.",
        )
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
    """The check character of the first seventeen digits (ISO 7064 MOD 11-2). Raises ValueError for another length."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True)) % 11]


def birth_date_of(id_number: str) -> date | None:
    """The birth date inside an ID number, or None if there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_female(id_number: str) -> bool:
    """Whether the sequence number (its last digit is the seventeenth character) is even, which women's are."""
    return int(id_number[16]) % 2 == 0


def mask_id_number(id_number: str) -> str:
    """The first and the last four characters of an ID number: 5306**********123X. Any other text is hidden whole."""
    if len(id_number) != 18:
        return "*" * len(id_number)
    return f"{id_number[:4]}{'*' * 10}{id_number[-4:]}"


def normalise_account(text: str) -> str:
    """A bank account or card number in plain digits (12 to 21).

    A UnionPay card (16 to 19 digits from 62 on) must pass Luhn's check; account numbers of passbooks have no check digit in
    common. Raises `IdentityError` with key ``account.length`` or ``account.check``.
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
    """Whether the last digit is the Luhn check digit of those before it. False unless there are two ASCII digits or more."""
    if len(digits) < 2 or not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_phone(text: str) -> bool:
    """Whether somebody can be called by it: a mainland mobile number or a landline with its area code."""
    try:
        normalise_phone(text)
    except IdentityError:
        return False
    return True


def normalise_phone(text: str) -> str:
    """A mainland mobile number (13800138000) or a landline with its area code (0870-1234567), each in one form only.

    Blanks, hyphens and the country code +86 are dropped. Raises `IdentityError` ``phone.format``.
    """
    typed = re.sub(r"[()]", "", _DASHES.sub("-", plain(text))).replace("-", "")
    number = _COUNTRY.sub("", typed)
    if _MOBILE.fullmatch(number):
        return number
    landline = _LANDLINE.fullmatch(number if number == typed else f"0{number.removeprefix('0')}")
    if landline:
        return f"{landline[1]}-{landline[2]}"
    raise IdentityError(
        "phone.format", "Write a mobile number of 11 digits, or a landline with its area code."
    )


def normalise_public_phone(text: str) -> str:
    """The telephone number of an office, in one form only: as `normalise_phone`, or 400-800-1234, or a hotline (12345, 110,
    95598); with an extension behind it (0870-4123456转8012).

    Raises `IdentityError` ``phone.public``.
    """
    typed, extension = plain(text), ""
    if extended := _EXTENSION.fullmatch(typed):
        typed, extension = extended[1], f"转{extended[2]}"
    number = _COUNTRY.sub("", typed)
    service = _SERVICE.fullmatch(number)
    if service:
        return f"{'-'.join(service.groups())}{extension}"
    if _HOTLINE.fullmatch(number):
        return f"{number}{extension}"
    try:
        return f"{normalise_phone(typed)}{extension}"
    except IdentityError as error:
        raise IdentityError(
            "phone.public",
            "Write a landline with its area code, a number of 400 or 800, or a hotline such as 12345.",
        ) from error


def dialled(phone: str) -> str:
    """What a telephone dials for a number: an extension comes after a pause."""
    return phone.replace("转", ",")
