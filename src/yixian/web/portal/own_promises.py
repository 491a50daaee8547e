"""给我们的承诺: what a household sees of its visits and promises on the portal, and what it says of them itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.kernel.errors import NotFound
from yixian.visits.actions.object_to_visit import object_to_visit
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, say_of_promise
from yixian.visits.choices import PromiseResult
from yixian.visits.limits import MAX_NOTE
from yixian.visits.queries import household_promises, household_visits
from yixian.web.photographs import photograph
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import posted_from_this_site
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


@require_GET
@household_required
def promises(request: HttpRequest, household: Any) -> HttpResponse:
    """The promises made to us with their state, and what was written down about us at each visit."""
    return _page(request, household)


class SayForm(forms.Form):
    """What became of a promise, in our eyes. What must be there is the action's to say."""

    outcome = forms.CharField(required=False)
    note = forms.CharField(required=False)


class ObjectForm(forms.Form):
    """How it was instead."""

    words = forms.CharField(required=False)


@posted_from_this_site
@household_required
def say(request: HttpRequest, household: Any, promise_id: int) -> HttpResponse:
    """We say whether a promise was kept."""
    form, now = SayForm(request.POST), timezone.now()
    if request.POST.get("outcome") == PromiseResult.BROKEN and "confirmed" not in request.POST:
        return _asked_again(request, household, promise_id)
    response = submit(
        request,
        form,
        lambda given: say_of_promise(
            promise_id,
            PromiseOutcomeInput(given["outcome"], timezone.localdate(now), given["note"]),
            actor=actor_of(request),
            at=now,
        ),
        to=reverse("portal:promises"),
        done=_("Noted. Those who promised it see what you say."),
    )
    return response or _page(request, household, form)


def _asked_again(request: HttpRequest, household: Any, promise_id: int) -> HttpResponse:
    """Whether it is meant that it was not kept: who sees that, and what exactly was not done."""
    rows = household_promises(actor_of(request), household, on=timezone.localdate())
    promise = next((row for row in rows if row.pk == promise_id), None)
    if promise is None:
        raise NotFound("promise.not_found", _("There is no such promise."))
    context = {"household": household, "promise": promise, "most": MAX_NOTE}
    return render(request, "portal/promise_confirm.html", context)


@posted_from_this_site
@household_required
def object_to(request: HttpRequest, household: Any, visit_id: int) -> HttpResponse:
    """We say that something was not said so."""
    form = ObjectForm(request.POST)
    response = submit(
        request,
        form,
        lambda given: object_to_visit(visit_id, given["words"], actor=actor_of(request), at=timezone.now()),
        to=reverse("portal:promises"),
        done=_("Written down. The township and the bureau see it beside the record."),
    )
    return response or _page(request, household, form, about=visit_id)


@require_GET
@household_required
def photo(request: HttpRequest, _household: Any, photo_id: int) -> HttpResponse:
    """A photograph that was taken at our home."""
    return photograph(request, photo_id)


def _page(
    request: HttpRequest, household: Any, form: forms.Form | None = None, *, about: int = 0
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    faults = [error for errors in form.errors.values() for error in errors] if form else []
    context = {
        "household": household,
        "promises": household_promises(actor, household, on=today),
        "visits": household_visits(actor, household, on=today),
        "fault": next(iter(faults), ""),
        "about": about,
        "words": form.data.get("words", "") if form else "",
    }
    return render(request, "portal/promises.html", context, status=status_of_form(form) if form else 200)
