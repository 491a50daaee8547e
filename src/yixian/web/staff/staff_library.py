"""工作人员的政策文库: the same library, and a question written down for somebody who asked in person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.policies.choices import QuestionChannel
from yixian.web.library import published, question_pages, shelf
from yixian.web.library.entry_points import STAFF
from yixian.web.request_actor import actor_of


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """What is in force on a day, and search."""
    return shelf.shelf(request, STAFF)


@require_GET
def library_document(request: HttpRequest, pack_id: str, document_id: str) -> HttpResponse:
    """One document."""
    return shelf.document(request, STAFF, pack_id, document_id)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A question, and the clauses that answer it."""
    return question_pages.ask(request, STAFF)


@require_POST
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand somebody's question to the policy desk; the code is for them."""
    return question_pages.submit_question_page(
        request, STAFF, QuestionChannel.STAFF, source="", actor=actor_of(request)
    )


@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """The published answers."""
    return published.answers(request, STAFF)


@require_GET
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """One published answer."""
    return published.answer(request, STAFF, question_id)
