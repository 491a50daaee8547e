"""每页都有的: what every template may ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from yixian.web.navigation import ON_PHONES, role_labels, rooms_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, what it may open, the rooms of the house, and whether large print was asked for (cookie ``large``)."""
    rooms = rooms_for(request)
    return {
        "actor": getattr(request, "actor", None),
        "large_print": request.COOKIES.get("large") == "1",
        "role_labels": role_labels(request),
        "rooms": rooms,
        "rooms_on_phones": rooms if len(rooms) <= ON_PHONES + 1 else rooms[:ON_PHONES],
        "rooms_behind_more": [] if len(rooms) <= ON_PHONES + 1 else rooms[ON_PHONES:],
    }
