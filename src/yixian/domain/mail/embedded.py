"""信中之信: mails within a mail, as parts, as files, or pasted into its words, with their encodings undone.

A forwarded mail may stand whole in base64 or quoted-printable, which RFC 2046 forbids and programs do; and whoever pastes a
mail's source pastes its encoding with it. What is shown and what is masked must be the words, not their encoding.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import deque
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from email.policy import compat32
from io import BytesIO
from typing import Final

from yixian.domain.mail.mail_text import text_of

EML: Final = ".eml"
_ENCODED = frozenset({"base64", "quoted-printable"})
_HEAD = re.compile(r"[>\s]*([A-Za-z][A-Za-z0-9-]{0,60}):(.*)")
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{2,}={0,2}")
_QUOTED = re.compile(r"[>\s]*")


def inner_mail(part: Message) -> Message | None:
    """The mail within a ``message/rfc822`` part that stands whole in an encoding, read anew; None for any other."""
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if encoding not in _ENCODED or not isinstance(inner, Message):
        return None
    written = BytesIO()
    BytesGenerator(written, mangle_from_=False, maxheaderlen=0, policy=compat32).flatten(inner)
    return mail_of(undone(written.getvalue(), encoding))


def mail_of(content: bytes) -> Message | None:
    """The mail that bytes are; None where they bear none of a mail's heads."""
    message = message_from_bytes(content, policy=compat32)
    return message if any(message.get(name) for name in ("from", "subject", "date", "received")) else None


def undone(content: bytes, encoding: str) -> bytes:
    """Bytes without their transfer encoding; what is not in it as far as it goes."""
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return content


def with_pasted_mails(text: str) -> str:
    """The text, in which what follows the heads of a pasted mail in base64 or quoted-printable is read.

    Heads are lines ``Name: value`` in a row; their encoding ends with the first line that cannot be in it.
    """
    if "content-transfer-encoding" not in text.lower():
        return text
    shown: list[str] = []
    lines = deque(text.split("\n"))
    heads: dict[str, str] = {}
    while lines:
        line = lines.popleft()
        shown.append(line)
        found = _HEAD.fullmatch(line)
        if found:
            heads[found[1].lower()] = found[2].strip()
            continue
        if _QUOTED.fullmatch(line) and heads.get("content-transfer-encoding", "").lower() in _ENCODED:
            shown.append(_words(lines, heads))
        if not line[:1].isspace() or not line.strip():  # else it goes on with the head above
            heads = {}
    return "\n".join(shown)


def _words(lines: deque[str], heads: dict[str, str]) -> str:
    """The words of the encoded lines that stand first; they are taken away."""
    encoding = heads["content-transfer-encoding"].lower()
    charset = _CHARSET.search(heads.get("content-type", ""))
    taken: list[str] = []
    while lines:
        plain = lines[0].lstrip("> ").rstrip("\r ")
        if plain.startswith("--") or (encoding == "base64" and not _BASE64.fullmatch(plain)):
            break
        taken.append(plain)
        lines.popleft()
    content = undone("\n".join(taken).encode("utf-8", "surrogateescape"), encoding)
    return text_of(content, charset[1] if charset else None)
