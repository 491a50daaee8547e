"""邮件的话: what a mail says as the words of a matter, and what is to be said about it below them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yixian.domain.mail.mail_parser import Mail
from yixian.matters import limits
from yixian.matters.receipt_digits import without_receipts

_NOTED = 700
"""Characters kept free for what is said about a mail below its own words."""


def mail_text(mail: Mail) -> str:
    """What it says. Of a few bytes whose encoding cannot be known, the bytes themselves and what they may say."""
    unclear = [
        _(
            "%(count)s bytes came in an encoding that cannot be known: %(bytes)s (hexadecimal). They may say: %(readings)s. "
            "The mail itself is still in the inbox."
        )
        % {
            "count": len(few.content),
            "bytes": few.content.hex(" ").upper(),
            "readings": " / ".join(few.readings) or "?",
        }
        for few in mail.unclear
    ]
    return "\n\n".join(part for part in (mail.text, *unclear) if part)


def words_and_rest(text: str, left: list[str], why: str = "") -> tuple[str, list[str]]:
    """The first words of a mail with what is to be said about it, and the rest in pieces: nothing is cut off."""
    words = without_receipts(text).strip()
    notes = []
    if why:
        notes.append(
            _("A mail came that cannot be read here (%(why)s). Please read it in the inbox itself.")
            % {"why": why}
        )
    elif not words:
        words = _("(an empty mail)")
    if left:
        named = {"names": ", ".join(left)[: _NOTED // 2]}
        notes.append(_("Attachments that were not taken, still in the inbox: %(names)s") % named)
    room = limits.MAX_WORDS - (_NOTED if notes else 0)
    rest = []
    if len(words) > room:
        room = limits.MAX_WORDS - _NOTED
        rest = [
            words[start : start + limits.MAX_WORDS] for start in range(room, len(words), limits.MAX_WORDS)
        ]
        notes.append(
            _("The mail has %(count)s characters. It goes on in the messages below.") % {"count": len(words)}
        )
    return "\n\n".join(part for part in (words[:room].strip(), *notes) if part), rest
