"""邮件往来: which matter a mail belongs to — by the number of the mail that it answers, by a receipt's digits, or by the matter's
own number from the address that the person left.
"""

from __future__ import annotations

import re
import unicodedata
import uuid

from django.db.models import QuerySet

from yixian.domain.mail.mail_parser import Mail
from yixian.kernel.choices import MessageChannel
from yixian.kernel.crypto import keyring
from yixian.kernel.models import OutgoingMessage
from yixian.matters.limits import NUMBER_DIGITS
from yixian.matters.models import MailTaken, Matter, MatterPerson
from yixian.matters.receipt_digits import receipts_in

_MAX_ANSWERED = 50
_LOCAL_PART = re.compile(r"<([0-9a-fA-F-]{36})@")
_NUMBER = re.compile(rf"(?<!\d)\d{{{NUMBER_DIGITS}}}(?!\d)")
_REPLY = re.compile(r"\s*(?:re|aw|sv|fw|fwd|回复|答复|回覆|转发|轉寄)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)


def sender_index(address: str) -> str:
    """The keyed digest of a sender's address, by which their mails are counted and told apart."""
    return keyring().digest(address.strip().lower(), purpose="mail.sender")


def number_index(message_id: str) -> str:
    """The keyed digest of a mail's own number."""
    return keyring().digest(message_id, purpose="mail.number")


def is_ours(mail: Mail) -> bool:
    """Whether a mail is one that this house has sent: it came back, or the inbox is its own recipient."""
    key = _key(mail.message_id)
    return key is not None and OutgoingMessage.objects.filter(key=key).exists()


def answered_matter(mail: Mail) -> Matter | None:
    """The matter to which a mail adds; None for a new one."""
    return (
        _by_our_number(mail)
        or _by_receipt(mail.subject)
        or _by_their_number(mail)
        or _by_matter_number(mail)
        or (_by_receipt(mail.text) if _REPLY.match(mail.subject) else None)
    )


def _by_our_number(mail: Mail) -> Matter | None:
    """It answers a mail of ours. Our numbers cannot be guessed, so that whoever answers one has read it."""
    keys = [key for said in mail.answers[:_MAX_ANSWERED] if (key := _key(said)) is not None]
    rows = OutgoingMessage.objects.filter(
        key__in=keys, subject_kind="matter", channel=MessageChannel.EMAIL
    ).values_list("key", "subject_id")
    found = dict(rows)
    nearest = next((found[key] for key in keys if key in found), None)
    return _matters().filter(pk=nearest).first() if nearest is not None else None


def _by_their_number(mail: Mail) -> Matter | None:
    """It answers an earlier mail of the same sender."""
    numbers = [number_index(said) for said in mail.answers[:_MAX_ANSWERED]]
    rows = MailTaken.objects.filter(number__in=numbers, sender=sender_index(mail.sent_from))
    found = rows.exclude(matter=None).order_by("-pk").values_list("matter_id", flat=True).first()
    return _matters().filter(pk=found).first() if found is not None and mail.sent_from else None


def _by_matter_number(mail: Mail) -> Matter | None:
    """Its subject names a matter of the address that it comes from. The number alone is known to staff and proves nothing."""
    numbers = _NUMBER.findall(unicodedata.normalize("NFKC", mail.subject))
    for matter in _matters().filter(number__in=numbers[:_MAX_ANSWERED]):
        left = (one.email.lower() for one in MatterPerson.objects.filter(matter=matter))
        if mail.sent_from and mail.sent_from.lower() in left:
            return matter
    return None


def _by_receipt(text: str) -> Matter | None:
    return next(iter(receipts_in(text)), None)


def _key(message_id: str) -> uuid.UUID | None:
    found = _LOCAL_PART.match(message_id)
    try:
        return uuid.UUID(found[1]) if found else None
    except ValueError:
        return None


def _matters() -> QuerySet[Matter]:
    return Matter.objects.select_related("area")
