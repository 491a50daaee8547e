"""账目讲解: what a household sees of the explanations of its account, and what it says of them itself."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.compensation.queries import current_account
from yixian.outreach.actions.answer_back import ask_further, object_to_explanation
from yixian.outreach.actions.confirm_explanation import confirm_own_explanation
from yixian.outreach.choices import QuestionRoute
from yixian.outreach.queries import household_explanations
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import posted_from_this_site
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


@require_GET
@household_required
def explained(request: HttpRequest, household: Any) -> HttpResponse:
    """When our account was explained to us, by whom, what we asked and what was answered."""
    return _page(request, household)


class AskFurtherForm(forms.Form):
    """What we still ask. ``key`` makes a form that is sent twice one question."""

    key = forms.UUIDField()
    words = forms.CharField(required=False)
    route = forms.ChoiceField(choices=QuestionRoute.choices)


class DenialForm(forms.Form):
    """How it was instead, or that it never took place."""

    never_held = forms.BooleanField(required=False)
    words = forms.CharField(required=False)


@posted_from_this_site
@household_required
def confirm(request: HttpRequest, household: Any, explanation_id: int) -> HttpResponse:
    """We confirm that it was explained to us, and what was answered since."""
    form = forms.Form(request.POST)
    response = submit(
        request,
        form,
        lambda _given: confirm_own_explanation(explanation_id, actor=actor_of(request), at=timezone.now()),
        to=reverse("portal:explained"),
        done=_("Confirmed. Those who explained it see that you are content."),
    )
    return response or _page(request, household, form, about=explanation_id)


@posted_from_this_site
@household_required
def ask(request: HttpRequest, household: Any, explanation_id: int) -> HttpResponse:
    """We still have a question."""
    form = AskFurtherForm(request.POST)
    response = submit(
        request,
        form,
        lambda given: ask_further(
            explanation_id,
            given["words"],
            given["route"],
            key=given["key"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        to=reverse("portal:explained"),
        done=_("Your question is on its way. The answer and its day stand here."),
        fields={"words_0": "words"},
    )
    return response or _page(request, household, form, about=explanation_id)


@posted_from_this_site
@household_required
def object_to(request: HttpRequest, household: Any, explanation_id: int) -> HttpResponse:
    """We say that it was not so, or that nobody ever explained it."""
    form = DenialForm(request.POST)
    response = submit(
        request,
        form,
        lambda given: object_to_explanation(
            explanation_id,
            given["words"],
            never_held=given["never_held"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        to=reverse("portal:explained"),
        done=_("Written down. The township and the bureau see it beside the record."),
    )
    return response or _page(request, household, form, about=explanation_id)


def _page(
    request: HttpRequest, household: Any, form: forms.Form | None = None, *, about: int = 0
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    account, _change = current_account(actor, household, on=timezone.localdate(now))
    state, explanations = household_explanations(actor, household, account, at=now)
    faults = [error for errors in form.errors.values() for error in errors] if form else []
    context = {
        "household": household,
        "explanations": explanations,
        "state": state,
        "key": uuid.uuid4(),
        "fault": next(iter(faults), ""),
        "about": about,
        "words": form.data.get("words", "") if form else "",
    }
    return render(request, "portal/explained.html", context, status=status_of_form(form) if form else 200)
