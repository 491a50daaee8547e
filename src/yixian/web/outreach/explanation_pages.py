"""讲解记录的页面: one explanation with what followed, to read and to print; and the household's confirmation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yixian.outreach.access import may_explain
from yixian.outreach.actions.confirm_explanation import ConfirmationInput, confirm_explanation
from yixian.outreach.choices import ConfirmationWay
from yixian.outreach.queries import get_explanation
from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import require_recorder
from yixian.web.client_network import network_of
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


@require_GET
def explanation_page(request: HttpRequest, explanation_id: int) -> HttpResponse:
    """One explanation. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    household, view = get_explanation(actor, explanation_id, at=now)
    note_reading(actor, household, gettext_noop("explanation of the account"), at=now)
    context = {"household": household, "view": view, "may_explain": may_explain(actor, household)}
    return render(request, "outreach/explanation.html", context)


class ConfirmationForm(forms.Form):
    """One of four ways, each a form of its own on the page; the action says what is missing."""

    way = forms.CharField(required=False)
    pin = forms.CharField(required=False, strip=False)
    strokes = forms.CharField(required=False)
    attested_by = forms.CharField(required=False)
    why_not = forms.CharField(required=False)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, explanation_id: int) -> HttpResponse:
    """The household confirms, by PIN, signature or before somebody who attests it; or it is said why not."""
    actor, now = actor_of(request), timezone.now()
    household, view = get_explanation(actor, explanation_id, at=now)
    require_recorder(actor, household.pk)
    if not view.waits_for_confirmation:
        return redirect("outreach:explanation", view.pk)
    form, source = ConfirmationForm(request.POST or None), network_of(request)
    confirmed = submit(
        request,
        form,
        lambda given: confirm_explanation(
            view.pk, ConfirmationInput(**given, source=source), actor=actor, at=now
        ),
        to=reverse("outreach:explanation", args=[view.pk]),
        done=_confirmed,
    )
    if confirmed is not None:
        return confirmed
    if request.method == "GET":
        note_reading(actor, household, gettext_noop("explanation of the account"), at=now)
    context = {"household": household, "view": view, "form": form}
    return render(request, "outreach/confirm.html", context, status=status_of_form(form))


def _confirmed(row: Any) -> str:
    if row.way == ConfirmationWay.NONE:
        return _("Noted. The household can still confirm it later.")
    return _("Confirmed by the household.")
