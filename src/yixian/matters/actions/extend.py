"""延期: the handler asks for more time with reasons; the head approves, and the person is told why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.actions.handling import handling
from yixian.matters.intake import require_words
from yixian.matters.models import MatterEvent, MatterExtension
from yixian.matters.steps import APPROVE_EXTENSION, EXTEND


@transaction.atomic
def ask_extension(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterExtension:
    """Ask the head for more time. Raises `Refused` where no limit can be lengthened as it stands."""
    taken = handling(EXTEND, number, actor=actor, at=at)
    asked = MatterExtension.objects.create(
        matter=taken.matter,
        reason=require_words("reason", reason, limits.MAX_REASON),
        asked_by_id=taken.user_id,
        asked_at=at,
    )
    taken.write()
    return asked


@transaction.atomic
def approve_extension(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Approve what the handler asked for. The reason becomes the event's, so that the person reads it."""
    taken = handling(APPROVE_EXTENSION, number, actor=actor, at=at)
    asked = taken.context.extension
    return taken.write(reason=asked.reason if asked else "")
