"""卡上的人: a room above that knows who stands beside a household, by address, so that the register can print it unknowing.

A source is a function ``(household_ids, on) -> {household_id: [PersonOnPaper, …]}``, in the language being spoken. Without one
nothing of it is printed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """Somebody beside a household, as a card names them."""

    role: str
    name: str
    body: str
    phone: str


Source = Callable[[Collection[int], date], Mapping[int, list[PersonOnPaper]]]

_ADDRESSES: list[str] = []


def register(address: str) -> None:
    """Register the source by its address "module:function"; there is one, the latest."""
    _ADDRESSES[:] = [address]


def people_beside(household_ids: Collection[int], on: date) -> Mapping[int, list[PersonOnPaper]]:
    """Who stands beside each of these households on a day; empty where no room knows."""
    for address in _ADDRESSES:
        module, _, name = address.partition(":")
        source: Source = getattr(importlib.import_module(module), name)
        return source(household_ids, on)
    return {}
