"""我家的事: a household's own matters, with its card instead of a receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.queries import household_matters
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.household_session import household_required
from yixian.web.portal.matters.acting import act
from yixian.web.portal.matters.decision_letter import requested_letter
from yixian.web.portal.matters.open_form import open_form
from yixian.web.portal.matters.own_page import own_context
from yixian.web.request_actor import actor_of


@require_GET
@household_required
def our_matters(request: HttpRequest, household: Any) -> HttpResponse:
    """Everything that we have raised with our card, the latest first."""
    rows = household_matters(actor_of(request), at=timezone.now())
    return render(request, "portal/matters/ours.html", {"household": household, "rows": rows})


@open_form
@household_required
def our_matter(request: HttpRequest, household: Any, number: str) -> HttpResponse:
    """One of them, with what we can do next."""
    with override(preferences_requested(request)):
        actor, proof = actor_of(request), MatterCredential(number=number)
        outcome = act(request, proof, actor=actor, at=timezone.now())
        now = timezone.now()
        matter = authenticated_matter(proof, actor=actor, at=now)
        response = requested_letter(request, matter, at=now)
        if response is None:
            context = own_context(request, matter, outcome, at=now)
            context |= {"household": household, "frame": "portal/ours.html"}
            response = render(request, "portal/matters/own.html", context, status=outcome.status)
    apply_preferences(request, response)
    return response
