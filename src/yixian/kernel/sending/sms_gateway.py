"""短信网关: an HTTPS address that takes ``{"to", "text", "key"}`` as JSON and answers 2xx when it has taken the message.

Many answer 200 also where they have not, and say so in the body. What a gateway's answer says when it has taken a message is
declared (``YIXIAN_SMS_SUCCESS``); where it is not, a body that names an error is no success.
"""

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
_CODES = frozenset(
    {
        "code",
        "errcode",
        "errorcode",
        "retcode",
        "returncode",
        "resultcode",
        "statuscode",
        "respcode",
        "ret",
        "errno",
    }
)
"""Names under which gateways give the number of what happened."""

_GOOD = frozenset(
    {"", "none", "null", "false", "0", "00", "000", "0000", "00000", "000000", "200", "201", "202", "ok"}
    | {"success", "successful", "accepted", "queued", "sent", "delivered", "pending"}
)
_FLAGS = frozenset({"success", "succeeded", "successful", "issuccess", "ok"})
_STATES = frozenset({"status", "state", "result", "stat"})
_NO = frozenset({"false", "0", "no", "n"})
_FAILED = frozenset(
    {"false", "fail", "failed", "failure", "error", "err", "rejected", "refused", "denied", "invalid", "-1"}
)
_ERRORS = frozenset({"error", "errors", "err", "exception", "fault"})
_REFERENCE = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class GatewayAnswer(Exception):
    """The gateway answered, but not that it has taken the message. ``code`` is the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class GatewayRefused(Exception):
    """The gateway answered 2xx and said in the body that it has not taken the message. ``code`` is its own number, if any."""

    def __init__(self, code: object) -> None:
        super().__init__(code)
        self.code = code if isinstance(code, int) and not isinstance(code, bool) else None


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that sends elsewhere has not taken the message, and elsewhere is not to see it, nor the token."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """A gateway with its bearer token ("" for none), and what its answer says of a message that it has taken: ``field=value``,
    several values parted by ``|``, several fields by ``;``, a field within another by ``.`` ("" where nothing is declared).
    """

    url: str
    token: str
    success: str = ""

    def deliver(self, message: OutgoingMessage) -> str:
        """Hand the message over; ``ref`` or ``id`` of the answer if there is one.

        ``key`` is the same at every attempt, in the body and as ``Idempotency-Key``, so that the gateway can tell that it
        has the message already. Raises `GatewayAnswer`, `GatewayRefused`, or OSError if nothing answers.
        """
        body = {"to": message.recipient, "text": message.text, "key": str(message.key)}
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(message.key)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # the address is the operator's, and config.channels has seen to it that it is HTTP
        request = Request(self.url, json.dumps(body).encode(), headers, method="POST")  # noqa: S310
        try:
            with _opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                answer = response.read(_MAX_ANSWER_BYTES)
                _require_success(_parsed(answer), self.success)
                return _reference(answer, message.recipient)
        except HTTPError as error:
            with error:
                raise GatewayAnswer(error.code) from None


def _parsed(answer: bytes) -> object:
    """What the answer says; None where it is no JSON."""
    try:
        return json.loads(answer)
    except ValueError:
        return None


def _require_success(told: object, declared: str) -> None:
    """Raises `GatewayRefused` where the answer does not say what is declared, or, with nothing declared, names an error."""
    for condition in filter(None, declared.split(";")):
        name, _is, values = condition.partition("=")
        found = _at(told, name.split("."))
        if _said(found) not in {value.strip().lower() for value in values.split("|")}:
            raise GatewayRefused(found)
    if declared or not isinstance(told, dict):
        return
    for name, found in told.items():
        if _is_error(str(name).lower().replace("_", ""), found):
            raise GatewayRefused(_at(found, ["code"]) if isinstance(found, dict) else found)


def _is_error(name: str, found: object) -> bool:
    """Whether a field of an answer says that the message was not taken."""
    said = _said(found)
    if name in _CODES or name in _ERRORS:
        return found not in ([], {}) and said not in _GOOD
    return (name in _FLAGS and said in _NO | _FAILED) or (name in _STATES and said in _FAILED)


def _at(told: object, names: list[str]) -> object:
    """What stands under these names, one within the other; None where nothing does."""
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _said(found: object) -> str:
    return str(found).strip().lower()


def _reference(answer: bytes, recipient: str) -> str:
    """The gateway's number for the message; nothing that could be, or hold, the recipient's."""
    told = _parsed(answer)
    found = str((told.get("ref") or told.get("id") or "") if isinstance(told, dict) else "")
    return found if _REFERENCE.fullmatch(found) and recipient not in found else ""
