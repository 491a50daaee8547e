"""前后翻: the page behind a row of a list leads to the rows before and after it, and back to the list as it was asked for.

The way is carried in the address (``?list=`` and ``&row=``), so that it can be sent on and needs no session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from yixian.kernel.errors import NotFound
from yixian.web.ui.addresses import MAX_QUERY
from yixian.web.ui.lists import ListPage, ShownList, walk_query


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one stands in the list one came from: its address, the addresses before and after ("" for none), the place from 1
    among ``total``; 0 where what is shown has left the list.
    """

    back: str
    previous: str
    next: str
    place: int
    total: int


def walked(request: HttpRequest) -> str:
    """What the address of this page carries of a list, to be handed on to the next; "" for nothing."""
    place, asked = request.GET.get("row", ""), request.GET.get("list")
    if asked is None or len(asked) > MAX_QUERY or not _is_place(place):
        return ""
    return walk_query(asked, int(place))


def list_address(address: str, request: HttpRequest) -> str:
    """The list at an address as it was asked for when one came from it; as it is by itself for whoever came from elsewhere."""
    asked = request.GET.get("list", "")[:MAX_QUERY]
    return f"{address}?{asked}" if asked else address


def walk(declared: ListPage[Any], request: HttpRequest) -> Walk | None:
    """The neighbours of what this page shows in the list one came from; None for whoever came from elsewhere."""
    if not walked(request):
        return None
    asked, place = request.GET["list"], int(request.GET["row"])
    try:
        shown: ShownList[Any] = ShownList(declared, request, {}, QueryDict(asked))
    except NotFound:
        return None
    total = shown.found.count()
    start = max(place - 2, 0)
    hrefs = [_href(declared, row) for row in shown.found.window(start, 3)]
    here = hrefs.index(request.path) if request.path in hrefs else None
    before = here - 1 if here is not None else place - 2 - start
    after = here + 1 if here is not None else place - 1 - start

    def address(index: int) -> str:
        return f"{hrefs[index]}{walk_query(asked, start + index + 1)}" if 0 <= index < len(hrefs) else ""

    stands = start + here + 1 if here is not None else 0
    return Walk(list_address(reverse(declared.url), request), address(before), address(after), stands, total)


def _href(declared: ListPage[Any], row: Any) -> str:
    lead = next(column for column in declared.table.columns if column.place == "lead" and column.link)
    return lead.link(row) if lead.link else ""


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0
