"""我的户: my households by what is due; htmx gets only the list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.web.my_households import MyHouseholdRow, my_household_rows
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Choice, Search, asked_for

SEARCH = Search(_("Search for a household"))
WAIT = Choice("wait", _("State"), [("late", _("Late")), ("promises", _("Promises open"))])


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The list; ``?wait=late`` keeps those whose visit is due, ``?wait=promises`` those with an open promise."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    asked = asked_for(request, SEARCH, WAIT)
    search, wait = asked["q"], asked["wait"]
    every = my_household_rows(actor, at=now, search=search)
    context = {
        "rows": [row for row in every if _fits(row, wait)],
        "search": search,
        "wait": wait,
        "today": today,
        "counts": {
            "all": len(every),
            "late": sum(row.late for row in every),
            "promises": sum(bool(row.one.due.open) for row in every),
        },
    }
    results_only = bool(getattr(request, "htmx", False)) and request.headers.get("HX-Request-Type") != "full"
    return render(request, "field/mine_results.html" if results_only else "field/mine.html", context)


def _fits(row: MyHouseholdRow, wait: str) -> bool:
    if wait == "late":
        return row.late
    return wait != "promises" or bool(row.one.due.open)
