"""预告离岗: who is away, how and when; first what it would lead to, household by household; then, confirmed, it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.access import PLANNERS
from yixian.duty.actions.announce_absence import (
    MAX_AT_ONCE,
    Announcement,
    announce_absences,
    preview_absences,
    sentences_of,
)
from yixian.duty.choices import AbsenceKind
from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require
from yixian.policies.queries import duty_rules
from yixian.registry.queries import find_helpers, organisations
from yixian.web.duty.board_tables import PASSING
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Search, asked_for
from yixian.web.ui.people_field import PeopleField, helpers_in_address, people_named, written

_MAX_BEYOND = 20
_FIND = Search(gettext_lazy("Search for somebody"), name="find")
_KINDS = [choice for choice in AbsenceKind.choices if choice[0] != AbsenceKind.SUDDEN]


class AnnouncementForm(forms.Form):
    """One announcement for one or many."""

    helpers = PeopleField(gettext_lazy("Who"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of absence"), choices=_KINDS)
    first = day_field(label=gettext_lazy("First day away"))
    until = day_field(
        label=gettext_lazy("Back on"),
        required=False,
        help_text=gettext_lazy("For leave only: the first day on which they are back."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)
    document = forms.CharField(label=gettext_lazy("Document"), max_length=120, required=False)
    to_organisation = forms.TypedChoiceField(
        label=gettext_lazy("Transferred to"), required=False, coerce=int, empty_value=None
    )
    beyond = forms.IntegerField(
        min_value=0, max_value=_MAX_BEYOND, initial=0, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        to_organisation: Any = self.fields["to_organisation"]
        to_organisation.choices = [
            ("", "—"),
            *((organisation.pk, organisation.label) for organisation in organisations(actor)),
        ]

    def clean_helpers(self) -> list[Any]:
        """The helpers themselves."""
        today = timezone.localdate()
        return people_named(self.cleaned_data["helpers"], self.actor, on=today, most=MAX_AT_ONCE)

    def announcements(self) -> list[Announcement]:
        """One for each of them."""
        given = self.cleaned_data
        return [
            Announcement(
                helper_id=helper.pk,
                kind=AbsenceKind(given["kind"]),
                first=given["first"],
                until=given["until"],
                reason=given["reason"],
                document=given["document"],
                to_organisation_id=given["to_organisation"],
                beyond=given["beyond"] or 0,
            )
            for helper in given["helpers"]
        ]


@dataclass(frozen=True, slots=True)
class Preview:
    """What announcing would lead to."""

    plans: list[Any]
    sentences: list[str]
    short_notice: bool

    @property
    def lacking(self) -> list[Any]:
        """Everybody who would be left without."""
        return [row for plan in self.plans for row in plan.lacking]

    @property
    def begun(self) -> int:
        """How many households would have somebody else."""
        return sum(len(plan.begun) for plan in self.plans)


@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """The form; sent, the preview; confirmed, the absences."""
    actor = actor_of(request)
    require(actor, PLANNERS)
    initial = {"helpers": written(helpers_in_address(request, actor))}
    form = AnnouncementForm(request.POST or None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _next_step(request, form, actor)
    return _form_page(request, form)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """People by name, pinyin, number or body, to be put into the field above."""
    search = asked_for(request, _FIND)["find"]
    found = find_helpers(actor_of(request), search, on=timezone.localdate())
    return render(request, "duty/found.html", {"found": found, "search": search})


def _next_step(request: HttpRequest, form: AnnouncementForm, actor: Actor) -> HttpResponse:
    step, given, at = request.POST.get("step", ""), form.announcements(), timezone.now()
    if step == "change":
        return _form_page(request, form, status=200)
    try:
        if step == "confirm":
            plans = announce_absences(given, actor=actor, at=at)
            messages.success(request, _announced(plans))
            if len(plans) == 1:
                return redirect("staff:duty_absence", plans[0].absence.pk)
            return redirect("staff:duty_absences")
        return _preview_page(request, form, given)
    except YixianError as error:
        if error.key == "absence.nobody":
            return _preview_page(request, form, given, status=409)
        put_error(form, error)
    return _form_page(request, form)


def _announced(plans: list[Any]) -> str:
    households = sum(len(plan.begun) for plan in plans)
    return _("Announced. %(count)s households have somebody from that day on; now they are handed over.") % {
        "count": households
    }


def _preview_page(
    request: HttpRequest, form: AnnouncementForm, given: list[Announcement], *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    plans = preview_absences(given, actor=actor_of(request), at=at)
    notice = duty_rules(plans[0].absence.helper.organisation.area.path, given[0].first).announce_days
    soon = given[0].first < timezone.localdate(at) + timedelta(days=notice)
    context = {
        "form": form,
        "preview": Preview(plans, sentences_of(plans), short_notice=soon),
        "given": given[0],
        "kind_label": AbsenceKind(given[0].kind).label,
        "notice": notice,
        "more": range(1, 6),
        "passing": PASSING,
        "people": written(form.cleaned_data["helpers"]),
    }
    return render(request, "duty/absences/preview.html", context, status=status)


def _form_page(request: HttpRequest, form: AnnouncementForm, *, status: int = 0) -> HttpResponse:
    status = status or (422 if form.errors else 200)
    return render(request, "duty/absences/announce.html", {"form": form}, status=status)
