"""回执号与编号: the sixteen digits on a receipt, with which a person comes back, and the random number that staff speak of."""

from __future__ import annotations

import secrets
import unicodedata
import uuid

from yixian.kernel.crypto import keyring
from yixian.matters.limits import NUMBER_DIGITS, RECEIPT_DIGITS
from yixian.matters.models import Matter

_MAIL = uuid.UUID("6d1f7f5e-3a3c-4c53-9c8e-0f3c2f0a7a10")


def new_number() -> str:
    """A number that no matter has, and from which nothing can be told."""
    while True:
        number = _digits(NUMBER_DIGITS)
        if not Matter.objects.filter(number=number).exists():
            return number


def new_code() -> str:
    """Sixteen random digits: whoever holds them can see where the matter stands, and nobody else can guess them."""
    return _digits(RECEIPT_DIGITS)


def code_index(code: str) -> str:
    """What finds a receipt's digits, however they were typed: blanks, dashes, full-width digits."""
    return keyring().blind_index(plain_code(code), purpose="matter.code")


def plain_code(code: str) -> str:
    """The digits alone."""
    return "".join(character for character in unicodedata.normalize("NFKC", code) if character.isdigit())


def in_fours(code: str) -> str:
    """Digits as they are printed and read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def household_index(household_id: int) -> str:
    """The keyed digest by which a household's own matters are found."""
    return keyring().blind_index(str(household_id), purpose="matter.household")


def key_of_source(source: str) -> uuid.UUID:
    """The key of a matter that another system knows by a name of its own: a message id, a hotline's number."""
    return uuid.uuid5(_MAIL, keyring().digest(source, purpose="matter.source"))


def _digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}d}"
