"""更正的页面: how it was in truth, beside what was written down first."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import Invalid, Refused
from yixian.registry.queries import members
from yixian.visits.access import require_recorder
from yixian.visits.actions.correct_visit import VisitCorrection, correct_visit
from yixian.visits.limits import MAX_NOTE
from yixian.visits.queries import get_visit
from yixian.web.field.visit_form import VisitRecordForm, new_key
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of


class CorrectionForm(VisitRecordForm):
    """The visit as it was in truth, and why it is corrected."""

    why = forms.CharField(
        label=gettext_lazy("Why it is corrected"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The form, filled with what stands there; promises and photographs stay as they are."""
    actor, now = actor_of(request), timezone.now()
    household, visit = get_visit(actor, visit_id, on=timezone.localdate(now))
    require_recorder(actor, household.pk)
    people = members(actor, household, on=visit.on)
    there = set(visit.present)
    initial = {
        "key": new_key(),
        "on": visit.on,
        "begun": visit.begun,
        "kind": visit.kind,
        "present": [one.person_id for one in people if one.name in there],
        "others": "、".join(there - {one.name for one in people}),
        "said": visit.said,
    }
    form = CorrectionForm(request.POST or None, members=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            newer = correct_visit(
                visit.pk, VisitCorrection(form.draft(), form.cleaned_data["why"]), actor=actor, at=now
            )
        except (Invalid, Refused) as error:
            put_error(form, error)
        else:
            messages.success(request, _("Corrected. Now let the household read the correction and confirm."))
            return redirect("field:acknowledge", newer.pk)
    context = {"household": household, "visit": visit, "form": form}
    return render(request, "field/correct.html", context, status=422 if form.errors else 200)
