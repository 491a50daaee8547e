"""排队: where every waiting message stands, and which are to be tried now."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from yixian.kernel.choices import MessageChannel
from yixian.kernel.models import SendingAttempt, WaitingMessage
from yixian.kernel.sending.delivery_status import DeliveryStatus, delivery_status


def delivery_statuses(waiting: QuerySet[WaitingMessage]) -> dict[int, DeliveryStatus]:
    """Where the messages of these places in the queue stand, by the message's id; two statements, however many."""
    asked = dict(waiting.values_list("message_id", "message__asked_at"))
    attempts: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = SendingAttempt.objects.filter(message__in=waiting.values("message_id")).order_by("pk")
    for message_id, outcome, at in rows.values_list("message_id", "outcome", "at"):
        attempts[message_id].append((outcome, at))
    return {message_id: delivery_status(at, attempts[message_id]) for message_id, at in asked.items()}


def due(channel: MessageChannel, *, at: datetime) -> list[int]:
    """The ids of all messages of a channel to be tried now; whoever has waited longest beyond their time comes first."""
    found = delivery_statuses(WaitingMessage.objects.filter(message__channel=channel))
    moments = [(one.due_at, message_id) for message_id, one in found.items() if one.due_at is not None]
    return [message_id for due_at, message_id in sorted(moments) if due_at <= at]
