"""挂乡与驻村: leaders of a township and bodies stationed in a place, with their history, and every change of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yixian.domain.areas import AreaLevel
from yixian.duty.access import PLANNERS
from yixian.duty.actions.appoint_leaders import (
    Appointment,
    appoint_leader,
    relieve_leader,
    station_organisation,
    withdraw_organisation,
)
from yixian.duty.choices import LeadershipKind
from yixian.duty.queries import (
    leaders_of_area,
    leadership_history,
    stationing_history,
    stationings_of_area,
    tiers,
)
from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require
from yixian.registry.queries import area_chain, get_area, organisations
from yixian.web.duty.place_and_day import requested_area, requested_day
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of
from yixian.web.ui.people_field import people_field, people_named

_STATIONED_AT = {AreaLevel.TOWNSHIP, AreaLevel.VILLAGE, AreaLevel.GROUP}


class AppointForm(forms.Form):
    """Who leads, as what, from when, by which document, and whom they relieve."""

    prefix = "appoint"
    helper = people_field(gettext_lazy("Who"), rows=1)
    kind = forms.ChoiceField(label=gettext_lazy("As"), choices=LeadershipKind.choices)
    on = day_field(label=gettext_lazy("From which day"))
    document = forms.CharField(label=gettext_lazy("Document"), max_length=120)
    relieves = forms.TypedChoiceField(
        label=gettext_lazy("Relieves"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, actor: Actor, leaders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        relieves: Any = self.fields["relieves"]
        relieves.choices = [
            ("", _("relieves nobody")),
            *((row.pk, str(row.helper.person.name)) for row in leaders),
        ]

    def clean_helper(self) -> Any:
        """The helper themselves."""
        people = people_named(self.cleaned_data["helper"], self.actor, on=timezone.localdate(), most=1)
        if not people:
            raise forms.ValidationError(_("Say who."))
        return people[0]


class StationForm(forms.Form):
    """Which body, from when, by which document."""

    prefix = "station"
    organisation = forms.TypedChoiceField(label=gettext_lazy("Body"), coerce=int)
    on = day_field(label=gettext_lazy("From which day"))
    document = forms.CharField(label=gettext_lazy("Document"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.choices = [(row.pk, row.label) for row in organisations(actor).filter(valid_until=None)]


class EndForm(forms.Form):
    """Which one ends, on which day and why."""

    prefix = "end"
    row = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(label=gettext_lazy("On"))
    because = forms.CharField(label=gettext_lazy("Why, or by which document"), max_length=200)


@require_GET
def leaders_overview(request: HttpRequest) -> HttpResponse:
    """Every township in reach with its three tiers, those where something is missing first."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    found = tiers(actor, area.path if area else "", on=on)
    return render(request, "duty/leaders/list.html", {"area": area, "on": on, "tiers": found})


@require_http_methods(["GET", "POST"])
def area_leaders(request: HttpRequest, area_id: int) -> HttpResponse:
    """Those of one place."""
    actor, on = actor_of(request), timezone.localdate()
    area = get_area(actor, area_id)
    is_township = area.level == AreaLevel.TOWNSHIP
    leaders = list(leaders_of_area(area, on=on)) if is_township else []
    appoint = AppointForm(actor=actor, leaders=leaders, initial={"on": on})
    station, end = StationForm(actor=actor, initial={"on": on}), EndForm(initial={"on": on})
    asked = request.POST.get("do", "")
    if request.method == "POST":
        require(actor, PLANNERS)
        data = request.POST
        if asked == "appoint":
            appoint = AppointForm(data, actor=actor, leaders=leaders)
            answer = _appoint(request, area, appoint)
        elif asked == "station":
            station = StationForm(data, actor=actor)
            answer = _station(request, area, station)
        else:
            end = EndForm(data)
            answer = _end(request, area, end, relieve_leader if asked == "relieve" else withdraw_organisation)
        if answer:
            return answer
    context = {
        "area": area,
        "chain": area_chain(area),
        "is_township": is_township,
        "can_station": area.level in _STATIONED_AT,
        "leaders": leaders,
        "above": [row for row in stationings_of_area(area, on=on) if row.area_id != area.pk],
        "leader_history": leadership_history(area),
        "station_history": stationing_history(area),
        "may_plan": actor.has_any(PLANNERS),
        "today": on,
        "appoint": appoint,
        "station": station,
        "end": end,
        "asked": asked,
        "ending": str(end["row"].value() or ""),
    }
    faulty = appoint.errors or station.errors or end.errors
    return render(request, "duty/leaders/page.html", context, status=422 if faulty else 200)


def _appoint(request: HttpRequest, area: Any, form: AppointForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    appointment = Appointment(
        helper_id=given["helper"].pk,
        area_id=area.pk,
        kind=LeadershipKind(given["kind"]),
        first=given["on"],
        document=given["document"],
        relieves_id=given["relieves"],
    )
    return _done(request, area, form, lambda **who: appoint_leader(appointment, **who), _("Appointed."))


def _station(request: HttpRequest, area: Any, form: StationForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data

    def act(**who: Any) -> Any:
        return station_organisation(given["organisation"], area.pk, given["on"], given["document"], **who)

    return _done(request, area, form, act, _("Stationed."))


def _end(request: HttpRequest, area: Any, form: EndForm, act: Callable[..., Any]) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    return _done(
        request,
        area,
        form,
        lambda **who: act(given["row"], given["on"], given["because"], **who),
        _("Noted. The history keeps it."),
    )


def _done(
    request: HttpRequest, area: Any, form: forms.Form, act: Callable[..., Any], said: str
) -> HttpResponse | None:
    try:
        act(actor=actor_of(request), at=timezone.now())
    except YixianError as error:
        put_error(form, error)
        return None
    messages.success(request, said)
    return redirect("staff:duty_leaders_area", area.pk)
