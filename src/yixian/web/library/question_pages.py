"""提问: a question is answered by clauses in force and by nothing else; what they do not answer goes to the policy desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.answers import answer_views, answers_fitting
from yixian.policies.choices import QuestionChannel
from yixian.policies.codes import new_once
from yixian.policies.limits import answer_limit
from yixian.policies.replies import reply_to
from yixian.web.library.entry_points import EntryPoint
from yixian.web.library.library_rows import answer_row, hit_row
from yixian.web.library.question_forms import AskForm, SubmitQuestionForm
from yixian.web.library.reply_rows import part_rows
from yixian.web.ui.attempts import attempt
from yixian.web.ui.forms import status_of_form

MAX_MENTIONS = 3
"""Clauses that only hold words of a question; more would look like an answer."""

_LATER = _("Very many questions came from here today. Please wait %(time)s and send it again.")


def ask(request: HttpRequest, entry_point: EntryPoint) -> HttpResponse:
    """The question's form; sent, what the library says to it. The question travels in the form, never in an address."""
    form = AskForm(request.POST if request.method == "POST" else None)
    context = _context(entry_point) | {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _reply(form.cleaned_data["text"], entry_point)
    return render(request, "library/ask.html", context, status=status_of_form(form))


def submit_question_page(
    request: HttpRequest, entry_point: EntryPoint, channel: QuestionChannel, *, source: str, actor: Actor
) -> HttpResponse:
    """Hand a question to the policy desk, and show the code to come back with, this once."""
    form = SubmitQuestionForm(request.POST)
    made = attempt(
        form,
        lambda given: submit_question(
            **given, channel=channel, source=source, actor=actor, at=timezone.now()
        ),
        later=_LATER,
    )
    if not made.is_done:
        return made.on(render(request, "library/hand_in.html", _context(entry_point) | {"hand_in": form}))
    code = made.result.code
    context = _context(entry_point) | {"asked": made.result, "code": f"{code[:4]} {code[4:]}"}
    return render(request, "library/handed_in.html", context)


def _context(entry_point: EntryPoint) -> dict[str, Any]:
    limit, today = answer_limit(), timezone.localdate()
    return {
        "entry_point": entry_point,
        "base": entry_point.base,
        "today": today,
        "due": limit.due(today),
        "rule": limit.rule(language()),
    }


def _reply(question: str, entry_point: EntryPoint) -> dict[str, Any]:
    today = timezone.localdate()
    reply = reply_to(question, today)
    mentions = [] if reply.is_settled else reply.mentions.decided[:MAX_MENTIONS]
    answers = answer_views(answers_fitting(list(reply.mentions.words)), today)
    return {
        "reply": reply,
        "parts": part_rows(reply, entry_point, today),
        "mentions": [hit_row(hit, entry_point, today) for hit in mentions],
        "answers": [answer_row(view, entry_point, today) for view in answers],
        "hand_in": SubmitQuestionForm(initial={"text": question, "once": new_once()}, auto_id="desk_%s"),
    }
