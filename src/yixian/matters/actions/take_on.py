"""受理: register a matter, accept it, or say in writing that it is not accepted and where it can go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.actions.handling import Handling, handling
from yixian.matters.intake import optional_words, require_words
from yixian.matters.matter_state import MatterState, NewEvent, record_event
from yixian.matters.models import MatterEvent


@transaction.atomic
def register_matter(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Enter a matter in the register of the office that received it."""
    step = handling(number, actor=actor, at=at)
    return record_event(step.matter, NewEvent("registered", step.organisation_id), actor=actor, at=at)


@transaction.atomic
def accept_matter(number: str, note: str = "", *, actor: Actor, at: datetime) -> MatterEvent:
    """Accept a matter: from now on there is a day by which it is decided. What was offered is taken over first."""
    step = handling(number, actor=actor, at=at, organisations=_holder_or_asked)
    _take_over(step, actor, at)
    words = optional_words("reason", note, limits.MAX_REASON)
    return record_event(
        step.matter, NewEvent("accepted", step.organisation_id, reason=words), actor=actor, at=at
    )


@transaction.atomic
def refuse_matter(number: str, reason: str, way: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """不予受理: say why it is not accepted, and which way is open: a court, arbitration, another procedure, another body."""
    step = handling(number, actor=actor, at=at, organisations=_holder_or_asked)
    _take_over(step, actor, at)
    told = require_words("reason", reason, limits.MAX_REASON)
    where = require_words("way", way, limits.MAX_REASON)
    new_event = NewEvent("not_accepted", step.organisation_id, reason=f"{told}\n{where}")
    return record_event(step.matter, new_event, actor=actor, at=at)


def _holder_or_asked(state: MatterState) -> set[int | None]:
    return {state.offered_id or state.holder_id}


def _take_over(step: Handling, actor: Actor, at: datetime) -> None:
    if step.state.offered_id == step.organisation_id:
        new_event = NewEvent("handover_accepted", step.organisation_id, assignee=step.user_id)
        record_event(step.matter, new_event, actor=actor, at=at)
