"""告知: notifications — how the complainant hears of each step, by text message or e-mail where they left one and it is set up.

What is sent says that there is something to read, and where; never what it is about, because a phone lies on a table.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.kernel.choices import MessageChannel
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.sending import Message, channels_available, send
from yixian.matters.choices import NotificationChannel
from yixian.matters.codes import key_of_source
from yixian.matters.models import Matter, MatterEvent, MatterPerson
from yixian.matters.steps import NOTIFIED

_CHANNELS = {NotificationChannel.SMS: MessageChannel.SMS, NotificationChannel.EMAIL: MessageChannel.EMAIL}


def notify_event(matter: Matter, event: MatterEvent, *, actor: Actor, at: datetime) -> None:
    """Send word of a step to whoever left a mobile number or an e-mail address. Inside the step's own transaction."""
    if event.kind in NOTIFIED:
        _notify(matter, str(event.pk), actor, at)


def _notify(matter: Matter, occasion: str, actor: Actor, at: datetime) -> None:
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


def send_text(
    matter: Matter, notified_by: str, words: str, key: uuid.UUID, *, actor: Actor, at: datetime
) -> None:
    """Send the office's own words by text message or e-mail; of what is to be read with the receipt, that it is there.

    Raises `Refused` where that way is not open.
    """
    if NotificationChannel(notified_by) not in notification_channels(matter):
        raise Refused(
            "matter.no_way", gettext_lazy("The person cannot be reached this way."), field="notified_by"
        )
    channel = _CHANNELS.get(NotificationChannel(notified_by))
    if channel is None:
        if NotificationChannel(notified_by) == NotificationChannel.PORTAL:
            _notify(matter, str(key), actor, at)
        return
    sent = [
        _send(matter, person, channel, words, f"{key}:{person.position}", actor, at)
        for person in MatterPerson.objects.filter(matter=matter).order_by("position")
    ]
    if not any(sent):
        raise Refused(
            "matter.no_way", gettext_lazy("The person cannot be reached this way."), field="notified_by"
        )


def notification_channels(matter: Matter) -> list[NotificationChannel]:
    """How this person can be told: to read with the receipt, always; and by what they left."""
    people = list(MatterPerson.objects.filter(matter=matter))
    ways = [NotificationChannel.PORTAL]
    if any(one.phone for one in people):
        ways += [NotificationChannel.SMS] if MessageChannel.SMS in channels_available() else []
        ways.append(NotificationChannel.CALL)
    if any(one.email for one in people) and MessageChannel.EMAIL in channels_available():
        ways.append(NotificationChannel.EMAIL)
    if not matter.anonymous:
        ways += [NotificationChannel.VISIT, NotificationChannel.LETTER]
        ways += [] if NotificationChannel.CALL in ways else [NotificationChannel.CALL]
    return ways


def _send(
    matter: Matter,
    person: MatterPerson,
    channel: MessageChannel,
    words: str,
    occasion: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Whether it is on its way; a landline, or nothing at all, is no way."""
    recipient = person.phone if channel == MessageChannel.SMS else person.email
    if not recipient:
        return False
    message = Message(
        channel,
        recipient,
        words,
        "matter",
        matter.pk,
        key_of_source(f"notice:{occasion}"),
        title=_("Your matter %(number)s") % {"number": matter.number}
        if channel == MessageChannel.EMAIL
        else "",
    )
    try:
        send(message, actor=actor, at=at)
    except Invalid:
        return False
    return True
