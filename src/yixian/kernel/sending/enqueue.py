"""请求发送: transactional outbox — a message is written in the transaction of the change that it tells of, or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import OutgoingMessage, WaitingMessage
from yixian.kernel.sending.channels import channels_available
from yixian.kernel.sending.message import Message, checked


def send(message: Message, *, actor: Actor, at: datetime) -> OutgoingMessage:
    """Write a message down to be sent. Call it inside the transaction of what it tells; nothing leaves before that commits.

    Asked again with the same key it is the same message. Permission is the caller's business. Raises `Invalid` for a
    message that cannot be sent, `Refused` if its channel is not set up or its key was used for other words.
    """
    ready = checked(message)
    row = OutgoingMessage.objects.filter(key=ready.key).first()
    if row is None:
        if ready.channel not in channels_available():
            raise Refused("sending.no_channel", _("This way of sending is not set up here."))
        row = _write(ready, actor, at)
    if _words(row) != _words(ready):
        raise Refused("sending.key_taken", _("This message was asked for before, with other words."))
    return row


def _write(ready: Message, actor: Actor, at: datetime) -> OutgoingMessage:
    """The message and its place in the queue; or the one that somebody with the same key wrote at the same moment."""
    try:
        with transaction.atomic():
            row = OutgoingMessage(
                channel=ready.channel,
                recipient=ready.recipient,
                title=ready.title,
                text=ready.text,
                subject_kind=ready.subject_kind,
                subject_id=ready.subject_id,
                key=ready.key,
                asked_at=at,
            )
            row.save(force_insert=True)
            WaitingMessage(message=row).save(force_insert=True)
            about = {
                "channel": ready.channel.value,
                "subject_kind": ready.subject_kind,
                "subject_id": ready.subject_id,
            }
            record(Entry("message.asked", "message", row.pk, data=about), actor=actor, at=at)
    except IntegrityError:
        other = OutgoingMessage.objects.filter(key=ready.key).first()
        if other is None:
            raise
        return other
    return row


def _words(message: Message | OutgoingMessage) -> tuple[object, ...]:
    """Everything but the key and the moment."""
    return (
        str(message.channel),
        message.recipient,
        message.title,
        message.text,
        message.subject_kind,
        message.subject_id,
    )
