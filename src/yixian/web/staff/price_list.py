"""价目: the dated prices of a pack as rows that can be searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yixian.engines.entitlements import Pack
from yixian.registry.choices import Zone


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price in words. ``price`` is the pack's exact decimal text, in yuan."""

    item_code: str
    title: str
    zone_label: str
    price: str
    unit: str
    valid_from: date | None
    valid_until: date | None
    document_title: str
    clause: str


def price_rows(pack: Pack, search: str, lang: str) -> list[PriceRow]:
    """The prices whose item fits the search (by name in either language, or by code), in the pack's order."""
    wanted = search.casefold()
    return [_row(price, pack, lang) for price in pack.prices if _fits(price.item_code, pack, wanted)]
