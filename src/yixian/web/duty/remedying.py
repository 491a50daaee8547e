"""照此办的页面: why and by which document a remedy is carried out; then what it would do, by name; confirmed, it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.duty.access import PLANNERS
from yixian.duty.actions.apply_remedy import Remedy, RemedyPlan, apply_remedy, preview_remedy
from yixian.duty.queries import get_shortage
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.web.request_actor import actor_of
from yixian.web.ui.asking_once import CONFIRMED, Question, ask_once
from yixian.web.ui.attempts import attempt
from yixian.web.ui.cells import Text
from yixian.web.ui.forms import lead_on


class RemedyForm(forms.Form):
    """Why, and by which document."""

    document = forms.CharField(label=_("Document"), max_length=120)
    reason = forms.CharField(label=_("Why"), max_length=200)


@require_http_methods(["GET", "POST"])
def remedy(request: HttpRequest, shortage_id: int, number: int) -> HttpResponse:
    """The form; sent, what would be done; confirmed, the shortage as it is then."""
    actor, at = actor_of(request), timezone.now()
    require(actor, PLANNERS)
    gap = get_shortage(actor, shortage_id)
    if number not in gap.applicable:
        raise NotFound("shortage.not_found", _("There is no such shortage."))
    back = (reverse("staff:duty_shortage", args=[shortage_id]), gettext("Where people are short"))
    form = RemedyForm(request.POST or None)
    is_confirmed = request.POST.get(CONFIRMED) == "yes"
    act = apply_remedy if is_confirmed else preview_remedy
    made = attempt(form, lambda given: act(Remedy(shortage_id, number, **given), actor=actor, at=at))
    if made.is_done and is_confirmed:
        return lead_on(request, back[0], _done(made.result))
    if made.is_done:
        question = Question(
            gettext("Do it like this?"), _sentences(made.result), gettext("Yes, do it like this"), back
        )
        return ask_once(request, question) or made.on(HttpResponse())
    context: dict[str, Any] = {
        "form": form,
        "remedy": gap.remedies[number],
        "crumbs": [back],
        "back": back[0],
    }
    return made.on(render(request, "duty/remedy.html", context))


def _done(plan: RemedyPlan) -> Text:
    number = len(plan.begun)
    return ngettext(
        "Done. %(number)s household has somebody from today on.",
        "Done. %(number)s households have somebody from today on.",
        number,
    ) % {"number": number}


def _sentences(plan: RemedyPlan) -> list[str]:
    """What is written, each by name."""
    said = []
    if plan.stationed is not None:
        organisation, place = plan.stationed
        values = {"organisation": organisation, "place": place}
        said.append(gettext("%(organisation)s is stationed at %(place)s from today on.") % values)
    said += [
        gettext("%(name)s takes %(after)s households instead of %(before)s.")
        % {"name": one.helper.person.name, "after": one.after, "before": one.before}
        for one in plan.more_places
    ]
    said += [
        gettext("%(household)s gets %(name)s, %(role)s.")
        % {
            "household": row.household.head.name if row.household.head else row.household.household_no,
            "name": row.helper.person.name,
            "role": row.helper.get_kind_display(),
        }
        for row in plan.begun
    ]
    if plan.lacking:
        said.append(
            ngettext(
                "%(number)s household still has nobody.",
                "%(number)s households still have nobody.",
                len(plan.lacking),
            )
            % {"number": len(plan.lacking)}
        )
    return said
