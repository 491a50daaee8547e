"""决定与答复的页面: keep the standard, by two people; answer everybody; close."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.kernel.errors import YixianError
from yixian.kernel.jobs import ask
from yixian.kernel.permission import require_person
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of
from yixian.working_groups.access import DECIDERS, OPENERS
from yixian.working_groups.actions.close_group import close_group
from yixian.working_groups.actions.keep_standard import (
    decide_keeping,
    propose_keeping,
    take_back_keeping,
)
from yixian.working_groups.limits import MAX_NUMBER, MAX_WORDS
from yixian.working_groups.queries import get_group, group_view


class KeepForm(forms.Form):
    """Why the standard stays, and by which document."""

    reasons = forms.CharField(
        label=_("Why the standard stays"),
        max_length=MAX_WORDS,
        help_text=_("Everybody who asked is told these words, and everybody can read them."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    number = forms.CharField(label=_("Number of the document"), max_length=MAX_NUMBER)


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, group_id: int) -> HttpResponse:
    """Propose that the standard stays."""
    actor = actor_of(request)
    require_person(actor, OPENERS | DECIDERS)
    view = group_view(get_group(actor, group_id))
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            propose_keeping(group_id, **form.cleaned_data, actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Proposed. Another person decides."))
            return redirect("staff:group", group_id)
    context = {"view": view, "group": view.group, "form": form}
    return render(request, "working_groups/keep.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, group_id: int) -> HttpResponse:
    """Decide that the standard stays."""
    return _done(
        request,
        group_id,
        lambda actor, now: decide_keeping(group_id, actor=actor, at=now),
        _("Decided: the standard stays. Now everybody who asked is answered."),
    )


@require_POST
def take_back(request: HttpRequest, group_id: int) -> HttpResponse:
    """Take the proposal back, or return it."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        group_id,
        lambda actor, now: take_back_keeping(group_id, reason, actor=actor, at=now),
        _("The proposal is off the table."),
    )


@require_POST
def answer(request: HttpRequest, group_id: int) -> HttpResponse:
    """Ask for everybody to be answered, or for that to go on."""
    actor = actor_of(request)
    group = get_group(actor, group_id)
    require_person(actor, OPENERS)
    job = ask("working_groups.answer", {"group_id": group.pk}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


@require_POST
def close(request: HttpRequest, group_id: int) -> HttpResponse:
    """Close the group."""
    return _done(
        request, group_id, lambda actor, now: close_group(group_id, actor=actor, at=now), _("Closed.")
    )


def _done(request: HttpRequest, group_id: int, act: Any, done: Any) -> HttpResponse:
    actor = actor_of(request)
    get_group(actor, group_id)
    try:
        act(actor, timezone.now())
    except YixianError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return redirect("staff:group", group_id)
