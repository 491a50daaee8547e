"""收信: every mail in the county's inbox becomes a matter whose clock runs from its arrival, or a message to one that there is.

A mail is marked done after what was made of it is committed, and one seen twice makes nothing twice. What a machine sent by
itself (out of office, undeliverable) is no matter; it stays in the inbox's own folder.
"""

from __future__ import annotations

import hashlib
import logging
import re
import uuid
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from yixian.domain.mail.mail_parser import Mail, MailUnreadable, read_mail
from yixian.kernel.actors import PUBLIC, system_actor
from yixian.kernel.choices import MessageChannel as Way
from yixian.kernel.errors import Invalid, NotFound, YixianError
from yixian.kernel.mailbox import MailboxSettings, open_mailbox
from yixian.kernel.received.receiving import received_of
from yixian.kernel.received.upload import Upload
from yixian.kernel.sending import Message, channels_available, send
from yixian.kernel.throttle import TooManyGuesses
from yixian.matters import limits
from yixian.matters.actions.converse import write_to_office
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.choices import IntakeChannel
from yixian.matters.codes import key_of_source, plain_code
from yixian.matters.intake import Complainant, Submission
from yixian.matters.person_access import MatterCredential

_LOG = logging.getLogger(__name__)
_ACTOR = system_actor("mailbox")
_RECEIPT = re.compile(r"(?:\d[ -]?){16}")


def fetch_mails(*, at: datetime) -> dict[str, int]:
    """Take in every new mail of the inbox, if one is set up (``YIXIAN_MAILBOX_URL``). A tick; one bad mail holds up no other."""
    box = mailbox_settings(settings.YIXIAN_MAILBOX_URL)
    failed = 0
    if box is None:
        return {}
    with open_mailbox(box) as opened:
        for uid, content in opened.fetch_unseen():
            try:
                take_mail(content, at=at)
            except YixianError as error:
                failed += 1
                _LOG.error("a mail could not be taken in: %s", error.key)
            else:
                opened.mark_done(uid)
    return {"failed": failed}


def take_mail(content: bytes, *, at: datetime) -> Receipt | None:
    """Make a matter of a mail, or a message to the matter whose receipt number its subject bears; None for a machine's mail."""
    try:
        mail = read_mail(content)
    except MailUnreadable as error:
        return _unreadable(content, str(error), at)
    if mail.automatic:
        return None
    replied = _RECEIPT.search(mail.subject)
    if replied is not None and _add_to(plain_code(replied.group()), mail, at):
        return None
    receipt = receive_matter(_submission(mail, at), actor=PUBLIC, at=at)
    _acknowledge(receipt, mail, at)
    return receipt


def mailbox_settings(url: str) -> MailboxSettings | None:
    """The inbox that a URL names (``imaps://user:password@host:993/INBOX?done=Archive``); None for an empty one.

    Raises ValueError for a URL that names no host or no user.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise ValueError("YIXIAN_MAILBOX_URL is like imaps://user:password@host:993/INBOX?done=Archive")
    tls = parts.scheme == "imaps"
    return MailboxSettings(
        host=parts.hostname,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        port=parts.port or (993 if tls else 143),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        done_folder=parse_qs(parts.query).get("done", [""])[0],
        tls=tls,
    )


def _submission(mail: Mail, at: datetime) -> Submission:
    files, left = _files(mail)
    words = "\n\n".join(part for part in (mail.subject, mail.text) if part) or _("(an empty mail)")
    if left:
        words = words[: limits.MAX_WORDS - 600]
        words += "\n\n" + _("Attachments that were not taken, still in the inbox: %(names)s") % {
            "names": ", ".join(left)[:500]
        }
    return Submission(
        key=key_of_source(f"mail:{mail.message_id}:{mail.digest}"),
        words=words[: limits.MAX_WORDS],
        channel=IntakeChannel.EMAIL,
        people=(Complainant(mail.sender_name[: limits.MAX_NAME], "", _address(mail)),),
        files=files,
        received_at=min(mail.sent_at, at) if mail.sent_at and (at - mail.sent_at).days < 1 else at,
    )


def _address(mail: Mail) -> str:
    return mail.sent_from if len(mail.sent_from) <= limits.MAX_EMAIL and "@" in mail.sent_from else ""


def _files(mail: Mail) -> tuple[tuple[tuple[str, bytes], ...], list[str]]:
    """The photographs and voice notes among the attachments, as far as they may be kept, and the names of the rest."""
    kept: list[tuple[str, bytes]] = []
    left: list[str] = []
    for name, content in mail.files:
        try:
            received_of([Upload(one, data) for one, data in [*kept, (name, content)]])
        except Invalid:
            left.append(name or "?")
        else:
            kept.append((name, content))
    return tuple(kept), left


def _add_to(code: str, mail: Mail, at: datetime) -> bool:
    files, _left = _files(mail)
    key = uuid.uuid5(key_of_source("reply"), f"{mail.message_id}:{mail.digest}")
    try:
        write_to_office(
            MatterCredential(code=code),
            key,
            (mail.text or mail.subject)[: limits.MAX_WORDS],
            files,
            source="mailbox",
            at=at,
        )
    except (NotFound, TooManyGuesses):
        return False
    return True


def _unreadable(content: bytes, why: str, at: datetime) -> Receipt:
    words = _("A mail came that cannot be read here (%(why)s). Please read it in the inbox itself.") % {
        "why": why
    }
    submission = Submission(
        key=key_of_source(f"mail:{hashlib.sha256(content).hexdigest()}"),
        words=words,
        channel=IntakeChannel.EMAIL,
        anonymous=True,
    )
    return receive_matter(submission, actor=PUBLIC, at=at)


def _acknowledge(receipt: Receipt, mail: Mail, at: datetime) -> None:
    if not receipt.is_new or Way.EMAIL not in channels_available() or not _address(mail):
        return
    words = _(
        "Your mail has arrived. Receipt number: %(code)s. With it you can see at %(address)s/status/ where it stands, and "
        "write more. Keep it like a key."
    ) % {"code": receipt.code_in_fours, "address": settings.YIXIAN_ADDRESS}
    message = Message(
        Way.EMAIL,
        _address(mail),
        words,
        "matter",
        receipt.matter.pk,
        uuid.uuid5(key_of_source("receipt"), receipt.matter.number),
        title=_("Your matter %(number)s") % {"number": receipt.matter.number},
    )
    try:
        send(message, actor=_ACTOR, at=at)
    except Invalid:
        _LOG.warning("a mail could not be acknowledged")
