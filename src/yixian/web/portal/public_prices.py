"""公开价目: the prices in force today, for everybody to read and take along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.kernel.languages import language
from yixian.kernel.result_sets import ResultSet
from yixian.policies.queries import any_pack_in_force
from yixian.web.library.price_list import ORDERS, PRICE_TABLE, PriceRow, counted, item_in_zone, price_rows
from yixian.web.ui.cells import RIGHT, soft
from yixian.web.ui.filters import ListQuery, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where


def _prices(query: ListQuery) -> ResultSet[PriceRow]:
    if query.subject is None:
        return ResultSet[PriceRow]([])
    version, pack = query.subject
    rows = [row for row in price_rows(pack, query["q"], language()) if row.holds_on(query.on)]
    return ResultSet[PriceRow](rows, ORDERS).reading(
        lambda window: [replace(row, address=_address(version.pack_id, row)) for row in window]
    )


def _address(pack_id: str, row: PriceRow) -> str:
    return f"{reverse('portal:library_document', args=[pack_id, row.document])}#c-{row.clause}"


def _item(row: PriceRow) -> str:
    return item_in_zone(row.title, row.zone_label)


def _price(row: PriceRow) -> str:
    return gettext("%(price)s %(currency)s / %(unit)s") % {
        "price": row.price,
        "currency": row.currency,
        "unit": row.unit,
    }


def _document(row: PriceRow) -> str:
    return soft(format_html('<a href="{}">{}</a>', row.address, row.document_title))


def _title(found: Any) -> str:
    if found is None:
        return ""
    version = found[0]
    return str(version.title_zh if language() == "zh" else version.title_en)


_OF_ALL = {column.name: column for column in PRICE_TABLE.columns}

PRICES = ListPage(
    url="portal:prices",
    export="portal:prices_export",
    title=_("Prices in force"),
    table=Table[PriceRow](
        _("Prices in force"),
        (
            replace(_OF_ALL["item"], value=_item, under=_document, where=Where.PAGE),
            replace(
                _OF_ALL["item"],
                name="item_in_file",
                place="",
                where=Where.FILE,
                unsorted="the item, in a file",
            ),
            _OF_ALL["code"],
            replace(_OF_ALL["zone"], where=Where.FILE),
            Column("price", _("Price"), _price, RIGHT, place="corner", where=Where.PAGE),
            replace(_OF_ALL["price"], name="amount", where=Where.FILE, unsorted="the price, in a file"),
            _OF_ALL["currency"],
            replace(_OF_ALL["unit"], where=Where.FILE),
            replace(_OF_ALL["days"], where=Where.FILE),
            replace(_OF_ALL["document"], where=Where.FILE),
        ),
        Empty(_("No price fits"), filtered=_("Try a shorter word.")),
    ),
    subject=lambda query: any_pack_in_force(query.on),
    rows=_prices,
    counted=counted,
    search=Search(_("What are you looking for?"), _("for example: brick, orange tree")),
    page_size=50,
    template="portal/prices.html",
    context=lambda query: {"title": _title(query.subject), "today": query.on},
)
