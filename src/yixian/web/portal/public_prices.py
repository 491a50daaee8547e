"""公开价目: the prices in force today, for everybody to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.kernel.languages import language
from yixian.policies.queries import any_pack_in_force
from yixian.web.library.price_list import PriceRow, price_rows
from yixian.web.ui.paging import page_of

_MAX_SEARCH_LENGTH = 60
_ON_A_PAGE = 50


@require_GET
def prices(request: HttpRequest) -> HttpResponse:
    """The price list in force, searched by name."""
    today = timezone.localdate()
    found = any_pack_in_force(today)
    search = request.GET.get("q", "").strip()[:_MAX_SEARCH_LENGTH]
    rows = price_rows(found[1], search, language()) if found else []
    current = [row for row in rows if _holds(row, today)]
    context = {
        "title": _title(found),
        "search": search,
        "today": today,
        "page": page_of(current, request.GET.get("page"), size=_ON_A_PAGE),
    }
    return render(request, "portal/prices.html", context)


def _holds(row: PriceRow, today: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= today
    return begun and (row.valid_until is None or today < row.valid_until)


def _title(found: Any) -> str:
    if found is None:
        return ""
    version = found[0]
    return str(version.title_zh if language() == "zh" else version.title_en)
