"""我家的人: who stands beside us and why them, who did before, who comes next, and asking for somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.actions.ask_another import ask_another, withdraw_request
from yixian.duty.actions.hand_over import take_step
from yixian.duty.choices import HandoverStepKind, PairingPart, RequestChannel
from yixian.duty.duty_read_models import AssignedHelperView
from yixian.duty.queries import (
    assigned_helpers,
    assignment_reason,
    former_helpers,
    handovers_of,
    leaders_of_area,
    requests,
    stationings_of_area,
)
from yixian.duty.queries.handovers import free_again_on
from yixian.kernel.errors import NotPermitted
from yixian.registry.choices import HelperKind
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import came_from_this_site, posted_from_this_site
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


@dataclass(frozen=True, slots=True)
class HelperWithReason:
    """Somebody beside us, and in a sentence why them."""

    view: AssignedHelperView
    why: str


class AnotherForm(forms.Form):
    """Why we should like somebody else: nobody has to say, as long as the year's free request is there."""

    reason = forms.CharField(
        label=_("Why, if you like to say"),
        help_text=_("Neither your helper nor those who lead them can read this."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def with_reasons(household: Any, views: Iterable[AssignedHelperView], *, on: date) -> list[HelperWithReason]:
    """Each of them with the sentence; those who are away stand there without one, since somebody stands in."""
    return [
        HelperWithReason(view, "" if view.is_away else assignment_reason(household, view, on=on).sentence)
        for view in views
    ]


def empty_seats(views: Iterable[AssignedHelperView]) -> list[str]:
    """Of the two who should stand beside every household, in words those of whom nobody does."""
    held = {view.role for view in views}
    return [str(kind.label) for kind in HelperKind if kind.value not in held]


@require_GET
@household_required
def own_helpers(request: HttpRequest, household: Any) -> HttpResponse:
    """Everybody beside us, before and to come, and those who stand with our village and township."""
    actor, today = actor_of(request), timezone.localdate()
    views = assigned_helpers(actor, household, on=today)
    handovers = handovers_of(actor, household, on=today)
    asked = requests(actor, household=household)
    still_open = [row for row in asked if row.settled_at is None and row.withdrawn_at is None]
    context = {
        "household": household,
        "assigned_helpers": with_reasons(household, views, on=today),
        "empty_seats": empty_seats(views),
        "coming": [row for row in handovers if row.state in {"open", "late"} and not row.acknowledged],
        "today": today,
        "open_requests": still_open,
        "can_ask": _roles_to_ask(views, {row.role_label for row in still_open}),
        "before": former_helpers(actor, household, on=today),
        "leaders": leaders_of_area(household.area, on=today),
        "stationings": stationings_of_area(household.area, on=today),
    }
    return render(request, "portal/people.html", context)


@csrf_exempt  # guarded by came_from_this_site: the portal's forms carry no cookie of their own
@require_http_methods(["GET", "POST"])
@household_required
def request_another(request: HttpRequest, household: Any, role: str) -> HttpResponse:
    """Ask for another helper: first what it means, then whether that is meant, then it is done."""
    kind, today = _role(role), timezone.localdate()
    actor = actor_of(request)
    held = [
        view
        for view in assigned_helpers(actor, household, on=today)
        if view.role == kind and _responsible(view)
    ]
    if not held:
        return redirect("portal:assigned_helpers")
    free = free_again_on(household, kind, on=today)
    form = AnotherForm(request.POST or None)
    if free is not None:
        form.fields["reason"].label = _("Why, this time please")
    context = {"household": household, "person": held[0], "form": form, "free": free, "role": kind.value}
    if request.method == "POST":
        if not came_from_this_site(request):
            raise NotPermitted("portal.other_site", _("This form was sent from another site."))
        if form.is_valid() and free is not None and not form.cleaned_data["reason"].strip():
            form.add_error("reason", _("This year's free request has been used: this time please say why."))
        if form.is_valid() and "confirmed" not in request.POST:
            return render(request, "portal/another_confirm.html", context)
        response = submit(
            request,
            form,
            lambda given: ask_another(
                household.pk, kind, given["reason"], RequestChannel.PORTAL, actor=actor, at=timezone.now()
            ),
            to=reverse("portal:assigned_helpers"),
        )
        if response is not None:
            return response
    return render(request, "portal/another.html", context, status=status_of_form(form))


@posted_from_this_site
@household_required
def withdraw_own_request(request: HttpRequest, _household: Any, request_id: int) -> HttpResponse:
    """Take an open request back."""
    withdraw_request(request_id, actor=actor_of(request), at=timezone.now())
    return redirect("portal:assigned_helpers")


@posted_from_this_site
@household_required
def note_handover_known(request: HttpRequest, _household: Any, handover_id: int) -> HttpResponse:
    """We know of a hand-over."""
    kind, now = HandoverStepKind.ACKNOWLEDGED, timezone.now()
    take_step(handover_id, kind, timezone.localdate(now), "", actor=actor_of(request), at=now)
    return redirect("portal:assigned_helpers")


def _roles_to_ask(views: list[AssignedHelperView], open_labels: set[str]) -> list[AssignedHelperView]:
    """Those who are responsible and about whom nothing is open, one a role."""
    found: dict[str, AssignedHelperView] = {}
    for view in views:
        if _responsible(view) and view.role_label not in open_labels:
            found.setdefault(view.role, view)
    return list(found.values())


def _responsible(view: AssignedHelperView) -> bool:
    return view.part == PairingPart.FIRST


def _role(role: str) -> HelperKind:
    if role not in HelperKind.values:
        raise Http404
    return HelperKind(role)
