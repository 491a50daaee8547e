"""谁在问: the actor that the gate has put on the request."""

from __future__ import annotations

from django.http import HttpRequest

from yixian.kernel.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the gate worked it out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
