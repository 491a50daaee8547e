"""有效期: half-open intervals [valid_from, valid_until) as a filter; no end means until further notice."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose interval holds the day. ``prefix`` reaches through a relation, e.g. ``"household__"``."""
    begun = Q(**{f"{prefix}valid_from__lte": on})
    return begun & (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": on}))
