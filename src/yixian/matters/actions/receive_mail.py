"""收信: every mail of the county's inbox becomes a matter, an addition to one, or a refusal that is counted and can be looked up.

A mail is marked done after what was made of it is committed, and one seen twice, or come by two ways, makes nothing twice. Clocks
run from its arrival, not from its being read. What a machine sent by itself (out of office, undeliverable) is refused, and what
has to be answered is answered thrice a day to one address at most, so that two machines never talk to each other for long.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from yixian.domain.mail.mail_parser import Mail, MailUnreadable, read_head, read_mail
from yixian.kernel.actors import PUBLIC, system_actor
from yixian.kernel.choices import MessageChannel as Way
from yixian.kernel.errors import Invalid, Refused, YixianError
from yixian.kernel.mailbox import MailboxSettings, open_mailbox
from yixian.kernel.received.receiving import received_of
from yixian.kernel.received.upload import Upload
from yixian.kernel.sending import Message, channels_available, send
from yixian.matters import limits
from yixian.matters.actions.converse import write_to_office
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.choices import IntakeChannel, MailOutcome
from yixian.matters.codes import key_of_source
from yixian.matters.intake import Complainant, Submission
from yixian.matters.mail_threads import answered_matter, is_ours, number_index, sender_index
from yixian.matters.mail_words import mail_text, words_and_rest
from yixian.matters.models import MailTaken, Matter
from yixian.matters.person_access import MatterCredential
from yixian.matters.receipt_digits import without_receipts

ACKNOWLEDGED_A_DAY = 3
"""So many receipts a day go to one address by themselves; whoever writes more often is taken in all the same."""

_LOG = logging.getLogger(__name__)
_ACTOR = system_actor("mailbox")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail, and the receipt where it is a matter."""

    outcome: MailOutcome
    receipt: Receipt | None = None


def fetch_mails(*, at: datetime) -> dict[str, int]:
    """Take in every new mail of the inbox, if one is set up (``YIXIAN_MAILBOX_URL``). A tick; one bad mail holds up no other.

    Returns how many were refused, and how many could not be taken in and stay in the inbox. How many became matters is not
    told: that number would tell of one more.
    """
    box = mailbox_settings(settings.YIXIAN_MAILBOX_URL)
    if box is None:
        return {}
    failed = refused = 0
    with open_mailbox(box) as opened:
        for uid, content in opened.fetch_unseen():
            try:
                taken = take(content, at=at, arrived_at=opened.arrived_at(uid))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with this mail, the next one is taken in
                failed += 1
                key = error.key if isinstance(error, YixianError) else type(error).__name__
                _LOG.error("a mail could not be taken in: %s", key)
            else:
                refused += taken.outcome == MailOutcome.REFUSED
                opened.mark_done(uid)
    return {"failed": failed, "refused": refused}


def take_mail(content: bytes, *, at: datetime, arrived_at: datetime | None = None) -> Receipt | None:
    """Make a matter of a mail, or a message to the matter that it belongs to; the receipt of a matter, else None."""
    return take(content, at=at, arrived_at=arrived_at).receipt


@transaction.atomic
def take(content: bytes, *, at: datetime, arrived_at: datetime | None = None) -> Taken:
    """What becomes of a mail: a matter, an addition to one, or a refusal. ``arrived_at`` is when the inbox's server took it.

    One that was taken in before is taken for the same again.
    """
    why = ""
    try:
        mail = read_mail(content)
    except MailUnreadable as error:
        mail, why = read_head(content), str(error)
    arrived = _arrived(mail, arrived_at, at)
    refusal = "own" if is_ours(mail) else mail.automatic
    if refusal:
        _note(mail, MailOutcome.REFUSED, arrived, at, reason=refusal)
        return Taken(MailOutcome.REFUSED)
    before = MailTaken.objects.filter(said=_said(mail)).first()
    matter = before.matter if before is not None else answered_matter(mail)
    if before is not None and before.outcome == MailOutcome.MATTER:
        matter = None
    if matter is not None and not why and _add_to(matter, mail, at):
        _note(mail, MailOutcome.ADDED, arrived, at, matter=matter)
        return Taken(MailOutcome.ADDED)
    submission, rest = _submission(mail, arrived, why)
    source = f"mail:{sender_index(mail.sent_from)}" if mail.sent_from else ""
    receipt = receive_matter(submission, source=source, actor=PUBLIC, at=at)
    _write_rest(receipt.matter, submission.key, rest, at)
    answered = receipt.is_new and _acknowledge(receipt, mail, len(rest), at)
    _note(mail, MailOutcome.MATTER, arrived, at, matter=receipt.matter, acknowledged=answered)
    return Taken(MailOutcome.MATTER, receipt)


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


