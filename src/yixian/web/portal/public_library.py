"""便民窗口的政策文库: reading, asking and coming back, for everybody. Nobody is asked who they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role
from yixian.policies.choices import QuestionChannel
from yixian.policies.policy_helpdesk import question_by_code
from yixian.web.client_network import network_of
from yixian.web.library import published, question_pages, shelf
from yixian.web.library.entry_points import PORTAL
from yixian.web.library.library_rows import answer_row
from yixian.web.library.question_forms import CodeForm
from yixian.web.portal.same_site import came_from_this_site, posted_from_this_site
from yixian.web.request_actor import actor_of
from yixian.web.ui.attempts import attempt


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """What is in force on a day, and search."""
    return shelf.shelf(request, PORTAL)


@require_GET
def library_document(request: HttpRequest, pack_id: str, document_id: str) -> HttpResponse:
    """One document."""
    return shelf.document(request, PORTAL, pack_id, document_id)


@csrf_exempt  # nothing is changed by asking; what was asked stands in no address and no log
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A question, and the clauses that answer it."""
    return question_pages.ask(request, PORTAL)


@posted_from_this_site
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a question to the policy desk. The ledger says that the public asked, also where a card was shown."""
    channel = QuestionChannel.CARD if Role.HOUSEHOLD in actor_of(request).roles else QuestionChannel.PORTAL
    return question_pages.submit_question_page(
        request, PORTAL, channel, source=network_of(request), actor=PUBLIC
    )


@csrf_exempt  # guarded by came_from_this_site: there is no cookie
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Where a question stands, for whoever holds its code."""
    if request.method == "GET":
        return render(request, "library/come_back.html", _context(CodeForm()))
    if not came_from_this_site(request):
        raise NotPermitted("portal.other_site", gettext_lazy("This form was sent from another site."))
    return _shown(request, CodeForm(request.POST))


def question_of_code(request: HttpRequest) -> HttpResponse:
    """The question whose code a form's field ``code`` has, or the form for it with what is wrong."""
    return _shown(request, CodeForm(request.POST))


@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """The published answers."""
    return published.answers(request, PORTAL)


@require_GET
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """One published answer."""
    return published.answer(request, PORTAL, question_id)


def _shown(request: HttpRequest, form: CodeForm) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    asked = attempt(
        form,
        lambda given: question_by_code(given["code"], source=network_of(request), at=now, today=today),
        unknown=_("There is no question with this code. Please look again."),
    )
    if not asked.is_done:
        return asked.on(render(request, "library/come_back.html", _context(form)))
    question = asked.result
    context = _context(form) | {
        "question": question,
        "versions": [answer_row(view, PORTAL, today) for view in question.answers],
    }
    return render(request, "library/question.html", context)


def _context(form: CodeForm) -> dict[str, object]:
    return {"entry_point": PORTAL, "base": PORTAL.base, "form": form}
