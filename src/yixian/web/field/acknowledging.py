"""户里确认的页面: the household reads what was written down, and confirms it with its PIN or its name — or does not."""

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
from django.views.decorators.http import require_http_methods

from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import require_recorder
from yixian.visits.actions.acknowledge import AcknowledgementInput, acknowledge
from yixian.visits.choices import AcknowledgementWay
from yixian.visits.queries import get_visit
from yixian.web.client_network import network_of
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


class AcknowledgementForm(forms.Form):
    """One of three ways, each a form of its own on the page; the action says what is missing."""

    way = forms.CharField(required=False)
    pin = forms.CharField(required=False, strip=False)
    strokes = forms.CharField(required=False)
    why_not = forms.CharField(required=False)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Three ways, each a form of its own."""
    actor, now = actor_of(request), timezone.now()
    household, visit = get_visit(actor, visit_id, on=timezone.localdate(now))
    require_recorder(actor, household.pk)
    if visit.is_confirmed:
        return redirect("field:visit", visit.pk)
    form = AcknowledgementForm(request.POST or None)
    source = network_of(request)
    confirmed = submit(
        request,
        form,
        lambda given: acknowledge(
            visit.pk, AcknowledgementInput(**given, source=source), actor=actor, at=now
        ),
        to=reverse("field:household", args=[household.pk]),
        done=_confirmed,
    )
    if confirmed is not None:
        return confirmed
    if request.method == "GET":
        note_reading(actor, household, gettext_noop("visit"), at=now)
    context = {"household": household, "visit": visit, "form": form}
    return render(request, "field/acknowledge.html", context, status=status_of_form(form))


def _confirmed(acknowledgement: Any) -> str:
    if acknowledgement.way == AcknowledgementWay.NONE:
        return _("Noted. The household can still confirm it later.")
    return _("Confirmed by the household.")
