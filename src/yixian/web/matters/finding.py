"""查找: people in office and households, found while a form is filled in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.registry.queries import find_helpers, households
from yixian.web.asking import actor_of

_MOST = 12


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Households in reach (``find_household``), or people in office (``find_helper``), each to be put into a field."""
    actor, on = actor_of(request), timezone.localdate()
    home = request.GET.get("find_household", "").strip()[:60]
    person = request.GET.get("find_helper", "").strip()[:60]
    context = {
        "search": home or person,
        "homes": list(households(actor, on=on, search=home)[:_MOST]) if home else [],
        "people": find_helpers(actor, person, on=on, limit=_MOST) if person else [],
    }
    return render(request, "matters/found.html", context)
