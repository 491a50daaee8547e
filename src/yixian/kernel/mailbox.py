"""收件箱: the mails of an IMAP inbox, one after another, each taken off the list only when it is safely kept.

A mail is handed over at least once: if the line breaks between keeping it and saying so, the next look brings it again.
Whoever takes mails in keeps one of the same `Mail.message_id` once.

::

    with open_mailbox(settings) as box:
        for uid, content in box.fetch_unseen():
            keep(content)          # committed when this returns
            box.mark_done(uid)
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.domain.mail.mail_parser import MAX_BYTES
from yixian.kernel.errors import Refused

_BROKEN = (imaplib.IMAP4.error, OSError, EOFError, ValueError)
"""What a connection ends in; `imaplib` raises ValueError where a server answers nonsense."""


class MailboxUnreachable(Refused):
    """The inbox cannot be read now: no connection, a wrong password, or the line broke (``mailbox.unreachable``)."""


_INTERNALDATE = re.compile(rb'INTERNALDATE "([^"]{10,40})"')


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """Where the inbox is. With ``done_folder`` every mail in ``folder`` is new, read by somebody or not, and is moved
    there when it is done; without, the unread ones are new and are marked read. ``timeout`` in seconds for each answer.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    folder: str = "INBOX"
    done_folder: str = ""
    tls: bool = True
    timeout: float = 30.0


@contextmanager
def open_mailbox(settings: MailboxSettings) -> Iterator[Mailbox]:
    """The inbox while the block runs. Raises `MailboxUnreachable`, here and from everything done with it."""
    with _line_may_break():
        connection = _connected(settings)
    try:
        with _line_may_break():
            abilities = _enter(connection, settings)
        yield Mailbox(connection, settings, abilities)
    finally:
        _leave(connection)


class Mailbox:
    """An inbox that was opened."""

    def __init__(
        self, connection: imaplib.IMAP4, settings: MailboxSettings, abilities: frozenset[str]
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._abilities = abilities

    def fetch_unseen(self) -> Iterator[tuple[str, bytes]]:
        """The uid and the bytes of each new mail, oldest first, each fetched when it is asked for.

        Nothing is marked by it. Of a mail beyond what `read_mail` takes, one byte more than that is fetched, so that it is
        refused there and not lost here. A mail that somebody removed meanwhile is passed over.
        """
        looked_for = "UNDELETED" if self._settings.done_folder else "UNSEEN UNDELETED"
        with _line_may_break():
            found = _answer(self._connection.uid("SEARCH", looked_for))
        for uid in sorted(_uids(found), key=int):
            content = self._content(uid)
            if content is not None:
                yield uid, content

    def arrived_at(self, uid: str) -> datetime | None:
        """When the server took a mail in (INTERNALDATE, RFC 3501); None where it does not say."""
        try:
            parts = _answer(self._connection.uid("FETCH", uid, "(INTERNALDATE)"))
        except imaplib.IMAP4.error:
            return None
        for part in parts:
            told = part[0] if isinstance(part, tuple) else part
            found = _INTERNALDATE.search(told) if isinstance(told, bytes) else None
            if found is not None:
                return _moment(found[1].decode("ascii", "replace"))
        return None

    def mark_done(self, uid: str) -> None:
        """Take a mail off the list. Call it after what was made of the mail is committed; twice does no harm."""
        with _line_may_break():
            if self._settings.done_folder:
                self._move(uid)
            else:
                _answer(self._connection.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))

    def _content(self, uid: str) -> bytes | None:
        with _line_may_break():
            parts = _answer(self._connection.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES + 1}>)"))
        for part in parts:
            if isinstance(part, tuple) and b"BODY[]" in part[0]:
                return bytes(part[1])
        return None

    def _move(self, uid: str) -> None:
        """Moved in one step where the server can; else copied, and struck off without touching anybody's other mails."""
        folder = _quoted(self._settings.done_folder)
        if "MOVE" in self._abilities:
            _answer(self._connection.uid("MOVE", uid, folder))
            return
        _answer(self._connection.uid("COPY", uid, folder))
        _answer(self._connection.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)"))
        if "UIDPLUS" in self._abilities:
            _answer(self._connection.uid("EXPUNGE", uid))


def _connected(settings: MailboxSettings) -> imaplib.IMAP4:
    if settings.tls:
        return imaplib.IMAP4_SSL(
            settings.host,
            settings.port,
            ssl_context=ssl.create_default_context(),
            timeout=settings.timeout,
        )
    return imaplib.IMAP4(settings.host, settings.port, timeout=settings.timeout)


def _enter(connection: imaplib.IMAP4, settings: MailboxSettings) -> frozenset[str]:
    """Log in and open the folder; what the server can do, which many say only to those who are in.

    Some large providers here open no folder before the program has said its name (RFC 2971).
    """
    _answer(connection.login(settings.user, settings.password))
    said = b" ".join(part for part in _answer(connection.capability()) if isinstance(part, bytes))
    abilities = frozenset(said.decode("ascii", "replace").upper().split())
    if "ID" in abilities:
        connection.xatom("ID", '("name" "yixian")')
    _answer(connection.select(_quoted(settings.folder)))
    return abilities


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except _BROKEN:
        connection.shutdown()


@contextmanager
def _line_may_break() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise MailboxUnreachable("mailbox.unreachable", _("The inbox cannot be read now.")) from error


def _answer(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    """What the server answered. Raises `imaplib.IMAP4.error` where it said no."""
    kind, parts = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(parts)
    return parts


def _moment(told: str) -> datetime | None:
    try:
        return datetime.strptime(told.strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None


def _uids(found: Sequence[object]) -> set[str]:
    words = b" ".join(part for part in found if isinstance(part, bytes)).split()
    return {word.decode() for word in words if word.isdigit()}


def _quoted(folder: str) -> str:
    """A folder's name as IMAP wants it: quoted, and outside ASCII in its own UTF-7 (RFC 3501, 5.1.3)."""
    return '"' + _utf7(folder).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(name: str) -> str:
    written = ""
    foreign = ""
    for character in [*name, ""]:
        if character and not " " <= character <= "~":
            foreign += character
            continue
        if foreign:
            written += "&" + _shifted(foreign) + "-"
            foreign = ""
        written += "&-" if character == "&" else character
    return written


def _shifted(text: str) -> str:
    return text.encode("utf-7").decode()[1:].rstrip("-").replace("/", ",")
