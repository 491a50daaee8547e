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
from yixian.policies.actions.ask_desk import ask_desk
from yixian.policies.answers import answer_views, answers_fitting
from yixian.policies.choices import Channel
from yixian.policies.codes import new_once
from yixian.policies.finding import answer_from_library
from yixian.policies.limits import desk_limit
from yixian.web.forms import put_error
from yixian.web.library.forms import AskForm, HandInForm
from yixian.web.library.room import Door
from yixian.web.library.rows import answer_row, hit_row


def ask(request: HttpRequest, door: Door) -> HttpResponse:
    """The question's form; sent, what the library says to it. The question travels in the form, never in an address."""
    form = AskForm(request.POST if request.method == "POST" else None)
    context = _context(door) | {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _reply(form.cleaned_data["text"], door)
    return render(request, "library/ask.html", context, status=422 if form.errors else 200)


def hand_in(request: HttpRequest, door: Door, channel: Channel, *, source: str, actor: Actor) -> HttpResponse:
    """Hand a question to the policy desk, and show the code to come back with, this once."""
    form = HandInForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            asked = ask_desk(
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
            return _later(request, door, form, int(error.params["seconds"]))
        except YixianError as error:
            put_error(form, error)
        else:
            context = _context(door) | {"asked": asked, "code": f"{asked.code[:4]} {asked.code[4:]}"}
            return render(request, "library/handed_in.html", context)
    return render(request, "library/hand_in.html", _context(door) | {"hand_in": form}, status=422)


def waiting(seconds: int) -> str:
    """A wait in words, never shorter than it is."""
    if seconds <= 90:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes <= 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _later(request: HttpRequest, door: Door, form: forms.Form, seconds: int) -> HttpResponse:
    form.add_error(
        None,
        _("Very many questions came from here today. Please wait %(time)s and send it again.")
        % {"time": waiting(seconds)},
    )
    response = render(request, "library/hand_in.html", _context(door) | {"hand_in": form}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _context(door: Door) -> dict[str, Any]:
    limit, today = desk_limit(), timezone.localdate()
    return {
        "door": door,
        "base": door.base,
        "today": today,
        "due": limit.due(today),
        "rule": limit.rule(language()),
    }


def _reply(question: str, door: Door) -> dict[str, Any]:
    today = timezone.localdate()
    reply = answer_from_library(question, today)
    answers = answer_views(answers_fitting(list(reply.words)), today)
    return {
        "reply": reply,
        "decided": [hit_row(hit, door, today) for hit in reply.decided],
        "drafts": [hit_row(hit, door, today) for hit in reply.drafts],
        "answers": [answer_row(view, door, today) for view in answers],
        "hand_in": HandInForm(initial={"text": question, "once": new_once()}, auto_id="desk_%s"),
    }
