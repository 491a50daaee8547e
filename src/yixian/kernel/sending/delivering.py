"""发送: the task that delivers the outbox, at least once: whoever dies between sending and noting has it sent again.

Each message is taken by one process at a time (`yixian.kernel.leases`), sent outside any transaction, and noted in one
that also gives up its place in the queue. The key goes with it every time, so that the other side can tell.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yixian.kernel import leases
from yixian.kernel.choices import MessageChannel, SendingOutcome
from yixian.kernel.models import OutgoingMessage, SendingAttempt, WaitingMessage
from yixian.kernel.sending.channels import Transport, channels_available, transport_of
from yixian.kernel.sending.delivery_status import DeliveryStatus, outcome_of_failure
from yixian.kernel.sending.queue import delivery_statuses, due

LEASE = timedelta(minutes=5)
"""For how long a message belongs to the process that sends it; far longer than a gateway may take to answer."""

MAX_SECONDS = 60
"""How long one run works on a channel, so that a gateway that answers slowly holds up neither the other channel nor the
other ticks. What is left is due in the next run, and first in it."""


def send_waiting(*, at: datetime) -> dict[str, int]:
    """Try every message whose time has come; how many were sent, failed, and were given up."""
    counts = Counter({outcome.value: 0 for outcome in SendingOutcome if outcome != SendingOutcome.AGAIN})
    for channel in sorted(channels_available()):
        counts.update(_send_channel(channel, at))
    return dict(counts)


def _send_channel(channel: MessageChannel, at: datetime) -> Counter[str]:
    counts: Counter[str] = Counter()
    transport, began = transport_of(channel), time.monotonic()
    for message_id in due(channel, at=at):
        passed = time.monotonic() - began
        if passed > MAX_SECONDS:
            break
        outcome = _send_one(message_id, transport, at + timedelta(seconds=passed))
        if outcome is not None:
            counts[outcome.value] += 1
    return counts


def _send_one(message_id: int, transport: Transport, at: datetime) -> SendingOutcome | None:
    """Try one message; None if another process has it in hand or has just tried it."""
    place = WaitingMessage.objects.filter(message_id=message_id)
    holder = leases.take(place, at=at, lease=LEASE)
    if holder is None:
        return None
    before = delivery_statuses(place).get(message_id)
    if before is None:  # sent meanwhile by whom we have overtaken
        return None
    if before.due_at is None or before.due_at > at:
        _leave(place, holder, before)
        return None
    try:
        reference = transport.deliver(OutgoingMessage.objects.get(pk=message_id))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this message, the next one is due
        attempt = SendingAttempt(outcome=outcome_of_failure(before), error=_class_of(error))
    else:
        attempt = SendingAttempt(outcome=SendingOutcome.SENT, provider_ref=reference[:64])
    attempt.message_id, attempt.at = message_id, at
    _note(attempt, holder)
    return SendingOutcome(attempt.outcome)


def _leave(place: QuerySet[WaitingMessage], holder: UUID, status: DeliveryStatus) -> None:
    """Somebody tried it between our looking and our taking: its time has not come again, or it never will."""
    if status.due_at is None:
        place.filter(held_by=holder).delete()
    else:
        leases.give_back(place, holder)


def _note(attempt: SendingAttempt, holder: UUID) -> None:
    """Write the attempt down, and with it free the place in the queue, or end it.

    What was sent is sent, also if the lease ran out meanwhile; a failure frees only what is still one's own.
    """
    place = WaitingMessage.objects.filter(message_id=attempt.message_id)
    with transaction.atomic():
        attempt.save(force_insert=True)
        if attempt.outcome == SendingOutcome.SENT:
            place.delete()
        elif attempt.outcome == SendingOutcome.GIVEN_UP:
            place.filter(held_by=holder).delete()
        else:
            leases.give_back(place, holder)


def _class_of(error: Exception) -> str:
    """What kind of error it was, with the number that the other side gave it. Its words may hold the recipient."""
    reason = getattr(error, "reason", None)
    number = getattr(error, "code", None) or getattr(error, "smtp_code", None)
    parts = [
        type(error).__name__,
        type(reason).__name__ if isinstance(reason, Exception) else "",
        str(number) if isinstance(number, int) else "",
    ]
    return " ".join(part for part in parts if part)[:100]
