"""给我们的承诺: what a household sees of its visits and promises on the portal, and what it says of them itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.kernel.errors import Invalid, Refused
from yixian.visits.actions.object_to_visit import object_to_visit
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, say_of_promise
from yixian.visits.queries import household_promises, household_visits
from yixian.web.photographs import photograph
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import posted_from_this_site
from yixian.web.request_actor import actor_of


@require_GET
@household_required
def promises(request: HttpRequest, household: Any) -> HttpResponse:
    """The promises made to us with their state, and what was written down about us at each visit."""
    return _page(request, household)


@posted_from_this_site
@household_required
def say(request: HttpRequest, household: Any, promise_id: int) -> HttpResponse:
    """We say whether a promise was kept."""
    now = timezone.now()
    settling = PromiseOutcomeInput(
        request.POST.get("outcome", ""), timezone.localdate(now), request.POST.get("note", "")
    )
    try:
        say_of_promise(promise_id, settling, actor=actor_of(request), at=now)
    except Invalid as error:
        return _page(request, household, fault=error.sentence)
    messages.success(request, _("Noted. Those who promised it see what you say."))
    return redirect("portal:promises")


@posted_from_this_site
@household_required
def object_to(request: HttpRequest, household: Any, visit_id: int) -> HttpResponse:
    """We say that something was not said so."""
    words = request.POST.get("words", "")
    try:
        object_to_visit(visit_id, words, actor=actor_of(request), at=timezone.now())
    except (Invalid, Refused) as error:
        return _page(request, household, fault=error.sentence, about=visit_id, words=words)
    messages.success(request, _("Written down. The township and the bureau see it beside the record."))
    return redirect("portal:promises")


@require_GET
@household_required
def photo(request: HttpRequest, _household: Any, photo_id: int) -> HttpResponse:
    """A photograph that was taken at our home."""
    return photograph(request, photo_id)


def _page(
    request: HttpRequest, household: Any, *, fault: str = "", about: int = 0, words: str = ""
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    context = {
        "household": household,
        "promises": household_promises(actor, household, on=today),
        "visits": household_visits(actor, household, on=today),
        "fault": fault,
        "about": about,
        "words": words,
    }
    return render(request, "portal/promises.html", context, status=422 if fault else 200)
