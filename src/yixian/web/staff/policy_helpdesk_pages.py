"""政策咨询台: the questions that the library did not answer, the first due first, and the form that answers one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.choices import AnswerOutcome
from yixian.policies.clause_search import clauses_mentioning
from yixian.policies.policy_helpdesk import QuestionView, get_question, helpdesk_counts, question_list
from yixian.web.library.entry_points import STAFF
from yixian.web.library.library_rows import answer_row
from yixian.web.request_actor import actor_of
from yixian.web.staff.answer_form import AnswerForm
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, DATE, Badge
from yixian.web.ui.filters import ListQuery, Search, Tabs
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_SOON = 4
"""Fewer days left than this are marked."""


def _state(row: QuestionView) -> Badge:
    """How long until it is due, or what it was answered with."""
    if row.is_overdue:
        over = ngettext("%(n)s day overdue", "%(n)s days overdue", row.days_over)
        return Badge(over % {"n": row.days_over}, "bad")
    if row.answer is not None:
        ended = bool(row.answer.ended)
        return Badge(
            _("Rests on a rule that has ended") if ended else row.answer.outcome_label,
            "warn" if ended else "good",
        )
    if not row.left:
        return Badge(_("due today"), "warn")
    left = ngettext("%(n)s day left", "%(n)s days left", row.left)
    return Badge(left % {"n": row.left}, "warn" if row.left < _SOON else "")


def _counts(query: ListQuery) -> dict[str, Any]:
    return {"counts": helpdesk_counts(query.actor, query.on)}


def _empty(query: ListQuery) -> Empty:
    if query["q"]:
        return Empty(_("No question fits"), _("Try a shorter word."))
    if query["state"] == "answered":
        return Empty(_("Nothing has been answered yet"))
    return Empty(_("No question is open"), _("Everybody who asked has an answer."))


QUESTIONS = ListPage[QuestionView](
    url="staff:helpdesk",
    title=_("Policy desk"),
    lead=_("Questions that the library did not answer. The first due stands first."),
    table=Table(
        _("Questions"),
        (
            Column(
                "question",
                _("Question"),
                lambda row: Truncator(row.text).chars(120),
                link=lambda row: address_of("staff:helpdesk_question", row.pk),
                place="lead",
                unsorted="the words are sealed",
            ),
            Column("state", _("Status"), _state, BADGE, place="corner", unsorted="as due"),
            Column("channel", _("Came by"), lambda row: row.channel_label),
            Column(
                "asked", _("Asked on"), lambda row: timezone.localdate(row.asked_at), DATE, place="labelled"
            ),
            Column("due", _("Due"), lambda row: row.due_on, DATE, place="labelled"),
        ),
        Empty(_("No question fits")),
        css="compact questions",
    ),
    rows=lambda query: question_list(
        query.actor, today=query.on, search=query["q"], answered=query["state"] == "answered"
    ),
    counted=lambda n: ngettext("%(number)s question", "%(number)s questions", n) % {"number": f"{n:,}"},
    empty=_empty,
    tabs=Tabs("state", _("Which questions"), (("open", _("Open")), ("answered", _("Answered")))),
    search=Search(_("Words of a question")),
    template="staff/helpdesk/list.html",
    context=_counts,
)


@require_http_methods(["GET", "POST"])
def helpdesk_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question with its answers, and the form for the answer or its correction."""
    actor, today = actor_of(request), timezone.localdate()
    question = get_question(actor, question_id, today)
    reply = clauses_mentioning(question.text, today)
    cited = [row.row_id for row in question.answer.cited] if question.answer else []
    fitting = list(dict.fromkeys([*cited, *(hit.clause.row_id for hit in reply.decided)]))
    form = AnswerForm(request.POST or None, initial=_initial(question), today=today, fitting=fitting)
    response = submit(
        request,
        form,
        lambda _data: answer_question(question_id, answer_input(form), actor=actor, at=timezone.now()),
        to=reverse("staff:helpdesk_question", args=[question_id]),
        done=_("Answered. The one who asked sees it with the code."),
    )
    if response is not None:
        return response
    context: dict[str, Any] = {
        "question": question,
        "versions": [answer_row(view, STAFF, today) for view in question.answers],
        "form": form,
        "found": reply.found,
        "staff_door": STAFF,
    }
    return render(request, "staff/helpdesk/question.html", context, status=status_of_form(form))


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
