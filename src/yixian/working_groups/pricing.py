"""条款的价: which prices rest on a clause, as they stand and as they come to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yixian.domain.policy import Pack
from yixian.engines.entitlements import unit_word
from yixian.matters.intake import ClauseKey
from yixian.revisions.sources import PriceKey


@dataclass(frozen=True, slots=True)
class ClausePrice:
    """A price in words: what stands, and what comes in its place (None: nothing else), in the major currency unit."""

    item_code: str
    zone_code: str
    title: str
    zone: str
    unit: str
    current: Decimal | None
    new: Decimal | None = None

    @property
    def changes(self) -> bool:
        """Whether another price comes in its place."""
        return self.new is not None and self.new != self.current


def priced_by(pack: Pack, key: ClauseKey, on: date) -> list[PriceKey]:
    """The (item, zone) pairs whose price on a day rests on the clause, in the pack's order."""
    if pack.id != key.pack_id:
        return []
    return [
        (price.item_code, price.zone)
        for price in pack.prices_on(on)
        if (price.document, price.clause) == (key.document, key.clause)
    ]


def price_rows(
    base: Pack,
    keys: Iterable[PriceKey],
    on: date,
    lang: str,
    *,
    new: Pack | None = None,
    new_on: date | None = None,
) -> list[ClausePrice]:
    """These prices as the base pack has them on a day and, if there is a new one, as that has them on its own day."""
    current = {(price.item_code, price.zone): price for price in base.prices_on(on)}
    coming = {(price.item_code, price.zone): price for price in new.prices_on(new_on or on)} if new else {}
    found = []
    for code, zone in keys:
        price, then = current.get((code, zone)), coming.get((code, zone))
        item, words = base.items.get(code), base.zones.get(zone)
        found.append(
            ClausePrice(
                item_code=code,
                zone_code=zone,
                title=item.name(lang) if item else code,
                zone=words[lang != "zh"] if words else "",
                unit=unit_word(base, price.unit, lang) if price else "",
                current=price.amount if price else None,
                new=then.amount if then else None,
            )
        )
    return found


def households_priced(keys: Iterable[PriceKey]) -> dict[str, frozenset[str]]:
    """Item codes with the zones in which their price is looked into; an empty set is every zone."""
    found: dict[str, set[str]] = {}
    for code, zone in keys:
        found.setdefault(code, set()).add(zone)
    return {code: frozenset() if "" in zones else frozenset(zones) for code, zones in found.items()}
