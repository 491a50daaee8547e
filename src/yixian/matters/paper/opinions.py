"""意见书: a decision as a letter. It names nobody but the office, unless its reader has opened who raised the matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.kernel.languages import language
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.matters.choices import ReviewStage
from yixian.matters.paper.office_contact import contact_line
from yixian.matters.paper.receipts import clause_words
from yixian.matters.queries.opinions import OpinionView, ReviewWay

_TEMPLATE = Path(__file__).with_name("opinion.typ")


def opinion_pdf(opinion: OpinionView, *, large: bool) -> bytes:
    """The letter as PDF/A-2b in the language being spoken."""
    return render_pdf(opinion_document(opinion, large=large))


def opinion_document(opinion: OpinionView, *, large: bool) -> PdfDocument:
    """The letter as plain data, ready to be set; dated with the day of the decision."""
    decision = opinion.decision
    on = timezone.localdate(decision.at)
    data: dict[str, Any] = {
        "lang": language(),
        "large": large,
        "title": _title(ReviewStage(decision.stage)),
        "date": printed_date(on),
        "organisation": decision.organisation,
        "day": date_format(on),
        "number": opinion.number,
        "number_line": _("Matter %(number)s") % {"number": opinion.number},
        "addressed": _addressed(opinion),
        "received": _("Your matter reached us on %(day)s. This is what was found and decided.")
        % {"day": date_format(timezone.localdate(opinion.received_at))},
        "parts": [
            [_("What was asked"), decision.asked],
            [_("The facts"), decision.facts],
            [_("The reasons"), decision.reasons],
        ],
        "basis_title": _("What it rests on"),
        "basis": [{"title": one.title, "clause": one.clause, "words": one.words} for one in decision.basis],
        "basis_words": decision.basis_words,
        "outcome_title": _("What is decided"),
        "outcome": decision.outcome_label,
        "remedy": _("Set right by it: %(what)s") % {"what": decision.remedy_label} if decision.remedy else "",
        "changes": [*decision.changes, *filter(None, [decision.remedy_result])],
        "way_title": _("If you do not agree"),
        "way": _way(opinion.way),
        "seal": _("(seal)"),
        "contact": contact_line(opinion.organisation_id),
        "missing_words": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }
    return PdfDocument(_TEMPLATE, data)


def _title(stage: ReviewStage) -> str:
    return {
        ReviewStage.FIRST: _("Written decision on a matter raised"),
        ReviewStage.REVIEW: _("Written decision of the review"),
        ReviewStage.FINAL: _("Written decision of the final review"),
    }[stage]


def _addressed(opinion: OpinionView) -> str:
    if opinion.names:
        return _(", ").join(opinion.names)
    return _("To the person who raised matter %(number)s") % {"number": opinion.number}


def _way(way: ReviewWay | None) -> list[str]:
    if way is None:
        return [
            _(
                "This is the final review. The same facts and reasons are not dealt with again; help goes on, and anything new "
                "can be raised at any time."
            )
        ]
    values = {
        "organisation": way.organisation,
        "days": way.days,
        "where": clause_words(way.document, way.clause),
    }
    told = [
        _(
            "Within %(days)s days of receiving this letter you may ask %(organisation)s to look again: with your receipt number "
            "on the public pages, by telephone, or at the counter. It costs nothing (%(where)s)."
        )
        % values
    ]
    if way.until is not None:
        told.append(_("The last day for it is %(day)s.") % {"day": date_format(way.until)})
    return told
