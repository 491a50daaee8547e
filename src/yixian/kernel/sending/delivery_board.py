"""通知的情况: how each channel is doing, in numbers. Nobody on this board sees a recipient or a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.choices import MessageChannel, SendingOutcome
from yixian.kernel.models import SendingAttempt, WaitingMessage
from yixian.kernel.permission import require
from yixian.kernel.roles import ADMINISTRATORS
from yixian.kernel.sending.channels import channels_available
from yixian.kernel.sending.queue import delivery_statuses

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel at a moment. ``waiting`` were not tried yet, ``failing`` failed and are tried again, ``given_up`` are not.

    ``errors``: the classes of the errors that messages were given up for, the most frequent first.
    """

    channel: MessageChannel
    is_set_up: bool
    waiting: int
    failing: int
    sent_today: int
    given_up: int
    errors: tuple[tuple[str, int], ...]


def delivery_board(actor: Actor, *, at: datetime) -> list[ChannelView]:
    """Every channel, set up or not, for administrators. Raises `NotPermitted`."""
    require(actor, ADMINISTRATORS)
    return [_channel_view(channel, at) for channel in MessageChannel]


def given_up(channel: MessageChannel) -> QuerySet[SendingAttempt]:
    """The attempts at which messages of a channel were given up: nothing came after, and none was ever sent."""
    others = SendingAttempt.objects.filter(message=OuterRef("message"))
    settled = others.filter(Q(pk__gt=OuterRef("pk")) | Q(outcome=SendingOutcome.SENT))
    return SendingAttempt.objects.filter(
        ~Exists(settled), message__channel=channel, outcome=SendingOutcome.GIVEN_UP
    )


def _channel_view(channel: MessageChannel, at: datetime) -> ChannelView:
    waiting = delivery_statuses(WaitingMessage.objects.filter(message__channel=channel)).values()
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = SendingAttempt.objects.filter(
        message__channel=channel, outcome=SendingOutcome.SENT, at__gte=midnight, at__lt=midnight + DAY
    )
    errors = Counter(given_up(channel).values_list("error", flat=True))
    return ChannelView(
        channel=channel,
        is_set_up=channel in channels_available(),
        waiting=sum(one.failures == 0 for one in waiting),
        failing=sum(one.failures > 0 for one in waiting),
        sent_today=sent.count(),
        given_up=errors.total(),
        errors=tuple(errors.most_common()),
    )
