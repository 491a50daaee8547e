"""每页都有的: what every template may ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from yixian.web.navigation import role_labels


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor and its roles in words, and whether large print was asked for (cookie ``large``)."""
    return {
        "actor": getattr(request, "actor", None),
        "large_print": request.COOKIES.get("large") == "1",
        "role_labels": role_labels(request),
    }
