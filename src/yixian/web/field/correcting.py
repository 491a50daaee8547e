"""更正的页面: how it was in truth, beside what was written down first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.registry.queries import members
from yixian.visits.access import require_recorder
from yixian.visits.actions.correct_visit import VisitCorrection, correct_visit
from yixian.visits.limits import MAX_NOTE
from yixian.visits.queries import get_visit
from yixian.web.field.household_crumbs import above_household, household_link
from yixian.web.field.visit_form import VisitRecordForm, draft_of, new_key
from yixian.web.ui.forms import FormPage, Submission


class CorrectionForm(VisitRecordForm):
    """The visit as it was in truth, and why it is corrected."""

    why = forms.CharField(
        label=_("Why it is corrected"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _visit(asked: Submission) -> Any:
    """The household with the visit, for whoever may record there."""
    household, visit = get_visit(asked.actor, asked.kwargs["visit_id"], on=asked.on)
    require_recorder(asked.actor, household.pk)
    return household, visit


def _form(asked: Submission) -> CorrectionForm:
    """Filled with what stands there; promises and photographs stay as they are."""
    household, visit = asked.subject
    people = members(asked.actor, household, on=visit.on)
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
    return CorrectionForm(asked.data, members=people, initial=initial)


def _correct(asked: Submission) -> Any:
    correction = VisitCorrection(draft_of(asked.given), asked.given["why"])
    return correct_visit(asked.subject[1].pk, correction, actor=asked.actor, at=asked.at)


CORRECT = FormPage(
    title=_("Correct a visit"),
    lead=_(
        "What stood there stays to be seen beside it. Promises and photographs stay as they are; the household "
        "confirms the new version."
    ),
    subject=_visit,
    form=_form,
    action=_correct,
    to=lambda _asked, newer: reverse("field:acknowledge", args=[newer.pk]),
    done=_("Corrected. Now let the household read the correction and confirm."),
    button=_("Write the correction down"),
    crumbs=lambda asked: [*above_household(asked), household_link(asked.subject[0])],
    back=lambda asked: (reverse("field:visit", args=[asked.subject[1].pk]), _("Visit")),
    template="field/correct.html",
)
