"""邮件服务器: e-mail over SMTP, by Django's own backend."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, get_connection

from yixian.kernel.models import OutgoingMessage


class NotTaken(Exception):
    """The server took the message for nobody."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """``sender`` is the address that stands in From; ``server`` what Django's backend is told about the server."""

    sender: str
    server: Mapping[str, Any]

    def deliver(self, message: OutgoingMessage) -> str:
        """Hand the message over. The Message-ID is made from the key: the same at every attempt.

        Raises smtplib.SMTPException, OSError or `NotTaken`.
        """
        domain = self.sender.rpartition("@")[2]
        with closing(
            get_connection(**self.server)
        ) as connection:  # Django leaves it open when a server is refused
            mail = EmailMessage(
                message.title,
                message.text,
                self.sender,
                [message.recipient],
                headers={"Message-ID": f"<{message.key}@{domain}>", "Auto-Submitted": "auto-generated"},
                connection=connection,
            )
            if not mail.send():
                raise NotTaken
        return ""
