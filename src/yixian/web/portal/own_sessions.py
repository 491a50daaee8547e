"""领导在一线: what was decided on the spot, for everybody; and what a household says of the sessions at its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.outreach.actions.follow_decision import object_to_session
from yixian.outreach.actions.hold_meeting import object_to_meeting
from yixian.outreach.choices import DecisionState
from yixian.outreach.on_site_read_models import PublicDecision
from yixian.outreach.queries.on_site import public_decisions, sessions_of_household
from yixian.outreach.queries.policy_meetings import meetings_of_household
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import posted_from_this_site
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, DATE, Badge
from yixian.web.ui.filters import Search
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {
    DecisionState.OPEN: "",
    DecisionState.OVERDUE: "bad",
    DecisionState.DONE: "river",
    DecisionState.NOT_DONE: "warn",
    DecisionState.CLOSED: "good",
}

DECIDED = ListPage(
    url="portal:decided",
    export="portal:decided_export",
    title=_("Decided on the spot"),
    lead=_("What leaders decided in the villages, whose it is, by when, and whether it was carried out."),
    table=Table[PublicDecision](
        _("Decided on the spot"),
        (
            Column("words", _("Decision"), lambda row: row.words, place="lead", unsorted="free words"),
            Column("on", _("Day"), lambda row: row.on, DATE, place="labelled"),
            Column("place", _("Location"), lambda row: row.place),
            Column(
                "organisation",
                _("Whose it is"),
                lambda row: row.organisation,
                unsorted="by name it says little",
            ),
            Column("due", _("By which day"), lambda row: row.due_on, DATE, place="labelled"),
            Column(
                "state",
                _("State"),
                lambda row: Badge(row.state.label, _TONES[row.state]),
                BADGE,
                place="corner",
                unsorted="it follows from the days",
            ),
        ),
        Empty(
            _("Nothing was decided on the spot yet"),
            _("As soon as leaders decide something there, it stands here."),
        ),
    ),
    rows=lambda query: public_decisions(on=query.on, search=query["q"]),
    counted=lambda n: ngettext("%(number)s decision", "%(number)s decisions", n) % {"number": f"{n:,}"},
    search=Search(_("Search for a place or a body"), _("Village, township, body, or a word of it")),
    template="portal/decided.html",
)


@require_GET
@household_required
def sessions(request: HttpRequest, household: Any) -> HttpResponse:
    """Which leaders were at our place, and what they decided."""
    return _page(request, household)


class SessionDenialForm(forms.Form):
    """How it was instead, or that nobody came."""

    never_held = forms.BooleanField(required=False)
    words = forms.CharField(required=False)


@posted_from_this_site
@household_required
def object_to(request: HttpRequest, household: Any, session_id: int) -> HttpResponse:
    """We say that it was not so, or that nobody was here."""
    form = SessionDenialForm(request.POST)
    response = submit(
        request,
        form,
        lambda given: object_to_session(
            session_id,
            given["words"],
            never_held=given["never_held"],
            actor=actor_of(request),
            household_id=household.pk,
            at=timezone.now(),
        ),
        to=reverse("portal:sessions"),
        done=_("Written down. The township and the bureau see it beside the record."),
    )
    return response or _page(request, household, form, about=session_id)


@posted_from_this_site
@household_required
def object_to_policy_meeting(request: HttpRequest, household: Any, meeting_id: int) -> HttpResponse:
    """We say that we were neither there nor told afterwards, or that it was otherwise."""
    form = SessionDenialForm(request.POST)
    response = submit(
        request,
        form,
        lambda given: object_to_meeting(
            meeting_id,
            given["words"],
            never_reached=given["never_held"],
            actor=actor_of(request),
            household_id=household.pk,
            at=timezone.now(),
        ),
        to=reverse("portal:sessions"),
        done=_("Written down. The township and the bureau see it beside the record."),
    )
    return response or _page(request, household, form)


def _page(
    request: HttpRequest, household: Any, form: forms.Form | None = None, *, about: int = 0
) -> HttpResponse:
    faults = [error for errors in form.errors.values() for error in errors] if form else []
    context = {
        "household": household,
        "sessions": sessions_of_household(actor_of(request), household, on=timezone.localdate()),
        "meetings": meetings_of_household(actor_of(request), household, on=timezone.localdate()),
        "fault": next(iter(faults), ""),
        "about": about,
    }
    return render(request, "portal/sessions.html", context, status=status_of_form(form) if form else 200)
