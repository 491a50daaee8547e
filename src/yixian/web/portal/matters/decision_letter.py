"""意见书: the letter of a decision, in the answer to a form, so that no address opens it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from yixian.matters.paper.opinions import opinion_pdf
from yixian.matters.queries import own_opinion
from yixian.web.paper.single import pdf
from yixian.web.request_actor import posted_id

LETTER_ACTION = "letter"


def requested_letter(request: HttpRequest, matter: Any, *, at: datetime) -> HttpResponse | None:
    """The letter that a form asks for, in the language and print of the page; None where it asks for none."""
    if request.POST.get("do") != LETTER_ACTION:
        return None
    found = own_opinion(matter, posted_id(request, "decision"), at=at)
    return pdf(opinion_pdf(found, large=request.COOKIES.get("large") == "1"), f"{matter.number}.pdf")
