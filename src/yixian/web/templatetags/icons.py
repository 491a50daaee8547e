"""图标: the drawings beside words, each a reference into one file of symbols."""

from __future__ import annotations

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the staff pages. A tag and not an include: a page has dozens, and an include costs ten times as much."""
    return _drawn("icons.svg", name)


@register.simple_tag
def portal_icon(name: str) -> SafeString:
    """A drawing of the portal."""
    return _drawn("portal-icons.svg", name)


def _drawn(file: str, name: str) -> SafeString:
    return _markup(static(file), name)


@cache
def _markup(address: str, name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', address, name
    )
