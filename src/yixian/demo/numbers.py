"""编造的号码: ID numbers, phones and accounts that pass every check and belong to nobody.

- ID numbers begin with 5399, a range in which GB/T 2260 has assigned no county.
- Phones begin with 1600, those of offices with 1601: no operator has been given 160.
- Card numbers begin with 629999, which is no bank's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import gcd
from random import Random

from yixian.domain.identity import check_character

COUNTY_CODE = "539901"
"""The county's code, and how the ID numbers of those born in it begin."""

NEIGHBOUR_CODES = ("539902", "539903", "539904")
"""Invented neighbours, from where some married in."""

_PHONE_PREFIX = "1600"
_OFFICE_PREFIX = "1601"
_CARD_PREFIX = "629999"


class Numbers:
    """Gives out numbers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._ids: set[str] = set()
        self._phones = self._scattered(7)
        self._cards = self._scattered(12)

    def id_number(self, birth: date, *, female: bool, from_here: bool = True) -> str:
        """An 18-character number with its check character; even sequence numbers are women's."""
        place = COUNTY_CODE if from_here else self._rng.choice(NEIGHBOUR_CODES)
        while True:
            sequence = self._rng.randrange(1, 500) * 2 - (0 if female else 1)
            body = f"{place}{birth:%Y%m%d}{sequence:03d}"
            if body not in self._ids:
                self._ids.add(body)
                return body + check_character(body)

    def phone(self) -> str:
        """A mobile number of eleven digits."""
        return f"{_PHONE_PREFIX}{next(self._phones):07d}"

    @staticmethod
    def office_phone(number: int) -> str:
        """The telephone of an office, by its place in the list: beside those of people, and given out to nobody either."""
        return f"{_OFFICE_PREFIX}{number:07d}"

    def card(self) -> str:
        """A bank card number of nineteen digits, the last its Luhn digit."""
        body = f"{_CARD_PREFIX}{next(self._cards):012d}"
        return body + luhn_digit(body)

    def _scattered(self, digits: int) -> Iterator[int]:
        """All numbers of so many digits, each once, in an order that looks like none: steps coprime to their count."""
        count = 10**digits
        number = self._rng.randrange(count)
        step = self._rng.randrange(count // 10) * 10 + 7
        while gcd(step, count) != 1:
            step += 2
        while True:
            number = (number + step) % count
            yield number


def luhn_digit(body: str) -> str:
    """The check digit that follows a card number's other digits (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if position % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
