"""受理: register a matter, accept it, or say in writing that it is not accepted and where it can go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.actions.handling import Handling, handling
from yixian.matters.drafting import optional_words, require_words
from yixian.matters.following import Happening, Standing, append
from yixian.matters.models import MatterEvent


@transaction.atomic
def register(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Enter a matter in the register of the office that received it."""
    step = handling(number, actor=actor, at=at)
    return append(step.matter, Happening("registered", step.body_id), actor=actor, at=at)


@transaction.atomic
def accept(number: str, note: str = "", *, actor: Actor, at: datetime) -> MatterEvent:
    """Accept a matter: from now on there is a day by which it is decided. What was offered is taken over first."""
    step = handling(number, actor=actor, at=at, bodies=_holder_or_asked)
    _take_over(step, actor, at)
    words = optional_words("reason", note, limits.MOST_REASON)
    return append(step.matter, Happening("accepted", step.body_id, reason=words), actor=actor, at=at)


@transaction.atomic
def refuse(number: str, reason: str, way: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """不予受理: say why it is not accepted, and which way is open: a court, arbitration, another procedure, another body."""
    step = handling(number, actor=actor, at=at, bodies=_holder_or_asked)
    _take_over(step, actor, at)
    told = require_words("reason", reason, limits.MOST_REASON)
    where = require_words("way", way, limits.MOST_REASON)
    happening = Happening("not_accepted", step.body_id, reason=f"{told}\n{where}")
    return append(step.matter, happening, actor=actor, at=at)


def _holder_or_asked(standing: Standing) -> set[int | None]:
    return {standing.offered_id or standing.holder_id}


def _take_over(step: Handling, actor: Actor, at: datetime) -> None:
    if step.standing.offered_id == step.body_id:
        happening = Happening("handover_accepted", step.body_id, assignee=step.user_id)
        append(step.matter, happening, actor=actor, at=at)
