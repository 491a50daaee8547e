"""我的核查: the forms that were given to somebody, each filled in at the door, without what was recorded before."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, Badge
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table
from yixian.working_groups.actions.record_check import Finding, record_check
from yixian.working_groups.choices import CheckOutcome
from yixian.working_groups.limits import MAX_WORDS
from yixian.working_groups.queries.checks import LineToCheck, check_list, get_check, lines_to_check

_MAX_LENGTH = 20


class CheckForm(forms.Form):
    """What was found; a field for each thing to be measured, and what building costs there."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Result of the check"), choices=CheckOutcome.choices, widget=forms.RadioSelect
    )
    checked_on = day_field(label=_("Day"))
    rebuild = forms.CharField(
        label=_("What a square metre of the same house costs to build here, yuan"),
        max_length=_MAX_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    timber = forms.CharField(
        label=_("Timber, yuan a cubic metre"),
        max_length=_MAX_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    wage = forms.CharField(
        label=_("A builder's day, yuan"),
        max_length=_MAX_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    words = forms.CharField(
        label=_("What else is to be known"),
        max_length=MAX_WORDS,
        required=False,
        help_text=_("Kept sealed."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, lines: list[LineToCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"measure-{line.line_no}"] = forms.CharField(
                label=_label(line),
                max_length=_MAX_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        measures = [f"measure-{line.line_no}" for line in lines]
        self.order_fields(["key", "outcome", "checked_on", *measures, "rebuild", "timber", "wage", "words"])

    def finding(self, photos: list[Any]) -> Finding:
        """What was typed."""
        given = self.cleaned_data
        done = given["outcome"] == CheckOutcome.DONE
        measures = {
            name.removeprefix("measure-"): text
            for name, text in given.items()
            if name.startswith("measure-") and done
        }
        return Finding(
            key=given["key"],
            outcome=CheckOutcome(given["outcome"]),
            checked_on=given["checked_on"],
            measures=measures,
            timber=given["timber"],
            wage=given["wage"],
            rebuild=given["rebuild"],
            words=given["words"],
            photos=tuple((photo.name, photo.read()) for photo in photos),
        )


def _outcome(sampled: Any) -> Badge:
    result = getattr(sampled, "result", None)
    return Badge(result.get_outcome_display(), "good") if result else Badge(_("To be done"), "warn")


CHECKS = ListPage(
    url="staff:checks",
    title=_("My checks"),
    lead=_(
        "These households were drawn. Measure as if nobody had measured before: what was recorded is not shown."
    ),
    table=Table[Any](
        _("My checks"),
        (
            Column(
                "name",
                _("Household"),
                lambda row: household_crumb(row.household)[1],
                link=lambda row: address_of("staff:check", row.pk),
                place="lead",
            ),
            Column("area", _("Area"), lambda row: row.household.area.label),
            Column("group", _("For"), lambda row: row.draw.sample.group.title),
            Column("outcome", _("Result of the check"), _outcome, BADGE, place="corner"),
        ),
        Empty(_("No checks"), _("When a working group draws households, some of them may come to you.")),
        css="",
    ),
    rows=lambda query: check_list(query.actor),
    counted=lambda n: ngettext("%(number)s check", "%(number)s checks", n) % {"number": f"{n:,}"},
    page_size=50,
)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, sampled_id: int) -> HttpResponse:
    """One form."""
    actor, now = actor_of(request), timezone.now()
    sampled = get_check(actor, sampled_id)
    form = CheckForm(
        request.POST or None,
        lines=lines_to_check(sampled, at=now),
        initial={"key": uuid.uuid4(), "checked_on": timezone.localdate(now), "outcome": "done"},
    )
    onward = submit(
        request,
        form,
        lambda _given: record_check(
            sampled.pk, form.finding(request.FILES.getlist("photos")), actor=actor, at=now
        ),
        to=reverse("staff:checks"),
        done=_("Written down. It cannot be changed any more."),
    )
    context = {"sampled": sampled, "form": form, "result": getattr(sampled, "result", None)}
    return onward or render(request, "working_groups/check.html", context, status=status_of_form(form))


def _label(line: LineToCheck) -> str:
    place = f" · {line.place}" if line.place else ""
    return _("%(item)s%(place)s: what it measures, in %(unit)s (0 if it is not there)") % {
        "item": line.title,
        "place": place,
        "unit": line.unit,
    }
