"""谁在问，问什么: the actor that the gate has put on the request, and the things that a form names."""

from __future__ import annotations

from django.http import HttpRequest

from yixian.kernel.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the gate worked it out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def posted_id(request: HttpRequest, field: str) -> int:
    """The id that a form's field names; 0, which nothing has, where it names none."""
    value = request.POST.get(field, "")
    return int(value) if value.isascii() and value.isdigit() else 0
