"""一条通知: what a room hands over to be sent, and what it must be like so that it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from yixian.domain.identity import IdentityError, normalise_phone
from yixian.kernel.choices import MessageChannel
from yixian.kernel.errors import Invalid

SMS_LIMIT = 500
"""Characters of a text message, which a gateway cuts into some seven parts."""

EMAIL_LIMIT = 20_000
TITLE_LIMIT = 150
_ADDRESS_LIMIT = 254


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one recipient: a mobile number or an e-mail address.

    ``key`` belongs to the occasion, not to the call: whoever asks again because they do not know whether they asked uses the
    same key. ``subject_kind`` and ``subject_id`` name what it is about. ``title`` is for e-mail alone.
    """

    channel: MessageChannel
    recipient: str
    text: str
    subject_kind: str
    subject_id: int
    key: UUID
    title: str = ""


def checked(message: Message) -> Message:
    """The message with its recipient in one form only. Raises `Invalid`, naming the field."""
    text, title = message.text.strip(), message.title.strip()
    if not text:
        raise Invalid("sending.empty", _("The message is empty."), field="text")
    if message.channel == MessageChannel.SMS:
        if len(text) > SMS_LIMIT:
            raise Invalid(
                "sending.sms_long", _("A text message has five hundred characters at most."), field="text"
            )
        return replace(message, recipient=_mobile(message.recipient), text=text, title="")
    if len(text) > EMAIL_LIMIT:
        raise Invalid(
            "sending.email_long", _("An e-mail has twenty thousand characters at most."), field="text"
        )
    _require_one_line(title)
    return replace(message, recipient=_address(message.recipient), text=text, title=title)


def _mobile(text: str) -> str:
    try:
        number = normalise_phone(text)
    except IdentityError:
        number = ""
    if not number.startswith("1"):  # a landline is written with its area code, which begins with 0
        raise Invalid(
            "sending.mobile", _("A text message goes to a mobile number of 11 digits."), field="recipient"
        )
    return number


def _address(text: str) -> str:
    """The address; what is not one line of plain characters could smuggle in other recipients."""
    address = text.strip(" ")
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("sending.email", _("This is no e-mail address."), field="recipient") from error
    if len(address) > _ADDRESS_LIMIT or not address.isprintable():
        raise Invalid("sending.email", _("This is no e-mail address."), field="recipient")
    return address


def _require_one_line(title: str) -> None:
    if not title or len(title) > TITLE_LIMIT or not title.isprintable():
        raise Invalid("sending.title", _("An e-mail needs a subject of one line."), field="title")
