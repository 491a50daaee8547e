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
from yixian.matters.actions.handling import handling
from yixian.matters.choices import MeetingKind
from yixian.matters.intake import optional_words, require_words
from yixian.matters.models import MatterEvent, MatterMeeting
from yixian.matters.receipt_digits import without_receipts
from yixian.matters.steps import HEARING, HEARING_END, MINUTES, PERSON_ANSWERED, WAIT


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
    taken = handling(WAIT, number, actor=actor, at=at)
    return taken.write(
        reason=require_words("reason", reason, limits.MAX_REASON),
        clause=require_words("clause", clause, limits.MAX_CLAUSE),
    )


@transaction.atomic
def person_answered(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Note that the person has answered by telephone or at the counter: the clock goes on."""
    return handling(PERSON_ANSWERED, number, actor=actor, at=at).write()


@transaction.atomic
def open_hearing(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Open a hearing."""
    taken = handling(HEARING, number, actor=actor, at=at)
    return taken.write(reason=optional_words("reason", reason, limits.MAX_REASON))


@transaction.atomic
def close_hearing(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """End the hearing."""
    return handling(HEARING_END, number, actor=actor, at=at).write()


@transaction.atomic
def write_minutes(number: str, minutes: Minutes, *, actor: Actor, at: datetime) -> MatterMeeting:
    """Write down a mediation, a hearing or an inquiry on the spot. Raises `Invalid` for a day that is still to come."""
    taken = handling(MINUTES, number, actor=actor, at=at)
    if minutes.on > timezone.localdate(at):
        raise Invalid("matter.future", _("This day is still to come."), field="on")
    meeting = MatterMeeting.objects.create(
        matter=taken.matter,
        kind=minutes.kind,
        on=minutes.on,
        place=optional_words("place", minutes.place, 120),
        present=require_words("present", minutes.present, limits.MAX_REASON),
        words=without_receipts(require_words("words", minutes.words)),
        agreed=without_receipts(optional_words("agreed", minutes.agreed)),
        organisation_id=taken.organisation,
        by_id=taken.user_id,
        at=at,
    )
    taken.write()
    return meeting
