"""意见书与公文: the letter of a decision, or a formal paper, in the answer to a form, so that no address opens it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from yixian.matters.paper.formal import formal_pdf, number_words
from yixian.matters.paper.opinions import opinion_pdf
from yixian.matters.queries import own_opinion
from yixian.matters.queries.formal_papers import FormalView, own_paper
from yixian.web.paper.single import pdf
from yixian.web.request_actor import posted_id

LETTER_ACTION, PAPER_ACTION = "letter", "paper"


def requested_letter(request: HttpRequest, matter: Any, *, at: datetime) -> HttpResponse | None:
    """The letter or paper that a form asks for, in the language and print of the page; None where it asks for none.

    A formal paper is in the language in which it was issued. It names nobody: whoever holds a receipt need not be who raised it.
    """
    asked = request.POST.get("do")
    if asked == PAPER_ACTION:
        paper = own_paper(matter, posted_id(request, "paper"))
        return pdf(formal_pdf(paper, ()), f"{paper_number(paper) or matter.number}.pdf")
    if asked != LETTER_ACTION:
        return None
    found = own_opinion(matter, posted_id(request, "decision"), at=at)
    return pdf(opinion_pdf(found, large=request.COOKIES.get("large") == "1"), f"{matter.number}.pdf")


def paper_number(view: FormalView) -> str:
    """The number under which a paper was issued; "" for none."""
    return number_words(view.number) if view.number else ""
