"""价目: the dated prices of a pack as rows that can be searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from yixian.domain.policy import Price
from yixian.engines.entitlements import Pack, unit_word


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price in words. ``price`` is the pack's exact decimal text, in yuan."""

    item_code: str
    title: str
    zone_label: str
    price: str
    amount: Decimal
    unit: str
    valid_from: date | None
    valid_until: date | None
    document_title: str
    document: str
    clause: str


def price_rows(pack: Pack, search: str, lang: str) -> list[PriceRow]:
    """The prices whose item fits the search (by name in either language, or by code), in the pack's order."""
    wanted = search.casefold()
    return [price_row(price, pack, lang) for price in pack.prices if _fits(price.item_code, pack, wanted)]


def _fits(item_code: str, pack: Pack, wanted: str) -> bool:
    item = pack.items[item_code]
    return not wanted or any(
        wanted in text.casefold() for text in (item_code, item.name("zh"), item.name("en"))
    )


def price_row(price: Price, pack: Pack, lang: str) -> PriceRow:
    """One price of a pack in words."""
    item, document = pack.items[price.item_code], pack.documents[price.document]
    return PriceRow(
        item_code=price.item_code,
        title=item.name(lang),
        zone_label=_zone(price.zone, pack, lang),
        price=f"{price.amount:,f}",
        amount=price.amount,
        unit=unit_word(price.unit, lang),
        valid_from=price.valid_from,
        valid_until=price.valid_until,
        document_title=document.title(lang),
        document=price.document,
        clause=price.clause,
    )


def _zone(zone: str, pack: Pack, lang: str) -> str:
    """The zone's own name; a price without a zone holds in all of them."""
    if not zone:
        return gettext("All")
    zh, en = pack.zones[zone]
    return zh if lang == "zh" else en
