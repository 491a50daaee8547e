"""告知: how the person hears of each step — by text message or e-mail where they left one and the office has it set up.

What is sent says that there is something to read, and where; never what it is about, because a phone lies on a table.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.kernel.choices import Channel
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.sending import Message, channels_available, send
from yixian.matters.choices import Told
from yixian.matters.models import Matter, MatterEvent, MatterPerson

STEPS = frozenset(
    {
        "forwarded",
        "handover_accepted",
        "accepted",
        "not_accepted",
        "recused",
        "waiting_person",
        "extension_approved",
        "review_decided",
        "rereview_decided",
        "closed",
        "reopened",
    }
)
"""Of these the person is told when they happen; of what the office writes, by the way that it chose (`send_words`)."""

_KEYS = uuid.UUID("0b7f2b0e-6a0c-4f2d-8a8d-6a6c7a1f7c11")
_CHANNELS = {Told.SMS: Channel.SMS, Told.EMAIL: Channel.EMAIL}


def tell_step(matter: Matter, event: MatterEvent, *, actor: Actor, at: datetime) -> None:
    """Send word of a step to whoever left a mobile number or an e-mail address. Inside the step's own transaction."""
    if event.kind in STEPS:
        _tell_news(matter, str(event.pk), actor, at)


def _tell_news(matter: Matter, occasion: str, actor: Actor, at: datetime) -> None:
    """That there is something to read, and where."""
    if not channels_available():
        return
    words = _("Your matter %(number)s has news. Read it with your receipt number at %(address)s/status/") % {
        "number": matter.number,
        "address": settings.YIXIAN_ADDRESS,
    }
    for person in MatterPerson.objects.filter(matter=matter).order_by("position"):
        for channel in sorted(channels_available()):
            _send(matter, person, channel, words, f"{occasion}:{person.position}:{channel}", actor, at)


def send_words(matter: Matter, told: str, words: str, key: uuid.UUID, *, actor: Actor, at: datetime) -> None:
    """Send the office's own words by text message or e-mail; of what is to be read with the receipt, that it is there.

    Raises `Refused` where that way is not open.
    """
    if Told(told) not in ways_to_tell(matter):
        raise Refused("matter.no_way", gettext_lazy("The person cannot be reached this way."), field="told")
    channel = _CHANNELS.get(Told(told))
    if channel is None:
        if Told(told) == Told.PORTAL:
            _tell_news(matter, str(key), actor, at)
        return
    sent = [
        _send(matter, person, channel, words, f"{key}:{person.position}", actor, at)
        for person in MatterPerson.objects.filter(matter=matter).order_by("position")
    ]
    if not any(sent):
        raise Refused("matter.no_way", gettext_lazy("The person cannot be reached this way."), field="told")


def ways_to_tell(matter: Matter) -> list[Told]:
    """How this person can be told: to read with the receipt, always; and by what they left."""
    people = list(MatterPerson.objects.filter(matter=matter))
    ways = [Told.PORTAL]
    if any(one.phone for one in people):
        ways += [Told.SMS] if Channel.SMS in channels_available() else []
        ways.append(Told.CALL)
    if any(one.email for one in people) and Channel.EMAIL in channels_available():
        ways.append(Told.EMAIL)
    if not matter.anonymous:
        ways += [Told.VISIT, Told.LETTER]
        ways += [] if Told.CALL in ways else [Told.CALL]
    return ways


def _send(
    matter: Matter,
    person: MatterPerson,
    channel: Channel,
    words: str,
    occasion: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Whether it is on its way; a landline, or nothing at all, is no way."""
    recipient = person.phone if channel == Channel.SMS else person.email
    if not recipient:
        return False
    message = Message(
        channel,
        recipient,
        words,
        "matter",
        matter.pk,
        uuid.uuid5(_KEYS, occasion),
        title=_("Your matter %(number)s") % {"number": matter.number} if channel == Channel.EMAIL else "",
    )
    try:
        send(message, actor=actor, at=at)
    except Invalid:
        return False
    return True
