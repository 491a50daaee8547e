"""投递状态: a message's delivery status, derived from its attempts when read; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from yixian.kernel.choices import SendingOutcome

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 12 * 60))
"""How long after each failure a message is tried again: soon for a hiccup, later for a gateway that is down overnight.

One failure more than there are waits, and the message is given up.
"""


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """``due_at`` is when it is to be tried next; None if nothing is left to do. ``failures``: since it was last begun."""

    failures: int
    is_sent: bool
    is_given_up: bool
    due_at: datetime | None


def delivery_status(asked_at: datetime, attempts: Iterable[tuple[str, datetime]]) -> DeliveryStatus:
    """Where a message stands: asked for at a moment, and then these outcomes with their moments, oldest first."""
    failures, due_at, is_sent, is_given_up = 0, asked_at, False, False
    for outcome, at in attempts:
        if outcome == SendingOutcome.SENT:
            is_sent = True
        elif outcome == SendingOutcome.AGAIN:
            failures, due_at, is_given_up = 0, at, False
        elif outcome == SendingOutcome.GIVEN_UP:
            failures, is_given_up = failures + 1, True
        else:
            due_at = at + WAITS[min(failures, len(WAITS) - 1)]
            failures += 1
    is_given_up = is_given_up and not is_sent
    return DeliveryStatus(failures, is_sent, is_given_up, None if is_sent or is_given_up else due_at)


def outcome_of_failure(before: DeliveryStatus) -> SendingOutcome:
    """What one more failure means."""
    return SendingOutcome.GIVEN_UP if before.failures >= len(WAITS) else SendingOutcome.FAILED
