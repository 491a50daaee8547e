"""待决个案的页面: accounts that a reckoning could only propose, and the decision on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.compensation.access import DECIDERS
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.choices import CaseOutcome
from yixian.compensation.queries import case_list, compare_versions, get_case
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading, note_reading_many
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, CODE, MONEY, Badge
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.filters import ListQuery, Toggle
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_CHOICES = [(outcome.value, outcome.label) for outcome in (CaseOutcome.APPLY, CaseOutcome.KEEP)]

_TOUCHES = _("touches a signed agreement")
_LESS = _("the household would get less")


class DecisionForm(forms.Form):
    """What is decided, why, and by which document."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=_CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(label=_("Document that decides it"), max_length=120)


def _total(statement: Any) -> Any:
    """A version's sum, or its state where it has none."""
    return Badge(statement.get_status_display()) if statement.total_fen is None else statement.total_fen


def _why(case: Any) -> str:
    reasons = ((case.breaks_agreement, _TOUCHES), (case.loses, _LESS))
    return gettext("; ").join(str(words) for holds, words in reasons if holds)


def _state(case: Any) -> Badge:
    decision = getattr(case, "decision", None)
    return Badge(decision.get_outcome_display()) if decision else Badge(_("Pending"), "warn")


def _noted(query: ListQuery, rows: Sequence[Any]) -> None:
    ids = [row.household_id for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list of cases"), at=query.at)


CASES = ListPage(
    url="agreements:cases",
    export="agreements:cases_export",
    title=_("Cases to decide"),
    lead=_(
        "Where a calculation would take something from a household or touch a signed agreement, it only proposes. "
        "Each case is decided by itself."
    ),
    table=Table[Any](
        _("Cases to decide"),
        (
            Column(
                "name",
                _("Head of household"),
                lambda case: household_crumb(case.household)[1],
                link=lambda case: address_of("agreements:case", case.pk),
                place="lead",
            ),
            Column("no", _("Household number"), lambda case: case.household.household_no, CODE),
            Column("place", _("Location"), lambda case: case.household.area.label),
            Column("why", _("Why"), _why, unsorted="two reasons stand in one cell"),
            Column("current", _("Total in force, yuan"), lambda case: _total(case.current), MONEY),
            Column("proposed", _("Total proposed, yuan"), lambda case: _total(case.proposed), MONEY),
            Column("state", _("State"), _state, BADGE, place="corner"),
        ),
        Empty(
            _("Nothing waits for a decision"),
            _("Every calculation so far took effect without taking anything from anybody."),
        ),
    ),
    rows=lambda query: case_list(query.actor, everything=query["all"] == "1"),
    counted=lambda n: ngettext("%(number)s case", "%(number)s cases", n) % {"number": f"{n:,}"},
    filters=(Toggle("all", _("Decided ones too")),),
    noted=_noted,
    template="agreements/cases.html",
)


@require_http_methods(["GET", "POST"])
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: both accounts line by line, and the decision. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    case = get_case(actor, case_id)
    household = get_household(actor, case.household_id)
    form = DecisionForm(request.POST or None)
    onward = submit(
        request,
        form,
        lambda given: decide_case(
            case.pk, CaseOutcome(given["outcome"]), given["reason"], given["document"], actor=actor, at=now
        ),
        to=reverse("agreements:case", args=[case.pk]),
        done=_("The decision is recorded."),
    )
    if onward:
        return onward
    note_reading(actor, household, gettext_noop("versions of the account"), at=now)
    context = {
        "case": case,
        "household": household,
        "comparison": compare_versions(actor, household, case.current.version, case.proposed.version),
        "form": form if actor.has_any(DECIDERS) and not hasattr(case, "decision") else None,
    }
    return render(request, "agreements/case.html", context, status=status_of_form(form))
