"""Messages to invented people, and a gateway that takes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from tests.kernel.sending.servers import Gateway, gateway
from yixian.kernel.actors import system_actor
from yixian.kernel.choices import MessageChannel
from yixian.kernel.models import OutgoingMessage
from yixian.kernel.sending import Message, send

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
SYSTEM = system_actor("test")
NUMBER, ADDRESS = "13800138000", "zhao@example.org"
WORDS = "赵䶮：您反映的事，县水利局已经受理。"


def sms(text: str = WORDS, *, to: str = NUMBER, key: UUID | None = None) -> Message:
    """A text message about matter 7."""
    return Message(MessageChannel.SMS, to, text, "matter", 7, key or uuid4())


def email(
    text: str = WORDS, *, to: str = ADDRESS, title: str = "受理告知", key: UUID | None = None
) -> Message:
    """An e-mail about matter 7."""
    return Message(MessageChannel.EMAIL, to, text, "matter", 7, key or uuid4(), title)


def asked(message: Message | None = None, *, at: datetime = AT) -> OutgoingMessage:
    """A message that was asked for."""
    return send(message or sms(), actor=SYSTEM, at=at)


@pytest.fixture
def phone(settings: Settings, db: None) -> Iterator[Gateway]:
    """Text messages go to a gateway on this machine."""
    with gateway() as running:
        settings.YIXIAN_CHANNELS = {"sms": {"url": running.url, "token": "secret-token"}}
        yield running


@pytest.fixture
def post(settings: Settings, db: None) -> None:
    """E-mail goes to Django's outbox in memory."""
    settings.YIXIAN_CHANNELS = {"email": {"sender": "yixian@example.org", "server": {}}}
