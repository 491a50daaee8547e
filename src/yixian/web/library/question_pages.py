"""提问: a question is answered by clauses in force and by nothing else; what they do not answer goes to the policy desk."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.kernel.languages import language
from yixian.kernel.throttle import TooManyGuesses
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.answers import answer_views, answers_fitting
from yixian.policies.choices import QuestionChannel
from yixian.policies.clause_search import answer_from_library
from yixian.policies.codes import new_once
from yixian.policies.limits import answer_limit
from yixian.web.forms import put_error
from yixian.web.library.entry_points import EntryPoint
from yixian.web.library.library_rows import answer_row, hit_row
from yixian.web.library.question_forms import AskForm, SubmitQuestionForm


def ask(request: HttpRequest, entry_point: EntryPoint) -> HttpResponse:
    """The question's form; sent, what the library says to it. The question travels in the form, never in an address."""
    form = AskForm(request.POST if request.method == "POST" else None)
    context = _context(entry_point) | {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _reply(form.cleaned_data["text"], entry_point)
    return render(request, "library/ask.html", context, status=422 if form.errors else 200)


def submit_question_page(
    request: HttpRequest, entry_point: EntryPoint, channel: QuestionChannel, *, source: str, actor: Actor
) -> HttpResponse:
    """Hand a question to the policy desk, and show the code to come back with, this once."""
    form = SubmitQuestionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            asked = submit_question(
                given["text"],
                given["once"],
                channel,
                name=given["name"],
                phone=given["phone"],
                source=source,
                actor=actor,
                at=timezone.now(),
            )
        except TooManyGuesses as error:
            return _later(request, entry_point, form, int(error.params["seconds"]))
        except YixianError as error:
            put_error(form, error)
        else:
            context = _context(entry_point) | {"asked": asked, "code": f"{asked.code[:4]} {asked.code[4:]}"}
            return render(request, "library/handed_in.html", context)
    return render(request, "library/hand_in.html", _context(entry_point) | {"hand_in": form}, status=422)


def waiting(seconds: int) -> str:
    """A wait in words, never shorter than it is."""
    if seconds <= 90:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes <= 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _later(request: HttpRequest, entry_point: EntryPoint, form: forms.Form, seconds: int) -> HttpResponse:
    form.add_error(
        None,
        _("Very many questions came from here today. Please wait %(time)s and send it again.")
        % {"time": waiting(seconds)},
    )
    response = render(request, "library/hand_in.html", _context(entry_point) | {"hand_in": form}, status=429)
    response["Retry-After"] = str(seconds)
    return response


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
    reply = answer_from_library(question, today)
    answers = answer_views(answers_fitting(list(reply.words)), today)
    return {
        "reply": reply,
        "decided": [hit_row(hit, entry_point, today) for hit in reply.decided],
        "drafts": [hit_row(hit, entry_point, today) for hit in reply.drafts],
        "answers": [answer_row(view, entry_point, today) for view in answers],
        "hand_in": SubmitQuestionForm(initial={"text": question, "once": new_once()}, auto_id="desk_%s"),
    }
