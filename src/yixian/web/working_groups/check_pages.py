"""我的核查: the forms that were given to somebody, each filled in at the door, without what was recorded before."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.errors import YixianError
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of
from yixian.working_groups.actions.record_check import Finding, record_check
from yixian.working_groups.choices import CheckOutcome
from yixian.working_groups.limits import MAX_WORDS
from yixian.working_groups.queries.checks import LineToCheck, checks, get_check, lines_to_check

_MAX_LENGTH = 20


class CheckForm(forms.Form):
    """What was found; a field for each thing to be measured, and what building costs there."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What the check gave"), choices=CheckOutcome.choices, widget=forms.RadioSelect
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


@require_GET
def my_checks(request: HttpRequest) -> HttpResponse:
    """The forms that were given to the actor."""
    return render(request, "working_groups/checks.html", {"rows": list(checks(actor_of(request)))})


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, sampled_id: int) -> HttpResponse:
    """One form."""
    actor, now = actor_of(request), timezone.now()
    sampled = get_check(actor, sampled_id)
    lines = lines_to_check(sampled, at=now)
    form = CheckForm(
        request.POST or None,
        lines=lines,
        initial={"key": uuid.uuid4(), "checked_on": timezone.localdate(now), "outcome": "done"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_check(sampled.pk, form.finding(request.FILES.getlist("photos")), actor=actor, at=now)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Written down. It cannot be changed any more."))
            return redirect("staff:checks")
    context = {"sampled": sampled, "form": form, "result": getattr(sampled, "result", None)}
    return render(request, "working_groups/check.html", context, status=422 if form.errors else 200)


def _label(line: LineToCheck) -> str:
    place = f" · {line.place}" if line.place else ""
    return _("%(item)s%(place)s: what it measures, in %(unit)s (0 if it is not there)") % {
        "item": line.title,
        "place": place,
        "unit": line.unit,
    }
