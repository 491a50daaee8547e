"""受理: register a matter, accept it, or say in writing that it is not accepted and where it can go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.access import organisations_of
from yixian.matters.actions.handling import Handling, handling
from yixian.matters.choices import IntakeChannel
from yixian.matters.intake import optional_words, require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.steps import ACCEPT, REFUSE, REGISTER, TAKE_OVER
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation

REGISTERED_AT_ONCE = frozenset({IntakeChannel.COUNTER, IntakeChannel.PHONE, IntakeChannel.LETTER})
"""What comes to the petition office's own hands by these doors needs nobody to look at it again to be registered."""


@transaction.atomic
def register_matter(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Enter a matter in the register of the office that received it."""
    return handling(REGISTER, number, actor=actor, at=at).write()


def register_intake(matter: Matter, holder: Organisation, *, actor: Actor, at: datetime) -> None:
    """登记: what the petition office itself takes down is in its register at once. Inside the transaction of the intake."""
    is_there = matter.channel in REGISTERED_AT_ONCE and holder.kind == OrganisationKind.PETITION_OFFICE
    acts = is_there and actor.user_id is not None and holder.pk in organisations_of(actor, at=at)
    if acts and state_of(matter, at=at).may_happen(REGISTER.event):
        record_event(matter, NewEvent(REGISTER.event, holder.pk), actor=actor, at=at)


@transaction.atomic
def accept_matter(number: str, reason: str = "", *, actor: Actor, at: datetime) -> MatterEvent:
    """Accept a matter: from now on there is a day by which it is decided. What was offered is taken over first."""
    taken = handling(ACCEPT, number, actor=actor, at=at)
    _take_over(taken)
    return taken.write(reason=optional_words("reason", reason, limits.MAX_REASON))


@transaction.atomic
def refuse_matter(number: str, reason: str, way: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """不予受理: say why it is not accepted, and which way is open: a court, arbitration, another procedure, another body."""
    taken = handling(REFUSE, number, actor=actor, at=at)
    _take_over(taken)
    told = require_words("reason", reason, limits.MAX_REASON)
    where = require_words("way", way, limits.MAX_REASON)
    return taken.write(reason=f"{told}\n{where}")


def _take_over(taken: Handling) -> None:
    if taken.state.offered_id == taken.organisation_id:
        new_event = NewEvent(TAKE_OVER.event, taken.organisation_id, assignee=taken.user_id)
        record_event(taken.matter, new_event, actor=taken.actor, at=taken.at)
