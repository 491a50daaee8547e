"""延期: the handler asks for more time with reasons; the head approves, and the person is told why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.matters import limits
from yixian.matters.access import OFFICE_HEADS
from yixian.matters.actions.handling import handling, require_office_head
from yixian.matters.intake import require_words
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import MatterEvent, MatterExtension
from yixian.matters.queries.pending import open_extension


@transaction.atomic
def ask_extension(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterExtension:
    """Ask the head for more time. Raises `Refused` where no limit can be lengthened as it stands."""
    step = handling(number, actor=actor, at=at)
    if not step.state.may_happen("extension_approved"):
        raise Refused("matter.extension_nothing", _("There is no running limit that could be lengthened."))
    if open_extension(step.matter) is not None:
        raise Refused("matter.extension_asked", _("More time has been asked for already."))
    asked = MatterExtension.objects.create(
        matter=step.matter,
        reason=require_words("reason", reason, limits.MAX_REASON),
        asked_by_id=step.user_id,
        asked_at=at,
    )
    record_event(step.matter, NewEvent("commented", step.organisation_id), actor=actor, at=at)
    return asked


@transaction.atomic
def approve_extension(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Approve what the handler asked for. The reason becomes the event's, so that the person reads it."""
    step = handling(number, actor=actor, at=at, roles=OFFICE_HEADS)
    asked = open_extension(step.matter)
    if asked is None:
        raise NotFound("matter.no_extension", _("Nobody has asked for more time."))
    require_office_head(actor, other_than=asked.asked_by_id)
    new_event = NewEvent("extension_approved", step.organisation_id, reason=asked.reason)
    return record_event(step.matter, new_event, actor=actor, at=at)
