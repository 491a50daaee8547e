"""公开价目: the prices in force today, for everybody to read and take along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.kernel.languages import language
from yixian.kernel.result_sets import ResultSet
from yixian.policies.price_changes import PriceHistory, price_history
from yixian.policies.queries import any_pack_in_force
from yixian.web.library.price_change_rows import PRICE_CHANGES, change_rows
from yixian.web.library.price_list import ORDERS, PRICE_TABLE, PriceRow, counted, item_in_zone, price_rows
from yixian.web.ui.cells import RIGHT, soft
from yixian.web.ui.filters import ListQuery, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where


def _prices(query: ListQuery) -> ResultSet[PriceRow]:
    if query.subject is None:
        return ResultSet[PriceRow]([])
    version, pack = query.subject
    history = price_history("", query.on)
    rows = [row for row in price_rows(pack, query["q"], language()) if row.holds_on(query.on)]
    return ResultSet[PriceRow](rows, ORDERS).reading(
        lambda window: [
            replace(row, address=_address(version.pack_id, row), history=_history(row, history, query.on))
            for row in window
        ]
    )


def _history(row: PriceRow, history: PriceHistory | None, on: date) -> str:
    """Since when the price is what it is, and what it was before."""
    if history is None:
        return ""
    change = history.of(row.key, on)
    if change is not None:
        return change_rows([change])[0].sentence
    return gettext("Unchanged since %(day)s") % {"day": date_format(history.begin)}


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
    return soft(format_html('<a href="{}">{}</a>', row.address, row.document_title)) + soft(row.history)


def _title(found: Any) -> str:
    if found is None:
        return ""
    version = found[0]
    return str(version.title_zh if language() == "zh" else version.title_en)


@require_GET
def price_changes(request: HttpRequest) -> HttpResponse:
    """Whether prices have changed lately: each that did, from what to what, since when, by which document."""
    today = timezone.localdate()
    history = price_history("", today)
    rows = change_rows(history.changes) if history else []
    context = {
        "table": PRICE_CHANGES,
        "rows": rows,
        "begin": history.begin if history else None,
        "latest": next((row for row in rows if row.since <= today), None),
        "announced": [row for row in rows if row.since > today],
        "today": today,
    }
    return render(request, "portal/price_changes.html", context)


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
