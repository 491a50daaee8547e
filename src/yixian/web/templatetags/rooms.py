"""导航标签: the rooms of the staff pages, beside the page and at the bottom of a phone.

Drawn once for each language, set of rooms and room one is in, and kept in the process: there are some hundred such bars,
none holds anything of a person or of a session, and drawing one costs more than the whole trivial page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from yixian.web.navigation import ITEMS_ON_PHONES, NavState, nav_items_of, nav_state

register = template.Library()


@register.simple_tag(takes_context=True)
def side_rooms(context: Context) -> SafeString:
    """The bar beside the page."""
    return _drawn("staff/side_rooms.html", nav_state(context["request"]), get_language())


@register.simple_tag(takes_context=True)
def bottom_rooms(context: Context) -> SafeString:
    """The bar at the bottom of a phone: the first rooms, and a sheet with all others."""
    return _drawn("staff/bottom_rooms.html", nav_state(context["request"]), get_language())


@lru_cache(maxsize=1024)
def _drawn(name: str, standing: NavState, _language: str | None) -> SafeString:
    rooms = nav_items_of(standing)
    shown = rooms if len(rooms) <= ITEMS_ON_PHONES + 1 else rooms[:ITEMS_ON_PHONES]
    context: dict[str, Any] = {
        "rooms": rooms,
        "rooms_on_phones": shown,
        "rooms_behind_more": rooms[len(shown) :],
    }
    return SafeString(render_to_string(name, context))
