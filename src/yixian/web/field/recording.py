"""登记走访的页面: everything typed stays in the form until it is right; a promise that is not decided is stopped there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from yixian.kernel.errors import Invalid, Refused, YixianError
from yixian.registry.queries import members
from yixian.visits.access import require_recorder
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.choices import VisitKind
from yixian.visits.limits import MAX_PHOTOS
from yixian.visits.promising.decided import DecidedFacts
from yixian.web.field.promise_fields import Stopped, boxes_of, promises_typed, stopped_in_words
from yixian.web.field.visit_form import VisitForm, new_key
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, household_id: int) -> HttpResponse:
    """The form; once it is right, on to the household's confirmation."""
    actor, now = actor_of(request), timezone.now()
    household, _user_id = require_recorder(actor, household_id)
    today = timezone.localdate(now)
    form = VisitForm(
        request.POST or None,
        members=members(actor, household, on=today),
        decided=DecidedFacts(household.area_path, today),
        initial={
            "key": new_key(),
            "on": today,
            "begun": timezone.localtime(now).time(),
            "kind": VisitKind.VISIT,
        },
    )
    stopped: dict[int, Stopped] = {}
    if request.method == "POST" and form.is_valid():
        try:
            visit = record_visit(
                household.pk, form.draft(request.FILES.getlist("photos")), actor=actor, at=now
            )
        except (Invalid, Refused) as error:
            stopped = _put(form, error, household)
        else:
            messages.success(
                request, _("The visit is written down. Now let the household read it and confirm.")
            )
            return _on(request, visit.pk)
    context = {
        "household": household,
        "form": form,
        "boxes": boxes_of(form, stopped),
        "stopped": stopped,
        "most_photos": MAX_PHOTOS,
    }
    return render(request, "field/record.html", context, status=422 if form.errors else 200)


def _put(form: VisitForm, error: YixianError, household: Any) -> dict[int, Stopped]:
    """Put a refusal beside its field; of a stopped promise also what is decided instead."""
    numbers, promised = promises_typed(form.cleaned_data)
    name, _underscore, place = error.field.rpartition("_")
    number = numbers[int(place)] if name in {"text", "due", "kind"} and place.isdigit() else None
    if number is None:
        put_error(form, error)
        return {}
    text = promised[int(place)].text
    in_words = stopped_in_words(error, text, DecidedFacts(household.area_path, form.cleaned_data["on"]))
    error.field = f"{'cited' if name == 'kind' else name}_{number}"
    put_error(form, error)
    return {} if in_words is None else {number: in_words}


def _on(request: HttpRequest, visit_id: int) -> HttpResponse:
    address = reverse("field:acknowledge", args=[visit_id])
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)
