"""等待与会议: wait for the person on a cited ground, hold a hearing, and write down what was mediated, heard or looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.matters import limits
from yixian.matters.actions.handling import handling, require_open
from yixian.matters.choices import MeetingKind
from yixian.matters.intake import optional_words, require_words
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import MatterEvent, MatterMeeting


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was held: on which day, where, who was there, what was said, and what was agreed."""

    kind: MeetingKind
    on: date
    present: str
    words: str
    place: str = ""
    agreed: str = ""


@transaction.atomic
def wait_for_person(number: str, reason: str, clause: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Ask the person for something without which it cannot go on; the person sees what, and that the clock stands still."""
    step = handling(number, actor=actor, at=at)
    new_event = NewEvent(
        "waiting_person",
        step.organisation_id,
        reason=require_words("reason", reason, limits.MAX_REASON),
        clause=require_words("clause", clause, limits.MAX_CLAUSE),
    )
    return record_event(step.matter, new_event, actor=actor, at=at)


@transaction.atomic
def person_answered(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Note that the person has answered by telephone or at the counter: the clock goes on."""
    step = handling(number, actor=actor, at=at)
    return record_event(step.matter, NewEvent("person_answered", step.organisation_id), actor=actor, at=at)


@transaction.atomic
def open_hearing(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Open a hearing."""
    step = handling(number, actor=actor, at=at)
    words = optional_words("reason", reason, limits.MAX_REASON)
    return record_event(
        step.matter, NewEvent("hearing_opened", step.organisation_id, reason=words), actor=actor, at=at
    )


@transaction.atomic
def close_hearing(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """End the hearing."""
    step = handling(number, actor=actor, at=at)
    return record_event(step.matter, NewEvent("hearing_closed", step.organisation_id), actor=actor, at=at)


@transaction.atomic
def write_minutes(number: str, minutes: Minutes, *, actor: Actor, at: datetime) -> MatterMeeting:
    """Write down a mediation, a hearing or an inquiry on the spot. Raises `Invalid` for a day that is still to come."""
    step = handling(number, actor=actor, at=at)
    require_open(step.state)
    if minutes.on > timezone.localdate(at):
        raise Invalid("matter.future", _("This day is still to come."), field="on")
    meeting = MatterMeeting.objects.create(
        matter=step.matter,
        kind=minutes.kind,
        on=minutes.on,
        place=optional_words("place", minutes.place, 120),
        present=require_words("present", minutes.present, limits.MAX_REASON),
        words=require_words("words", minutes.words),
        agreed=optional_words("agreed", minutes.agreed),
        organisation_id=step.organisation_id,
        by_id=step.user_id,
        at=at,
    )
    record_event(step.matter, NewEvent("commented", step.organisation_id), actor=actor, at=at)
    return meeting
