"""待决个案的页面: accounts that a reckoning could only propose, and the decision on each."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from yixian.compensation.access import DECIDERS
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.choices import CaseOutcome
from yixian.compensation.queries import cases, compare_versions, get_case, open_cases
from yixian.kernel.errors import YixianError
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading
from yixian.web.asking import actor_of
from yixian.web.forms import put_error
from yixian.web.ui.paging import page_of

_CHOICES = [(outcome.value, outcome.label) for outcome in (CaseOutcome.APPLY, CaseOutcome.KEEP)]


class DecisionForm(forms.Form):
    """What is decided, why, and by which document."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=_CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(label=_("Document that decides it"), max_length=120)


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases that wait, the oldest first; with ``all=1`` those decided too, the latest first."""
    actor, everything = actor_of(request), request.GET.get("all") == "1"
    rows = cases(actor).order_by("-pk") if everything else open_cases(actor)
    page = page_of(rows, request.GET.get("page"))
    return render(request, "agreements/cases.html", {"page": page, "everything": everything})


@require_http_methods(["GET", "POST"])
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: both accounts line by line, and the decision. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    case = get_case(actor, case_id)
    household = get_household(actor, case.household_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decide_case(
                case.pk,
                CaseOutcome(given["outcome"]),
                given["reason"],
                given["document"],
                actor=actor,
                at=now,
            )
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("agreements:case", case.pk)
    note_reading(actor, household, gettext_noop("versions of the account"), at=now)
    context = {
        "case": case,
        "household": household,
        "comparison": compare_versions(actor, household, case.standing.version, case.proposed.version),
        "form": form if actor.has_any(DECIDERS) and not hasattr(case, "decision") else None,
    }
    return render(request, "agreements/case.html", context, status=422 if form.errors else 200)
