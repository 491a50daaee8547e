"""试算: what if these people were transferred, and what if the hardest households counted double; asked, worked out, shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.actions.announce_absence import MAX_AT_ONCE
from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState
from yixian.kernel.errors import NotFound
from yixian.kernel.jobs import ask
from yixian.kernel.languages import language
from yixian.kernel.queries import get_job, jobs_of_kind
from yixian.registry.choices import HelperKind
from yixian.registry.queries import households_among, reached_by_path
from yixian.registry.queries.areas import work_places
from yixian.registry.queries.organisations import helpers_of_ids
from yixian.web.duty.board_tables import PLACES_SHORT
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.staff.jobs import job_context
from yixian.web.ui.people_field import PeopleField, people_named

KIND = "duty.try"
_SHOWN = 5


class WhatIfPlaceForm(forms.Form):
    """For which place."""

    area = forms.TypedChoiceField(label=gettext_lazy("For"), coerce=int)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.places = {place.pk: place for place in work_places(actor)}
        area: Any = self.fields["area"]
        area.choices = [(place.pk, place.label) for place in self.places.values()]

    def path(self) -> str:
        """The path of the place."""
        path: str = self.places[self.cleaned_data["area"]].path
        return path


class WhatIfLeavingForm(WhatIfPlaceForm):
    """Who, and from which day."""

    prefix = "leaving"
    helpers = PeopleField(gettext_lazy("Who would be gone"))
    day = day_field(label=gettext_lazy("From which day"))
    field_order = ("helpers", "day", "area")

    def clean_helpers(self) -> list[Any]:
        """The helpers themselves."""
        people = people_named(
            self.cleaned_data["helpers"], self.actor, on=timezone.localdate(), most=MAX_AT_ONCE
        )
        if not people:
            raise forms.ValidationError(gettext_lazy("Say who."))
        return people


class WhatIfDoubleForm(WhatIfPlaceForm):
    """For which place."""

    prefix = "double"


@require_http_methods(["GET", "POST"])
def what_if_form(request: HttpRequest) -> HttpResponse:
    """Both questions, and the answers to those asked before."""
    actor = actor_of(request)
    today = timezone.localdate()
    leaving = WhatIfLeavingForm(actor=actor, initial={"day": today})
    double = WhatIfDoubleForm(actor=actor)
    if request.method == "POST":
        if request.POST.get("what") == "leaving":
            leaving = WhatIfLeavingForm(request.POST, actor=actor)
            form: WhatIfPlaceForm = leaving
        else:
            double = WhatIfDoubleForm(request.POST, actor=actor)
            form = double
        if form.is_valid():
            job = ask(KIND, _arguments(form), actor=actor, at=timezone.now())
            return redirect("staff:job", job.pk)
    asked = [job_context(job) for job in jobs_of_kind(actor, KIND, limit=_SHOWN)]
    context = {"leaving": leaving, "double": double, "asked": asked}
    status = 422 if leaving.errors or double.errors else 200
    return render(request, "duty/what_if/ask.html", context, status=status)


@require_GET
def what_if_result(request: HttpRequest, job_id: int) -> HttpResponse:
    """What was worked out."""
    actor = actor_of(request)
    job = get_job(actor, job_id)
    if job.kind != KIND or job.state != JobState.DONE:
        raise NotFound("job.not_found", gettext_lazy("There is no such job."))
    asked = job.arguments
    context = {
        "job": job,
        "area": reached_by_path(actor, [asked["area_path"]]).get(asked["area_path"]),
        "people": helpers_of_ids(actor, asked.get("helper_ids", [])),
        "day": parse_date(asked.get("day", "")) if asked.get("day") else None,
        "places_short": PLACES_SHORT,
        "parts": [_part(actor, part) for part in job.result["parts"]],
    }
    return render(request, f"duty/what_if/{job.result['what']}.html", context)


def _arguments(form: WhatIfPlaceForm) -> dict[str, Any]:
    if isinstance(form, WhatIfLeavingForm):
        return {
            "what": "leaving",
            "area_path": form.path(),
            "helper_ids": [row.pk for row in form.cleaned_data["helpers"]],
            "day": form.cleaned_data["day"].isoformat(),
        }
    return {"what": "double", "area_path": form.path()}


def _part(actor: Actor, part: dict[str, Any]) -> dict[str, Any]:
    """A role's answer in words; of the households only those in reach."""
    found = part | {
        "label": HelperKind(part["role"]).label,
        "told": part["sentences"].get(language(), []),
    }
    if "left" in part:
        found["left"] = households_among(actor, part["left"], on=timezone.localdate())
    if "where" in part:
        areas = reached_by_path(actor, part["where"])
        found["where"] = [(areas[path], short) for path, short in part["where"].items() if path in areas]
    return found