def _arrived(mail: Mail, arrived_at: datetime | None, at: datetime) -> datetime:
    """When it came: as the inbox's server says, else as the last server that handed it on wrote; the sender's own clock is
    believed for a day.
    """
    told = arrived_at or mail.arrived_at
    if told is None and mail.sent_at is not None and at - mail.sent_at < timedelta(days=1):
        told = mail.sent_at
    return min(told, at) if told is not None else at


def _submission(mail: Mail, arrived: datetime, why: str) -> tuple[Submission, list[str]]:
    """The matter of a mail, and what goes on beyond the words that one matter holds."""
    files, left = _files(mail)
    words, rest = words_and_rest(
        "\n\n".join(part for part in (mail.subject, mail_text(mail)) if part), left, why
    )
    submission = Submission(
        key=key_of_source(f"mail:{mail.message_id}:{mail.said}"),
        words=words,
        channel=IntakeChannel.EMAIL,
        people=() if not _sender(mail).name + _sender(mail).email else (_sender(mail),),
        anonymous=not _sender(mail).name + _sender(mail).email,
        files=files,
        received_at=arrived,
    )
    return submission, rest


def _sender(mail: Mail) -> Complainant:
    """Who wrote, with the address if a mail can go there; else with the address as it stands beside the name."""
    if _address(mail):
        return Complainant(mail.sender_name[: limits.MAX_NAME], "", _address(mail))
    shown = " ".join(part for part in (mail.sender_name, mail.sent_from) if part)
    return Complainant(shown[: limits.MAX_NAME])


def _address(mail: Mail) -> str:
    """The sender's address if it is one; "" where no answer could reach them."""
    if len(mail.sent_from) > limits.MAX_EMAIL:
        return ""
    try:
        validate_email(mail.sent_from)
    except ValidationError:
        return ""
    return mail.sent_from


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


def _add_to(matter: Matter, mail: Mail, at: datetime) -> bool:
    """Add a mail to the matter that it belongs to; False where the matter takes nothing, and the mail becomes its own."""
    files, left = _files(mail)
    words, rest = words_and_rest(mail_text(mail) or mail.subject, left)
    key = uuid.uuid5(key_of_source("reply"), f"{mail.message_id}:{mail.said}")
    try:
        with transaction.atomic():
            write_to_office(
                MatterCredential(code=matter.code),
                key,
                words,
                files,
                source="mail",
                ends_wait=not mail.unanswered,
                at=at,
            )
            _write_rest(matter, key, rest, at)
    except (Invalid, Refused):
        return False
    return True


def _write_rest(matter: Matter, key: uuid.UUID, rest: list[str], at: datetime) -> None:
    """What did not fit into the first words, in messages below them."""
    for place, piece in enumerate(rest):
        if piece.strip():
            part = uuid.uuid5(key, f"part:{place}")
            write_to_office(MatterCredential(code=matter.code), part, piece, source="mail", at=at)


def _said(mail: Mail) -> str:
    return number_index(f"{mail.message_id}:{mail.said}")


def _note(
    mail: Mail,
    outcome: MailOutcome,
    arrived: datetime,
    at: datetime,
    *,
    reason: str = "",
    matter: Matter | None = None,
    acknowledged: bool = False,
) -> None:
    """Write down what became of a mail, once however often it is seen."""
    refused = outcome == MailOutcome.REFUSED
    MailTaken.objects.get_or_create(
        said=_said(mail),
        defaults={
            "number": number_index(mail.message_id),
            "sender": sender_index(mail.sent_from),
            "arrived_at": arrived,
            "at": at,
            "outcome": outcome,
            "reason": reason,
            "matter": matter,
            "acknowledged": acknowledged,
            "shown_subject": without_receipts(mail.subject) if refused else "",
            "shown_sender": mail.sent_from if refused else "",
        },
    )


def _acknowledge(receipt: Receipt, mail: Mail, more: int, at: datetime) -> bool:
    """Send the receipt, if a machine may answer this mail and has not answered its sender too often today."""
    lately = MailTaken.objects.filter(
        sender=sender_index(mail.sent_from), acknowledged=True, at__gt=at - timedelta(days=1)
    )
    if Way.EMAIL not in channels_available() or not _address(mail) or mail.unanswered:
        return False
    if lately.count() >= ACKNOWLEDGED_A_DAY:
        _LOG.warning("a mail was not acknowledged: its sender has been answered often enough today")
        return False
    words = _(
        "Your mail has arrived. Receipt number: %(code)s. With it you can see at %(address)s/status/ where it stands, and "
        "write more. Keep it like a key."
    ) % {"code": receipt.code_in_fours, "address": settings.YIXIAN_ADDRESS}
    if more:
        words += " " + _("Your mail is long: all of it was kept, in several parts.")
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
        return False
    return True
