"""回执: the sixteen digits with which a person comes back, who has their matter now, and by when what must be done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.kernel.languages import language
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.matters.paper.office_contact import petition_contact
from yixian.matters.queries.receipt import ReceiptView
from yixian.registry.paper.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("receipt.typ")
_MAX_QUOTED = 600
"""Characters of what was said that the receipt repeats; the whole can be read with the digits."""


def status_address(code: str) -> str:
    """What the receipt's QR code holds. The digits stand behind ``#``: browsers keep that to themselves, so that they
    reach no server's log.
    """
    return f"{settings.YIXIAN_ADDRESS}/status/#{code}"


def receipt_pdf(receipt: ReceiptView, *, large: bool) -> bytes:
    """The receipt as PDF/A-2b in the language being spoken."""
    return render_pdf(receipt_document(receipt, large=large))


def receipt_document(receipt: ReceiptView, *, large: bool) -> PdfDocument:
    """The receipt as plain data, ready to be set; dated with the day on which the matter was received."""
    received = timezone.localtime(receipt.received_at)
    words = receipt.words
    data: dict[str, Any] = {
        "lang": language(),
        "large": large,
        "title": _("Receipt"),
        "date": printed_date(received),
        "words": _words(),
        "code": receipt.code_in_fours,
        "address": f"{settings.YIXIAN_ADDRESS}/status/",
        "holder": receipt.holder,
        "facts": [
            [_("Number of the matter"), receipt.number],
            [_("Received on"), date_format(received.date())],
            [_("Which place it is about"), receipt.area],
            [_("Now with"), receipt.holder],
            *_whom_to_call(),
        ],
        "said": words if len(words) <= _MAX_QUOTED else f"{words[:_MAX_QUOTED]}…",
        "wanted": receipt.wanted,
        "read_back": receipt.read_back,
        "anonymous": receipt.anonymous,
        "clocks": [
            {
                "title": clock.title,
                "day": date_format(clock.due_on),
                "clause": clause_words(clock.document, clock.clause),
                "plain": clock.plain,
                "provisional": clock.provisional,
            }
            for clock in receipt.clocks
        ],
    }
    return PdfDocument(_TEMPLATE, data, {"status.svg": qr_svg(status_address(receipt.code))})


def _whom_to_call() -> list[list[str]]:
    """The petition office's telephone, as a line of the receipt; none where it is not known."""
    contact = petition_contact()
    return [[_("Whom to call"), contact]] if contact else []


def clause_words(document: str, clause: str) -> str:
    """A document, and which of its articles where those are numbered."""
    return f"{document} {_('article %(n)s') % {'n': clause}}" if clause.isdigit() else document


def _words() -> dict[str, str]:
    return {
        "code": _("Your receipt number"),
        "keep": _("Keep it: whoever holds these digits can see where your matter stands. Nobody else can."),
        "scan": _("Scan, or open the address and enter the digits. Any office can look with you, too."),
        "said": _("What you said"),
        "wanted": _("What the person hopes for"),
        "read_back": _("This was read back to you, and you agreed."),
        "clocks": _("What must be done, and by when"),
        "until": _("at the latest on"),
        "provisional": _("The holidays of that year are not published yet; this day may still move."),
        "rights": _("Your rights"),
        "right_write": _("With the digits you can add something, answer, and send photographs at any time."),
        "right_review": _(
            "If you do not agree with what is decided, the body above looks again. It costs nothing."
        ),
        "right_cost": _(
            "Raising a matter never costs you anything: not your account, not your place in any list."
        ),
        "anonymous": _("You gave no name. Nothing about you is kept: these digits are the only way back."),
        "missing": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }
