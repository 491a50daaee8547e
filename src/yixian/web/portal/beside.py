"""我家的人: who stands beside us and why them, who did before, who comes next, and asking for somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.actions.ask_another import ask_another, withdraw_request
from yixian.duty.actions.hand_over import take_step
from yixian.duty.choices import Channel, HandoverStepKind, PairingPart
from yixian.duty.queries import (
    beside,
    handovers_of,
    leaders_of_area,
    requests,
    stationings_of_area,
    stood_beside,
    why_them,
)
from yixian.duty.queries.handovers import free_again_on
from yixian.duty.rows import BesideView
from yixian.kernel.errors import NotPermitted, YixianError
from yixian.registry.choices import HelperKind
from yixian.web.asking import actor_of
from yixian.web.forms import put_error
from yixian.web.portal.same_site import came_from_this_site, posted_from_this_site
from yixian.web.portal.visit import visiting


@dataclass(frozen=True, slots=True)
class WithReason:
    """Somebody beside us, and in a sentence why them."""

    view: BesideView
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


def with_reasons(household: Any, views: Iterable[BesideView], *, on: date) -> list[WithReason]:
    """Each of them with the sentence; those who are away stand there without one, since somebody stands in."""
    return [
        WithReason(view, "" if view.is_away else why_them(household, view, on=on).sentence) for view in views
    ]


@require_GET
@visiting
def people(request: HttpRequest, household: Any) -> HttpResponse:
    """Everybody beside us, before and to come, and those who stand with our village and township."""
    actor, today = actor_of(request), timezone.localdate()
    views = beside(actor, household, on=today)
    handovers = handovers_of(actor, household, on=today)
    asked = requests(actor, household=household)
    still_open = [row for row in asked if row.settled_at is None and row.withdrawn_at is None]
    context = {
        "household": household,
        "beside": with_reasons(household, views, on=today),
        "coming": [row for row in handovers if row.state in {"open", "late"} and not row.acknowledged],
        "today": today,
        "open_requests": still_open,
        "can_ask": _roles_to_ask(views, {row.role_label for row in still_open}),
        "before": stood_beside(actor, household, on=today),
        "leaders": leaders_of_area(household.area, on=today),
        "stationings": stationings_of_area(household.area, on=today),
    }
    return render(request, "portal/people.html", context)


@csrf_exempt  # guarded by came_from_this_site: the portal's forms carry no cookie of their own
@require_http_methods(["GET", "POST"])
@visiting
def another(request: HttpRequest, household: Any, role: str) -> HttpResponse:
    """Ask for another helper: first what it means, then whether that is meant, then it is done."""
    kind, today = _role(role), timezone.localdate()
    actor = actor_of(request)
    held = [view for view in beside(actor, household, on=today) if view.role == kind and _responsible(view)]
    if not held:
        return redirect("portal:beside")
    free = free_again_on(household, kind, on=today)
    form = AnotherForm(request.POST or None)
    context = {"household": household, "person": held[0], "form": form, "free": free, "role": kind.value}
    if request.method == "POST":
        if not came_from_this_site(request):
            raise NotPermitted("portal.other_site", _("This form was sent from another site."))
        if form.is_valid() and free is not None and not form.cleaned_data["reason"].strip():
            form.add_error("reason", _("This year's free request has been used: this time please say why."))
        if form.is_valid() and "confirmed" not in request.POST:
            return render(request, "portal/another_confirm.html", context)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                ask_another(household.pk, kind, reason, Channel.PORTAL, actor=actor, at=timezone.now())
            except YixianError as error:
                put_error(form, error)
            else:
                return redirect("portal:beside")
    return render(request, "portal/another.html", context, status=422 if form.errors else 200)


@posted_from_this_site
@visiting
def take_back(request: HttpRequest, _household: Any, request_id: int) -> HttpResponse:
    """Take an open request back."""
    withdraw_request(request_id, actor=actor_of(request), at=timezone.now())
    return redirect("portal:beside")


@posted_from_this_site
@visiting
def known(request: HttpRequest, _household: Any, handover_id: int) -> HttpResponse:
    """We know of a hand-over."""
    kind, now = HandoverStepKind.ACKNOWLEDGED, timezone.now()
    take_step(handover_id, kind, timezone.localdate(now), "", actor=actor_of(request), at=now)
    return redirect("portal:beside")


def _roles_to_ask(views: list[BesideView], open_labels: set[str]) -> list[BesideView]:
    """Those who are responsible and about whom nothing is open, one a role."""
    found: dict[str, BesideView] = {}
    for view in views:
        if _responsible(view) and view.role_label not in open_labels:
            found.setdefault(view.role, view)
    return list(found.values())


def _responsible(view: BesideView) -> bool:
    return view.part == PairingPart.FIRST


def _role(role: str) -> HelperKind:
    if role not in HelperKind.values:
        raise Http404
    return HelperKind(role)
