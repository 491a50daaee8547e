"""登记走访的页面: everything typed stays in the form until it is right; a promise that is not decided is stopped there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import Invalid, Refused, YixianError
from yixian.registry.queries import members
from yixian.visits.access import require_recorder
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.choices import VisitKind
from yixian.visits.limits import MAX_PHOTOS
from yixian.visits.promising.decided import DecidedFacts
from yixian.web.field.promise_fields import Stopped, boxes_of, promises_typed, stopped_in_words
from yixian.web.field.visit_form import VisitForm, draft_of, new_key
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


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

    def act(given: dict[str, Any]) -> Any:
        try:
            return record_visit(
                household.pk, draft_of(given, request.FILES.getlist("photos")), actor=actor, at=now
            )
        except (Invalid, Refused) as error:
            stopped.update(_named(form, error, household))
            raise

    recorded = submit(
        request,
        form,
        act,
        to=lambda visit: reverse("field:acknowledge", args=[visit.pk]),
        done=_("The visit is recorded. Now let the household read it and confirm."),
    )
    if recorded is not None:
        return recorded
    context = {
        "household": household,
        "form": form,
        "boxes": boxes_of(form, stopped),
        "stopped": stopped,
        "most_photos": MAX_PHOTOS,
    }
    return render(request, "field/record.html", context, status=status_of_form(form))


def _named(form: VisitForm, error: YixianError, household: Any) -> dict[int, Stopped]:
    """Name the field of the box that a refusal is about; of a stopped promise also what is decided instead."""
    numbers, promised = promises_typed(form.cleaned_data)
    name, _underscore, place = error.field.rpartition("_")
    number = numbers[int(place)] if name in {"text", "due", "kind"} and place.isdigit() else None
    if number is None:
        return {}
    text = promised[int(place)].text
    in_words = stopped_in_words(error, text, DecidedFacts(household.area_path, form.cleaned_data["on"]))
    error.field = f"{'cited' if name == 'kind' else name}_{number}"
    return {} if in_words is None else {number: in_words}
