"""模板标签: money and masks as every page shows them."""

from __future__ import annotations

from django import template

from yixian.domain.money import format_fen

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Integer fen as "45,792.00"; empty for None."""
    return "" if fen is None else format_fen(fen)
