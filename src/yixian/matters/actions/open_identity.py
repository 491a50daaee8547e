"""开启身份: read who raised a matter — with a reason, logged, and for the person to see."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.actions.handling import handling
from yixian.matters.intake import require_words
from yixian.matters.models import IdentityOpening, Matter, MatterReading
from yixian.matters.steps import IDENTITY


@transaction.atomic
def open_identity(number: str, reason: str, *, actor: Actor, at: datetime) -> IdentityOpening:
    """Open who raised it, on behalf of the body that holds it. Raises `Refused` for an anonymous matter: there is nobody."""
    taken = handling(IDENTITY, number, actor=actor, at=at)
    return IdentityOpening.objects.create(
        matter=taken.matter,
        by_id=taken.user_id,
        role=_roles(actor),
        reason=require_words("reason", reason, limits.MAX_REASON),
        at=at,
    )


def note_reading(matter: Matter, *, actor: Actor, at: datetime) -> None:
    """Write down that a member of staff opened a matter; the same person within an hour counts once."""
    if actor.user_id is None:
        return
    lately = at - timedelta(hours=1)
    if not MatterReading.objects.filter(matter=matter, by_id=actor.user_id, at__gt=lately).exists():
        MatterReading.objects.create(matter=matter, by_id=actor.user_id, role=_roles(actor), at=at)


def _roles(actor: Actor) -> str:
    return ",".join(sorted(actor.roles))[:120]
