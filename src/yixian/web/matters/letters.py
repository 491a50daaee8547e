"""来信识别: the words that a photographed letter may say, proposed into the box; a person reads them over before they are sent.

It is done while one waits, some seconds a page, and not as a job: a job would keep the words, and nothing of a letter is kept
before it is taken down. Of a letter that is longer than the box takes nothing is cut: the clerk sees all of it, and is told.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require_person
from yixian.kernel.received.letter_recognition import propose_text
from yixian.kernel.received.photographs import MAX_BYTES
from yixian.kernel.received.receiving import received_of
from yixian.kernel.received.upload import Upload
from yixian.matters.access import RECORDERS
from yixian.matters.limits import MAX_WORDS
from yixian.web.matters.taking_form import TakingForm
from yixian.web.request_actor import actor_of


@require_POST
def read_letter(request: HttpRequest) -> HttpResponse:
    """The box of the form with the letter's words below what stands there; or why they cannot be read."""
    actor = actor_of(request)
    require_person(actor, RECORDERS)
    fault, found = "", []
    uploads = [Upload(one.name or "", one.read(MAX_BYTES + 1)) for one in request.FILES.getlist("files")]
    try:
        pages = received_of(uploads).photographs
        found = [proposal.text for page in pages if (proposal := propose_text(page.content)).text]
    except YixianError as error:
        fault = error.sentence
    words = "\n\n".join(filter(None, [request.POST.get("words", "").strip(), *found]))
    form = TakingForm(initial={"words": words}, actor=actor, at=timezone.now())
    context = {"form": form, "fault": fault, "proposed": bool(found), "nothing": not fault and not found}
    context |= {"characters": len(words), "most": MAX_WORDS, "is_long": len(words) > MAX_WORDS}
    return render(request, "matters/letter_words.html", context)
