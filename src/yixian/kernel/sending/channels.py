"""通道: the ways of sending that this installation has set up (setting ``YIXIAN_CHANNELS``), each ready to be used."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.conf import settings

from yixian.kernel.choices import MessageChannel
from yixian.kernel.models import OutgoingMessage
from yixian.kernel.sending.folder_transport import FolderTransport
from yixian.kernel.sending.mail_server import MailServer
from yixian.kernel.sending.sms_gateway import SmsGateway


class Transport(Protocol):
    """Whatever takes a message away."""

    def deliver(self, message: OutgoingMessage) -> str:
        """Hand the message over; the other side's own number for it, or "". Raises anything if it was not taken."""


def channels_available() -> frozenset[MessageChannel]:
    """The ways of sending that are set up. What is not among them must not be offered to anybody."""
    return frozenset(MessageChannel(name) for name in settings.YIXIAN_CHANNELS)


def transport_of(channel: MessageChannel) -> Transport:
    """What takes messages of a channel that is set up. Raises KeyError for another."""
    told = settings.YIXIAN_CHANNELS[channel.value]
    if "outbox" in told:
        return FolderTransport(Path(told["outbox"]))
    if channel == MessageChannel.SMS:
        return SmsGateway(told["url"], told["token"], told.get("success", ""))
    return MailServer(told["sender"], told["server"])
