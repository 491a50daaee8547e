"""读邮件: from the bytes of a mail to what a person would read in it.

Nothing in a mail is proof of anything: who it says it is from, when, and under which number are claims of whoever sent it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from yixian.domain.errors import DomainError, gettext_noop
from yixian.domain.mail.automatic import automatic_kind, must_not_be_answered
from yixian.domain.mail.embedded import EML, inner_mail, mail_of, with_pasted_mails
from yixian.domain.mail.few_bytes import Unclear, read_few
from yixian.domain.mail.html_text import page_text
from yixian.domain.mail.mail_text import charset_name, header_text, repaired, text_of
from yixian.domain.text import plain_text

MAX_BYTES: Final = 75 * 1024 * 1024
"""Fifty megabytes of files are some seventy on their way."""

MAX_FILE_BYTES: Final = 50 * 1024 * 1024
MAX_PARTS: Final = 20
MAX_DEPTH: Final = 8
MAX_TEXT_BYTES: Final = 1024 * 1024
_MAX_BOUNDARIES = 200
_MAX_HEAD_LENGTH = 500
_MAX_HEADS = 256 * 1024
_MAX_NAME_LENGTH = 120

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_PATH = re.compile(r".*[\\/]", re.DOTALL)
_RECEIVED = "received"
_MAILS = frozenset({"message/rfc822", "message/global"})


class MailUnreadable(DomainError):
    """A mail that is not read by itself and waits for a person; ``key`` says why (``mail.*``)."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was read.

    ``message_id`` is its own number, or ``sha256:`` with the digest of its bytes where it has none. Two different mails may
    bear one number: where that matters, ``digest`` tells them apart. ``sent_from`` is the bare address, "" where there is
    none. ``text`` went through `plain_text`. ``files`` are names without folders, and bytes as they came, of which nothing
    is believed yet. ``sent_at`` is the sender's own claim and has an offset; None where the mail does not say. ``arrived_at`` is
    when the last server took it in, by its uppermost Received line. ``automatic`` is why it is no person's mail ("" if it
    may be one): ``auto_reply``, ``undeliverable``, ``receipt`` or ``bulk``. ``unanswered`` ones are read, but no machine
    must answer them. ``answers`` are the numbers of the mails that it answers, the nearest first. ``said`` is the digest of
    what it says and brings, the same for copies of it that came by different ways. ``unclear`` are texts of a few bytes whose
    encoding cannot be known; they do not stand in ``text``.
    """

    message_id: str
    sent_from: str
    subject: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()
    sent_at: datetime | None = None
    sender_name: str = ""
    automatic: str = ""
    digest: str = ""
    arrived_at: datetime | None = None
    unanswered: bool = False
    answers: tuple[str, ...] = ()
    said: str = ""
    unclear: tuple[Unclear, ...] = ()


def read_mail(content: bytes) -> Mail:
    """The mail that ``content`` (RFC 5322) holds.

    An HTML body is read where there is no plain one; quoted mails stay in the text, forwarded ones are read with it.
    Raises `MailUnreadable`, and nothing else: ``mail.large`` beyond 75 MB or 50 MB of files, ``mail.parts`` beyond twenty
    parts, ``mail.deep`` beyond eight levels, ``mail.long`` beyond a megabyte of text, ``mail.damaged`` for what is no mail.
    """
    if len(content) > MAX_BYTES:
        raise MailUnreadable("mail.large", gettext_noop("The mail is too large."))
    if content.lower().count(b"boundary") > _MAX_BOUNDARIES:
        raise MailUnreadable("mail.parts", gettext_noop("The mail has too many parts."))
    try:
        return _read(content)
    except MailUnreadable:
        raise
    except Exception as error:
        raise MailUnreadable("mail.damaged", gettext_noop("The mail cannot be read.")) from error


def read_head(content: bytes) -> Mail:
    """What the heads alone say of a mail that `read_mail` refuses, with neither text nor files. It raises nothing."""
    digest = hashlib.sha256(content).hexdigest()
    head = re.split(rb"\r?\n\r?\n", content[:_MAX_HEADS], maxsplit=1)[0]
    try:
        found = _read(head + b"\r\n\r\n")
    except Exception:  # noqa: BLE001 - nothing of it can be read
        return Mail(f"sha256:{digest}", "", "", "", digest=digest, said=digest)
    number = found.message_id if _MESSAGE_ID.fullmatch(found.message_id) else f"sha256:{digest}"
    return replace(found, message_id=number, text="", files=(), digest=digest, said=digest)


def _read(content: bytes) -> Mail:
    message = message_from_bytes(
        content, policy=compat32
    )  # the newer policy stumbles over heads written in GBK
    headers = _Headers(message)
    if not (headers.first("from") or headers.first("subject") or headers.first("date")):
        raise MailUnreadable("mail.damaged", gettext_noop("The mail cannot be read."))
    body = _Body()
    body.take(message)
    name, address = parseaddr(headers.first("from"))
    digest = hashlib.sha256(content).hexdigest()
    subject = _short(headers.first("subject"))
    text = plain_text("\n\n".join(text for text in body.texts if text.strip()))
    return Mail(
        message_id=_number(headers.first("message-id"), digest),
        sent_from=_short(address),
        subject=subject,
        text=text,
        files=tuple(body.files),
        sent_at=_moment(headers.first("date")),
        sender_name=_short(name),
        automatic=automatic_kind(message, headers.first, address, subject),
        digest=digest,
        arrived_at=_moment(headers.first(_RECEIVED).rpartition(";")[2]),
        unanswered=must_not_be_answered(headers.first, address, text),
        answers=_answered(headers),
        said=_said(address, subject, text, [*body.files, *(("", few.content) for few in body.unclear)]),
        unclear=tuple(body.unclear),
    )


def _answered(headers: _Headers) -> tuple[str, ...]:
    """The numbers under In-Reply-To, and under References from the last to the first."""
    nearest = _MESSAGE_ID.findall(headers.first("in-reply-to"))
    return tuple(dict.fromkeys([*nearest, *reversed(_MESSAGE_ID.findall(headers.first("references")))]))


def _said(address: str, subject: str, text: str, files: list[tuple[str, bytes]]) -> str:
    """The digest of what a mail says and brings, whoever handed it on and when."""
    told = hashlib.sha256(f"{address.lower()}\0{subject}\0{text}".encode())
    for name, content in files:
        told.update(f"\0{name}\0{hashlib.sha256(content).hexdigest()}".encode())
    return told.hexdigest()


class _Headers:
    """The heads of a mail as they stand, not as the library reads them: it refuses what is written in GBK."""

    def __init__(self, message: Message) -> None:
        self._heads: dict[str, str] = {}
        for name, value in message.raw_items():
            self._heads.setdefault(name.lower(), str(value))

    def raw(self, name: str) -> str:
        return self._heads.get(name, "")

    def first(self, name: str) -> str:
        return header_text(self.raw(name))


@dataclass(slots=True)
class _Body:
    """What the parts of a mail hold, in their order."""

    texts: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    parts: int = 0
    file_bytes: int = 0

    def take(self, part: Message, depth: int = 0, *, files_only: bool = False) -> None:
        """Read a part and those inside it."""
        if depth > MAX_DEPTH:
            raise MailUnreadable("mail.deep", gettext_noop("The mail has parts within parts without end."))
        if part.is_multipart():
            self._take_inner(part, depth + 1, files_only=files_only)
            return
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise MailUnreadable("mail.parts", gettext_noop("The mail has too many parts."))
        name = _file_name(part)
        attached = mail_of(_bytes(part)) if name is not None and name.lower().endswith(EML) else None
        if attached is not None:
            self._take_mail(attached, depth + 1, files_only=files_only)
        elif name is not None:
            self._take_file(name or f"{self.parts}", _bytes(part))
        elif not files_only:
            self._take_text(part, _bytes(part))

    def _take_inner(self, part: Message, depth: int, *, files_only: bool) -> None:
        inner = list(_inner(part))
        if part.get_content_type() in _MAILS and inner:
            self._take_mail(inner_mail(part) or inner[0], depth, files_only=files_only)
            return
        plain = _plain_form(inner) if part.get_content_type() == "multipart/alternative" else None
        for one in inner:
            said_already = plain is not None and one is not plain
            self.take(one, depth, files_only=files_only or said_already)

    def _take_mail(self, message: Message, depth: int, *, files_only: bool) -> None:
        """Read a mail within this one, below what stands over it."""
        if not files_only:
            self.texts.append(_forwarded(message))
        self.take(message, depth, files_only=files_only)

    def _take_text(self, part: Message, content: bytes) -> None:
        if len(content) > MAX_TEXT_BYTES:
            raise MailUnreadable("mail.long", gettext_noop("The mail has more than a megabyte of text."))
        charset = _parameter(part, "content-type", "charset")
        few = read_few(charset_name(charset), content)
        if isinstance(few, Unclear):
            self.unclear.append(few)
            return
        text = text_of(content, charset)
        is_page = part.get_content_subtype() == "html"
        self.texts.append(page_text(text) if is_page else with_pasted_mails(text))

    def _take_file(self, name: str, content: bytes) -> None:
        self.file_bytes += len(content)
        if self.file_bytes > MAX_FILE_BYTES:
            raise MailUnreadable("mail.large", gettext_noop("The mail is too large."))
        self.files.append((name, content))


def _inner(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (one for one in payload if isinstance(one, Message))


def _plain_form(inner: list[Message]) -> Message | None:
    """Of the forms in which the same is said, the plain one, if it says anything."""
    return next(
        (one for one in inner if one.get_content_type() == "text/plain" and _bytes(one).strip()), None
    )


def _forwarded(message: Message) -> str:
    """What stands over a forwarded mail."""
    headers = _Headers(message)
    return "\n".join(
        f">> {said}"
        for said in (headers.first("from"), headers.first("date"), headers.first("subject"))
        if said
    )


def _file_name(part: Message) -> str | None:
    """The name of a part that is a file, "" for one without a name; None for a part that is text to read."""
    name = _parameter(part, "content-disposition", "filename") or _parameter(part, "content-type", "name")
    kind = str(part.get("content-disposition", "")).strip().lower()
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    if is_text and name is None and not kind.startswith("attachment"):
        return None
    shown = plain_text(header_text(name or ""))
    return _PATH.sub("", shown).strip(" .\n\t")[:_MAX_NAME_LENGTH]


def _parameter(part: Message, header: str, name: str) -> str | None:
    """What a head of a part says under a name, also where it is in pieces or in a charset of its own (RFC 2231)."""
    alone = Message()
    alone[header] = repaired(_Headers(part).raw(header))
    value = alone.get_param(name, None, header)
    if isinstance(value, tuple):
        charset, _language, written = value
        return text_of(written.encode("raw-unicode-escape"), charset)
    return value


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _number(said: str, digest: str) -> str:
    found = _MESSAGE_ID.search(said)
    return found[0] if found else f"sha256:{digest}"


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _short(text: str) -> str:
    return plain_text(text).replace("\n", " ").replace("\t", " ")[:_MAX_HEAD_LENGTH].strip()
