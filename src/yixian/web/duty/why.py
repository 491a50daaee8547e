"""为什么是他: why a household has its helpers and not nearer ones, or somebody the reader names. Worked out when asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yixian.duty.helper_explanation import why_not_another
from yixian.kernel.actors import Actor
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.registry.queries import area_chain
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Search, asked_for
from yixian.web.ui.people_field import people_named

_INSTEAD = Search(gettext_lazy("Ask about somebody"), name="instead")


@require_GET
def why(request: HttpRequest, household_id: int) -> HttpResponse:
    """For both roles, or about the one person that ``instead`` names."""
    actor, on = actor_of(request), timezone.localdate()
    household = get_household(actor, household_id)
    instead = asked_for(request, _INSTEAD)["instead"]
    asked, faults = _asked(instead, actor)
    roles = [HelperKind(asked.kind)] if asked else list(HelperKind)
    answers = (
        [] if faults else [why_not_another(actor, household, role, on=on, instead=asked) for role in roles]
    )
    context = {
        "household": household,
        "chain": area_chain(household.area),
        "answers": [one for one in answers if one],
        "instead": instead,
        "asked": asked,
        "faults": faults,
    }
    name = "duty/why.html" if getattr(request, "htmx", False) else "duty/why_page.html"
    return render(request, name, context)


def _asked(text: str, actor: Actor) -> tuple[Any, list[str]]:
    if not text:
        return None, []
    try:
        people = people_named(text, actor, on=timezone.localdate(), most=1)
    except forms.ValidationError as error:
        return None, list(error.messages)
    return (people[0], []) if people else (None, [_("Say who.")])
