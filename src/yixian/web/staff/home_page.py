"""今日: what waits for this person, the most urgent first, each done from here; helpers' households by what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.kernel.roles import HELPER_ROLES, Role
from yixian.web.my_households import my_household_rows
from yixian.web.request_actor import actor_of
from yixian.web.staff.system import system_state
from yixian.web.staff.worklist import QUEUES, worklist

_SHOWN = 12
"""So many items stand there at once; the others are folded below them."""


@require_GET
def home_page(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    actor, now = actor_of(request), timezone.now()
    on = timezone.localdate(now)
    waiting = worklist(QUEUES, actor, may=request.may, at=now)  # type: ignore[attr-defined]
    items = [(item, item.days_over(on)) for item in waiting.items]
    context = {
        "worklist": waiting,
        "items": items[:_SHOWN],
        "further_items": items[_SHOWN:],
        "households": my_household_rows(actor, at=now) if actor.has_any(HELPER_ROLES) else None,
        "system": system_state(actor, at=now) if Role.ADMINISTRATOR in actor.roles else None,
        "today": on,
    }
    return render(request, "staff/home.html", context)
