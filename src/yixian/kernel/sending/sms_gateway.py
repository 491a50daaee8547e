"""短信网关: an HTTPS address that takes ``{"to", "text", "key"}`` as JSON and answers 2xx when it has taken the message."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from yixian.kernel.models import OutgoingMessage

TIMEOUT_SECONDS = 10
_MAX_ANSWER_BYTES = 10_000
_REFERENCE = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class GatewayAnswer(Exception):
    """The gateway answered, but not that it has taken the message. ``code`` is the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that sends elsewhere has not taken the message, and elsewhere is not to see it, nor the token."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """A gateway with its bearer token ("" for none)."""

    url: str
    token: str

    def deliver(self, message: OutgoingMessage) -> str:
        """Hand the message over; ``ref`` or ``id`` of the answer if there is one.

        ``key`` is the same at every attempt, in the body and as ``Idempotency-Key``, so that the gateway can tell that it
        has the message already. Raises `GatewayAnswer`, or OSError if nothing answers.
        """
        body = {"to": message.recipient, "text": message.text, "key": str(message.key)}
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(message.key)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # the address is the operator's, and config.channels has seen to it that it is HTTP
        request = Request(self.url, json.dumps(body).encode(), headers, method="POST")  # noqa: S310
        try:
            with _opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return _reference(response.read(_MAX_ANSWER_BYTES), message.recipient)
        except HTTPError as error:
            with error:
                raise GatewayAnswer(error.code) from None


def _reference(answer: bytes, recipient: str) -> str:
    """The gateway's number for the message; nothing that could be, or hold, the recipient's."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    found = str((told.get("ref") or told.get("id") or "") if isinstance(told, dict) else "")
    return found if _REFERENCE.fullmatch(found) and recipient not in found else ""
