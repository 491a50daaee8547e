"""再次发送: messages that were given up are put into the queue again, from the beginning."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.kernel.choices import MessageChannel, SendingOutcome
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import SendingAttempt, WaitingMessage
from yixian.kernel.permission import require
from yixian.kernel.roles import ADMINISTRATORS
from yixian.kernel.sending.delivery_board import given_up

_AT_ONCE = 500


@transaction.atomic
def try_sending_again(channel: MessageChannel, *, actor: Actor, at: datetime) -> int:
    """Try every message of a channel that was given up again; how many there were. Raises `NotPermitted`.

    Two who ask at once put each message back once: its place in the queue is there once, and bears who put it there.
    """
    require(actor, ADMINISTRATORS)
    mine = uuid4()
    places = [
        WaitingMessage(message_id=message_id, held_by=mine)
        for message_id in given_up(channel).values_list("message_id", flat=True)
    ]
    WaitingMessage.objects.bulk_create(places, ignore_conflicts=True, batch_size=_AT_ONCE)
    put_back = WaitingMessage.objects.filter(held_by=mine)
    # somebody may have put one back, and it may have been sent, between our looking and our writing
    still = set(given_up(channel).filter(message__waiting__held_by=mine).values_list("message_id", flat=True))
    put_back.exclude(message_id__in=given_up(channel).values("message_id")).delete()
    SendingAttempt.objects.bulk_create(
        [
            SendingAttempt(message_id=message_id, at=at, outcome=SendingOutcome.AGAIN)
            for message_id in sorted(still)
        ],
        batch_size=_AT_ONCE,
    )
    put_back.update(held_by=None)
    if still:
        data = {"channel": channel.value, "messages": len(still)}
        record(Entry("message.again", "channel", 0, data=data), actor=actor, at=at)
    return len(still)
