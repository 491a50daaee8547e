"""三级责任标签: the bodies stationed with a township, as items of a list; a county has hundreds, so Python joins them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yixian.web.ui.addresses import address_of

register = template.Library()


@register.filter
def stationing_items(stationings: Iterable[Any]) -> SafeString:
    """Each body with a link to its board, and the place where it is stationed."""
    return mark_safe("".join([_item(row) for row in stationings]))  # noqa: S308 - escaped here


def _item(row: Any) -> str:
    href = address_of("staff:duty_organisation", row.organisation_id)
    body, place = escape(row.organisation.label), escape(row.area.label)
    return f'<li><a href="{href}">{body}</a> <span class="when">{place}</span></li>\n'
