"""价目: the dated prices of a pack as rows that can be searched, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Price
from yixian.domain.policy.vocabulary import read_question
from yixian.engines.entitlements import Pack, unit_word
from yixian.kernel.result_sets import Order
from yixian.policies.price_changes import PriceKey
from yixian.policies.question_topics import things_in
from yixian.web.currency_words import currency_word
from yixian.web.templatetags.yixian import quantity
from yixian.web.ui.cells import CODE, DAYS, DECIMAL, Text, soft
from yixian.web.ui.tables import Column, Empty, Table, Where
from yixian.working_groups.queries.groups import Decision


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price in words. ``price`` is the pack's exact decimal text, in the pack's currency."""

    item_code: str
    title: str
    zone_label: str
    price: str
    amount: Decimal
    currency: str
    unit: str
    valid_from: date | None
    valid_until: date | None
    document_title: str
    document: str
    clause: str
    address: str = ""
    """Where the clause that sets it can be read."""
    history: str = ""
    """Since when it is what it is, and what it was before, in a sentence."""
    zone: str = ""
    unit_code: str = ""

    @property
    def key(self) -> PriceKey:
        """By what it stays the same price."""
        return self.item_code, self.zone, self.unit_code

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


ORDERS: dict[str, Order] = {
    "item": ("title", "item_code"),
    "code": ("item_code",),
    "zone": ("zone_label", "item_code"),
    "price": ("amount",),
    "unit": ("unit", "item_code"),
    "days": ("valid_from",),
    "document": ("document_title", "clause"),
}

_AS_DECIDED = replace(DECIMAL, html=lambda amount: f"{amount:,f}")
"""A price with every digit that the document gives it."""

PRICE_TABLE = Table[PriceRow](
    _("Prices"),
    (
        Column("item", _("Item"), lambda row: row.title, under=lambda row: soft(row.item_code), place="lead"),
        Column("code", _("Code"), lambda row: row.item_code, CODE, where=Where.FILE),
        Column("zone", _("Price zone"), lambda row: row.zone_label or gettext("All zones"), place="labelled"),
        Column(
            "price",
            _("Price"),
            lambda row: row.amount,
            _AS_DECIDED,
            under=lambda row: soft(row.currency),
            place="corner",
        ),
        Column(
            "currency",
            _("Currency"),
            lambda row: row.currency,
            where=Where.FILE,
            unsorted="a pack has one currency",
        ),
        Column("unit", _("Per"), lambda row: row.unit, place="labelled"),
        Column("days", _("In force"), lambda row: (row.valid_from, row.valid_until), DAYS),
        Column("document", _("Document"), lambda row: row.document_title, link=lambda row: row.address),
    ),
    Empty(_("No price fits"), filtered=_("Try a shorter name.")),
)


def price_changes_table(
    caption: Text, old: tuple[str, Text], new: tuple[str, Text] | None, *, css: str = ""
) -> Table[Any]:
    """A table of prices as they are and, with ``new``, as they become: each the attribute of a row and its heading."""
    columns = [
        Column[Any]("item", _("Item"), lambda row: row.title, place="lead"),
        Column[Any]("zone", _("Price zone"), lambda row: row.zone or None),
        Column[Any]("per", _("Per"), lambda row: row.unit),
        Column[Any]("old", old[1], attrgetter(old[0]), _OLD),
    ]
    if new is not None:
        columns.append(Column[Any]("new", new[1], attrgetter(new[0]), _NEW))
    return Table[Any](caption, tuple(columns), Empty(_("No price changes")), css=css)


_OLD = replace(DECIMAL, html=lambda amount: f'<span class="old">{quantity(amount)}</span>')
_NEW = replace(DECIMAL, html=lambda amount: f'<strong class="new">{quantity(amount)}</strong>')


_AS_IT_WAS = ("current", _("As it was, yuan"))

CLAUSE_PRICES = price_changes_table(_("Prices that the clause sets"), _AS_IT_WAS, None, css="before-after")
DECIDED_PRICES = price_changes_table(
    _("Prices that the clause sets"),
    _AS_IT_WAS,
    ("new", _("As it is decided, yuan")),
    css="before-after",
)
"""The prices that a working group looks into, before and after a decision that changes them."""


def prices_of_decision(decision: Decision | None) -> Table[Any]:
    """The table of a working group's prices, as far as it is decided."""
    return DECIDED_PRICES if decision is not None and not decision.kept else CLAUSE_PRICES


def counted(number: int) -> str:
    """So many prices, in words."""
    return ngettext("%(number)s price", "%(number)s prices", number) % {"number": f"{number:,}"}


def price_rows(pack: Pack, search: str, lang: str) -> list[PriceRow]:
    """The prices whose item fits the search, in the pack's order: by name in either language, by code, or as people call it."""
    wanted = search.casefold()
    called = frozenset[str]().union(*(thing.items for thing in things_in(read_question(search), [pack])))
    return [
        price_row(price, pack, lang)
        for price in pack.prices
        if price.item_code in called or _fits(price.item_code, pack, wanted)
    ]


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
        currency=currency_word(pack.currency),
        unit=unit_word(pack, price.unit, lang),
        valid_from=price.valid_from,
        valid_until=price.valid_until,
        document_title=document.title(lang),
        document=price.document,
        clause=price.clause,
        zone=price.zone,
        unit_code=price.unit,
    )


def item_in_zone(title: str, zone: str) -> str:
    """The name of an item with the zone that its price holds in, "" for every zone."""
    return gettext("%(name)s (%(note)s)") % {"name": title, "note": zone} if zone else title


def _zone(zone: str, pack: Pack, lang: str) -> str:
    """The zone's own name; "" for a price that holds in all of them."""
    if not zone:
        return ""
    zh, en = pack.zones[zone]
    return zh if lang == "zh" else en
