"""通知通道: what the environment says about sending, read once and refused at the start if it makes no sense."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_FILE = "file:"
_SUCCESS = re.compile(r"[\w.-]{1,60}=[^;=]{1,120}")
_TIMEOUT_SECONDS = 10
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def channel_settings(
    environment: Mapping[str, str], outbox: Path, *, invented: bool = False
) -> dict[str, dict[str, Any]]:
    """The channels that are set up, "sms" and "email", each with what its transport must know.

    ``invented``: the people of this home folder are. Their numbers may be somebody's, so whatever is set, every message
    goes into the outbox. Raises ValueError for an address that cannot be used or would carry secrets in the open.
    """
    if invented:
        return {"sms": {"outbox": str(outbox)}, "email": {"outbox": str(outbox)}}
    sms, email = environment.get("YIXIAN_SMS_URL", ""), environment.get("YIXIAN_EMAIL_URL", "")
    found: dict[str, dict[str, Any]] = {}
    if sms:
        token = environment.get("YIXIAN_SMS_TOKEN", "")
        success = environment.get("YIXIAN_SMS_SUCCESS", "")
        found["sms"] = {"outbox": str(outbox)} if sms == _FILE else _gateway(sms, token, success)
    if email:
        found["email"] = {"outbox": str(outbox)} if email == _FILE else _mail_server(email)
    return found


def _gateway(url: str, token: str, success: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if not parts.hostname or not _is_private(parts, secure="https", plain="http"):
        raise ValueError(
            "YIXIAN_SMS_URL must begin with https:// (http:// on this machine only), or be file:"
        )
    if not token.isascii() or any(character.isspace() for character in token):
        raise ValueError("YIXIAN_SMS_TOKEN must be one word of plain characters")
    if success and not all(_SUCCESS.fullmatch(part) for part in success.split(";")):
        raise ValueError("YIXIAN_SMS_SUCCESS must be like code=0 or code=0|200;data.status=ok")
    return {"url": url, "token": token} | ({"success": success} if success else {})


def _mail_server(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise ValueError("YIXIAN_EMAIL_URL must be smtp+tls://user:password@host:port, smtp+ssl://… or file:")
    if parts.scheme == "smtp" and parts.hostname not in _LOOPBACK:
        raise ValueError(
            "YIXIAN_EMAIL_URL: smtp:// is not encrypted and for this machine only; use smtp+tls://"
        )
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user])[-1]
    if sender.count("@") != 1 or not sender.isprintable():
        raise ValueError("YIXIAN_EMAIL_URL must say who sends: end it with ?from=yixian@example.gov.cn")
    return {
        "sender": sender,
        "server": {
            "host": parts.hostname,
            "port": parts.port or _MAIL_PORTS[parts.scheme],
            "username": user,
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtp+ssl",
            "timeout": _TIMEOUT_SECONDS,
        },
    }


def _is_private(parts: SplitResult, *, secure: str, plain: str) -> bool:
    """Whether nobody on the way can read it."""
    return parts.scheme == secure or (parts.scheme == plain and parts.hostname in _LOOPBACK)
