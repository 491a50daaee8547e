"""政策咨询台: the questions that the library did not answer, the first due first, and the form that answers one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.errors import YixianError
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.choices import AnswerOutcome
from yixian.policies.clause_search import answer_from_library
from yixian.policies.policy_helpdesk import (
    QuestionView,
    answered_questions,
    get_question,
    helpdesk_counts,
    open_questions,
    question_views,
)
from yixian.web.forms import put_error
from yixian.web.library.entry_points import STAFF
from yixian.web.library.library_rows import answer_row
from yixian.web.request_actor import actor_of
from yixian.web.staff.answer_form import AnswerForm
from yixian.web.ui.paging import page_of

_MAX_SEARCH_LENGTH = 60


@require_GET
def helpdesk(request: HttpRequest) -> HttpResponse:
    """The open questions, or the answered ones, searched in their sealed words."""
    actor, today = actor_of(request), timezone.localdate()
    search = request.GET.get("q", "").strip()[:_MAX_SEARCH_LENGTH]
    answered = request.GET.get("state") == "answered"
    find = answered_questions if answered else open_questions
    page = page_of(find(actor, search), request.GET.get("page"))
    context = {
        "counts": helpdesk_counts(actor, today),
        "page": page,
        "questions": question_views(page.rows, today),
        "search": search,
        "answered": answered,
    }
    return render(request, "staff/helpdesk/list.html", context)


@require_http_methods(["GET", "POST"])
def helpdesk_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question with its answers, and the form for the answer or its correction."""
    actor, today = actor_of(request), timezone.localdate()
    question = get_question(actor, question_id, today)
    reply = answer_from_library(question.text, today)
    cited = [row.row_id for row in question.answer.cited] if question.answer else []
    fitting = list(dict.fromkeys([*cited, *(hit.clause.row_id for hit in reply.decided)]))
    form = AnswerForm(request.POST or None, initial=_initial(question), today=today, fitting=fitting)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(question_id, answer_input(form), actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Answered. The one who asked sees it with the code."))
            return redirect("staff:helpdesk_question", question_id)
    context: dict[str, Any] = {
        "question": question,
        "versions": [answer_row(view, STAFF, today) for view in question.answers],
        "form": form,
        "found": reply.found,
        "staff_door": STAFF,
    }
    return render(request, "staff/helpdesk/question.html", context, status=422 if form.errors else 200)


def answer_input(form: forms.Form) -> AnswerInput:
    """The answer that the form holds."""
    data = form.cleaned_data
    return AnswerInput(
        outcome=AnswerOutcome(data["outcome"]),
        words_zh=data["words_zh"],
        words_en=data["words_en"],
        clauses=frozenset(int(row_id) for row_id in data["clauses"]),
        draft=data["draft"],
        is_public=data["is_public"],
        names_nobody=data["names_nobody"],
        public_zh=data["public_zh"],
        public_en=data["public_en"],
        after=data["after"],
        correction=data["correction"],
    )


def _initial(question: QuestionView) -> dict[str, Any]:
    """An empty answer, or the one to be corrected."""
    answer = question.answer
    if answer is None:
        return {
            "after": 0,
            "is_public": True,
            "public_zh": question.text,
            "outcome": AnswerOutcome.CITED,
        }
    return {
        "after": answer.version,
        "outcome": answer.outcome,
        "clauses": [str(row.row_id) for row in answer.cited],
        "draft": ":".join(answer.draft.key) if answer.draft else "",
        "words_zh": answer.words_zh,
        "words_en": answer.words_en,
        "is_public": answer.is_public,
        "public_zh": answer.asked_zh or question.text,
        "public_en": answer.asked_en,
    }
