"""地址: addresses of rows — a named address resolved once, into which each row's number is put.

Django resolves a name anew for every link, which costs more than drawing the cell that it stands in.
"""

from __future__ import annotations

from functools import cache

from django.urls import reverse

MAX_QUERY = 600
"""So many characters of a list's query are carried along by the pages to which it leads."""

_PLACE = 1_234_567_890_123
"""Stands for the number while an address is resolved."""


def address_of(name: str, number: int) -> str:
    """The address of a name that takes one whole number, as `reverse` gives it. Raises `NoReverseMatch` as that does."""
    before, after = _parts(name)
    return f"{before}{int(number)}{after}"


@cache
def _parts(name: str) -> tuple[str, str]:
    before, found, after = reverse(name, args=[_PLACE]).partition(str(_PLACE))
    if not found or str(_PLACE) in after:
        raise ValueError(f"{name} does not hold its number once")
    return before, after
