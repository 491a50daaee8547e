"""我家的事: a household's own matters, with its card instead of a receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from yixian.matters.own import Proof, proven
from yixian.matters.queries import household_matters
from yixian.web.asking import actor_of
from yixian.web.portal.matters.acting import act
from yixian.web.portal.matters.letters import asked_letter
from yixian.web.portal.matters.open_form import open_form
from yixian.web.portal.matters.own_page import own_context
from yixian.web.portal.reading import apply_reading, reading_asked
from yixian.web.portal.visit import visiting


@require_GET
@visiting
def our_matters(request: HttpRequest, household: Any) -> HttpResponse:
    """Everything that we have raised with our card, the latest first."""
    rows = household_matters(actor_of(request), at=timezone.now())
    return render(request, "portal/matters/ours.html", {"household": household, "rows": rows})


@open_form
@visiting
def our_matter(request: HttpRequest, household: Any, number: str) -> HttpResponse:
    """One of them, with what we can do next."""
    with override(reading_asked(request)):
        actor, proof = actor_of(request), Proof(number=number)
        outcome = act(request, proof, actor=actor, at=timezone.now())
        now = timezone.now()
        matter = proven(proof, actor=actor, at=now)
        response = asked_letter(request, matter, at=now)
        if response is None:
            context = own_context(request, matter, outcome, at=now)
            context |= {"household": household, "frame": "portal/ours.html"}
            response = render(request, "portal/matters/own.html", context, status=outcome.status)
    apply_reading(request, response)
    return response
