"""卡上的人: extension point for the contacts printed on a card, so that the register need not import duty."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from yixian.kernel.extension_points import Registry


@dataclass(frozen=True, slots=True)
class CardContact:
    """Somebody beside a household, as a card names them."""

    role: str
    name: str
    organisation: str
    phone: str


class PeopleSource(Protocol):
    """What tells who stands beside households, in the language being spoken."""

    def __call__(self, household_ids: Collection[int], on: date) -> Mapping[int, list[CardContact]]:
        """Them by household, on a day."""


SOURCES: Registry[PeopleSource] = Registry("people source", PeopleSource)


def card_contacts(household_ids: Collection[int], on: date) -> Mapping[int, list[CardContact]]:
    """Who stands beside each of these households on a day; empty where no room knows."""
    for source in SOURCES.load_all():
        return source(household_ids, on)
    return {}
