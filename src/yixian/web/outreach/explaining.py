"""讲解账目的页面: the account line by line in plain words, with a place for a question at each; then on to the confirmation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from yixian.outreach.actions.explain_account import account_to_explain, explain_account
from yixian.outreach.queries import household_explanations
from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import require_recorder
from yixian.web.account_groups import line_groups
from yixian.web.outreach.explanation_form import ExplanationForm, new_explanation_key
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, household_id: int) -> HttpResponse:
    """The account in force, to be gone through with the household."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    household, _user_id = require_recorder(actor, household_id)
    account = account_to_explain(actor, household, on=today)
    form = ExplanationForm(
        request.POST or None,
        groups=line_groups(account),
        initial={
            "key": new_explanation_key(),
            "version": account.version,
            "on": today,
            "language": household.language,
        },
    )
    done = submit(
        request,
        form,
        lambda given: explain_account(household.pk, form.draft(given), actor=actor, at=now),
        to=lambda row: reverse("outreach:confirm", args=[row.pk]),
        done=_("Recorded. Now let the household confirm that it was so."),
    )
    if done is not None:
        return done
    if request.method == "GET":
        note_reading(actor, household, gettext_noop("account"), at=now)
    context = {
        "household": household,
        "account": account,
        "state": household_explanations(actor, household, account, at=now)[0],
        "form": form,
    }
    return render(request, "outreach/explain.html", context, status=status_of_form(form))
