"""承诺了结的页面: what became of a promise, as those say who made it; the household's own word stands beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import may_record
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, settle_promise
from yixian.visits.choices import PromiseResult
from yixian.visits.limits import MAX_NOTE
from yixian.visits.queries import get_promise
from yixian.web.field.household_crumbs import above_household, household_link
from yixian.web.forms import day_field
from yixian.web.ui.forms import ActionForm, FormPage, Submission


class SettlingForm(ActionForm):
    """Outcome, day and note."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=PromiseResult.choices, widget=forms.RadioSelect
    )
    on = day_field(label=_("On which day"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=MAX_NOTE,
        help_text=_("Needed unless it was kept. The household will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What is said of the promise."""
        return {"settling": PromiseOutcomeInput(**values)}


def _promise(asked: Submission) -> Any:
    """The household with the promise; that it is read is noted."""
    household, promise = get_promise(asked.actor, asked.kwargs["promise_id"], on=asked.on)
    if asked.request.method == "GET":
        note_reading(asked.actor, household, gettext_noop("visits and promises"), at=asked.at)
    return household, promise


SETTLE = FormPage(
    title=_("What became of the promise"),
    subject=_promise,
    form=lambda asked: SettlingForm(asked.data, initial={"on": asked.on}),
    action=lambda asked: settle_promise(
        asked.kwargs["promise_id"], **asked.given, actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _outcome: reverse("field:household", args=[asked.subject[0].pk]),
    done=_("Noted. The household sees it, and can say whether it is so."),
    button=_("Submit"),
    note=_("What you say and what the household says stand side by side. Neither takes the other away."),
    crumbs=above_household,
    back=lambda asked: household_link(asked.subject[0]),
    template="field/settle.html",
    context=lambda asked: {
        "promise": asked.subject[1],
        "may_record": may_record(asked.actor, asked.subject[0]),
    },
)
