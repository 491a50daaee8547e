"""更正账目的页面: have one household reckoned again as a correction, with reason and document."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.compensation.access import RECKONERS, require_acting_for
from yixian.compensation.actions.correct_account import correct_account
from yixian.kernel.errors import YixianError
from yixian.registry.access import get_household
from yixian.web.asking import actor_of
from yixian.web.forms import put_error


class CorrectionForm(forms.Form):
    """What was wrong, and by which document it was put right."""

    reason = forms.CharField(label=_("What was wrong"), max_length=200)
    document = forms.CharField(label=_("Document that decides it"), max_length=120)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, household_id: int) -> HttpResponse:
    """Ask for the reason and the document, then reckon this household alone."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    require_acting_for(actor, household, RECKONERS)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            correct_account(household.pk, given["reason"], given["document"], actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The account was reckoned again as a correction."))
            return redirect("agreements:versions", household.pk)
    context = {"household": household, "form": form}
    return render(request, "agreements/correct.html", context, status=422 if form.errors else 200)
