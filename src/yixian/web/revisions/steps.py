"""办理页: each step with a revision is one button; those that need words have a form of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.kernel.errors import YixianError
from yixian.revisions.actions.take_step import approve, decide, return_it, submit, withdraw
from yixian.revisions.queries import get_revision
from yixian.web.asking import actor_of
from yixian.web.forms import day_field, put_error


class ReasonForm(forms.Form):
    """Why a revision is given back or given up."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """The document by which it is decided."""

    number = forms.CharField(label=_("Number of the document"), max_length=80)
    decided_on = day_field(label=_("Decided on"))


@require_POST
def submit_revision(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Put it before the approvers."""
    submit(revision_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Submitted. Two people who did not draft it must approve."))
    return redirect("staff:revision", revision_id)


@require_POST
def approve_revision(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Approve it as the first of two."""
    approve(revision_id, request.POST.get("evidence", ""), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Approved. It is decided once another person approves, too."))
    return redirect("staff:revision", revision_id)


@require_http_methods(["GET", "POST"])
def decide_revision(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Decide it as the second of two."""

    def act(given: dict[str, Any]) -> None:
        evidence = request.POST.get("evidence", "")
        decide(
            revision_id,
            evidence,
            given["number"],
            given["decided_on"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    form = DecisionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    done = _("Decided. It is the policy from its day on.")
    return _worded(request, revision_id, form, act, _("Decide"), done)


@require_http_methods(["GET", "POST"])
def return_revision(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Give it back to the working group."""

    def act(given: dict[str, Any]) -> None:
        return_it(revision_id, given["reason"], actor=actor_of(request), at=timezone.now())

    form = ReasonForm(request.POST or None)
    return _worded(request, revision_id, form, act, _("Return to the working group"), _("Returned."))


@require_http_methods(["GET", "POST"])
def withdraw_revision(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Give it up."""

    def act(given: dict[str, Any]) -> None:
        withdraw(revision_id, given["reason"], actor=actor_of(request), at=timezone.now())

    form = ReasonForm(request.POST or None)
    return _worded(request, revision_id, form, act, _("Withdraw the revision"), _("Withdrawn."))


def _worded(
    request: HttpRequest,
    revision_id: int,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    title: str | Promise,
    done: str | Promise,
) -> HttpResponse:
    revision = get_revision(actor_of(request), revision_id)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, str(done))
            return redirect("staff:revision", revision_id)
    context = {
        "revision": revision,
        "form": form,
        "title": title,
        "evidence": request.POST.get("evidence", ""),
    }
    return render(request, "revisions/words.html", context, status=422 if form.errors else 200)
