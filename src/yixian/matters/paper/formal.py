"""公文的纸面: a formal paper as PDF in the form of GB/T 9704. It names who raised the matter to those alone who opened that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.matters.models import PaperNumber
from yixian.matters.paper.office_contact import contact_line
from yixian.matters.queries.formal_papers import FormalView

_TEMPLATE = Path(__file__).with_name("formal.typ")
_LOCALES = {"zh": "zh-hans", "en": "en"}

MAX_HEAD = 40
"""The largest type of the issuing body's name, in points; a long name is set smaller, so that it stands on one line."""

_HEAD_WIDTH = 430
"""So many points are there for it."""


def formal_pdf(view: FormalView, names: Sequence[str]) -> bytes:
    """The paper as PDF/A-2b, in the language in which it was drafted; ``names`` are those of whoever it is for, if known."""
    with translation.override(_LOCALES[view.paper.lang]):
        return render_pdf(formal_document(view, names))


def formal_document(view: FormalView, names: Sequence[str]) -> PdfDocument:
    """The paper as plain data, ready to be set; dated with the day of its number, a draft with the day of drafting."""
    paper = view.paper
    on = view.number.on if view.number else timezone.localdate(paper.at)
    organisation = paper.organisation.label
    data: dict[str, Any] = {
        "lang": paper.lang,
        "organisation": organisation,
        "head_size": min(MAX_HEAD, _HEAD_WIDTH // max(1, len(organisation))),
        "number": number_words(view.number) if view.number else "",
        "draft": _("(draft, not issued)"),
        "title": paper.get_kind_display(),
        "addressee": _addressee(view, names),
        "paragraphs": [one for one in paper.words.split("\n") if one.strip()],
        "date": printed_date(on),
        "day": date_format(on),
        "seal": _("(seal)"),
        "contact": contact_line(paper.organisation_id),
        "missing_words": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }
    return PdfDocument(_TEMPLATE, data)


def number_words(number: PaperNumber) -> str:
    """文号: 澜信〔2026〕12号."""
    return f"{number.code}〔{number.year}〕{number.number}号"


def _addressee(view: FormalView, names: Sequence[str]) -> str:
    if view.paper.receiver is not None:
        return view.paper.receiver.label
    if names:
        return _(", ").join(names)
    return _("To the person who raised matter %(number)s") % {"number": view.paper.matter.number}
