"""公示办理页: words and forms of a posting's steps. Who may take them, and when, `yixian.posting.steps` declares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.kernel.received.photographs import MAX_BYTES
from yixian.kernel.received.upload import Upload
from yixian.posting import steps
from yixian.posting.actions.keep_posting import close_round, prove_posting, put_up, take_down
from yixian.posting.actions.lock_list import agree_lock, propose_lock
from yixian.posting.actions.object_to_posting import MeasuredAgain, Said, answer_objection, take_objection
from yixian.posting.choices import ObjectionChannel, ObjectionOutcome
from yixian.posting.queries import get_posting, posting_view
from yixian.web.forms import day_field
from yixian.web.ui.forms import ActionForm, reason_field
from yixian.web.ui.steps import StepPage, StepPages, asking, taking


class PlaceForm(forms.Form):
    """Where the list hangs."""

    place = forms.CharField(label=_("Where it hangs"), max_length=120)


class ProofForm(ActionForm):
    """A photograph of the list where it hangs."""

    photograph = forms.FileField(
        label=_("Photograph"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )
    place = forms.CharField(label=_("Where it hangs"), max_length=120)

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The file as it was sent."""
        file = values["photograph"]
        return values | {"photograph": Upload(file.name or "", file.read(MAX_BYTES + 1))}


class ReasonForm(forms.Form):
    """Why the list was taken down."""

    reason = reason_field()


class ObjectionForm(ActionForm):
    """What somebody says against a line."""

    household_no = forms.CharField(label=_("Number of the household"), max_length=24)
    line_no = forms.CharField(
        label=_("Number of the line"),
        max_length=32,
        required=False,
        help_text=_("Empty where a line is missing, or for the people of a household."),
    )
    channel = forms.TypedChoiceField(
        label=_("How it came"), choices=ObjectionChannel.choices, coerce=ObjectionChannel
    )
    raised_by = forms.CharField(
        label=_("Who objects"), max_length=60, required=False, help_text=_("Kept sealed; may stay empty.")
    )
    text = forms.CharField(
        label=_("What is wrong"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What is said, as the action takes it."""
        return {"said": Said(**values)}


class AnswerForm(ActionForm):
    """What others found when they measured again, or the explanation."""

    outcome = forms.TypedChoiceField(
        label=_("Finding of the new measuring"), choices=ObjectionOutcome.choices, coerce=ObjectionOutcome
    )
    quantity = forms.DecimalField(
        label=_("Quantity measured again"), max_digits=14, decimal_places=4, required=False
    )
    measured_by = forms.CharField(label=_("Measured by"), max_length=60, required=False)
    second = forms.CharField(label=_("And by"), max_length=60, required=False)
    measured_on = day_field(label=_("Measured on"), required=False)
    reason = reason_field()

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The outcome, why, and the measure if there is a whole one."""
        measured = None
        if values["quantity"] is not None and values["measured_on"] is not None:
            measured = MeasuredAgain(
                values["quantity"], values["measured_by"], values["second"], values["measured_on"]
            )
        return {"outcome": values["outcome"], "reason": values["reason"], "measured": measured}


class DocumentForm(forms.Form):
    """The document that states the government's opinion."""

    document = forms.CharField(label=_("Document"), max_length=120)


STEPS = StepPages(
    prefix="posting:",
    subject=lambda asked: get_posting(asked.actor, asked.kwargs["posting_id"]),
    state=lambda asked, posting: posting_view(posting, at=asked.at),
    title=lambda posting: f"{posting.area.label} · {posting.get_list_display()}",
    to=lambda posting: reverse("posting:posting", args=[posting.pk]),
    crumb=("posting:list", _("Postings")),
    pages=(
        StepPage(
            step=steps.PUT_UP,
            button=_("It was put up"),
            done=_("It hangs. The day on which it is put up is not counted."),
            act=taking(put_up),
            form=asking(PlaceForm),
        ),
        StepPage(
            step=steps.PROVE,
            button=_("Add a photograph"),
            done=_("The photograph is kept."),
            act=taking(prove_posting),
            form=lambda asked: ProofForm(asked.data, asked.files),
        ),
        StepPage(
            step=steps.CLOSE,
            button=_("Close the round"),
            done=_("The round is closed."),
            act=taking(close_round),
        ),
        StepPage(
            step=steps.PROPOSE_LOCK,
            button=_("Propose to lock the list"),
            done=_("Proposed. Another person must agree."),
            act=taking(propose_lock),
            form=asking(DocumentForm),
            why=_("The government's opinion on what the rounds have left. What is paid must equal it."),
        ),
        StepPage(
            step=steps.AGREE_LOCK,
            button=_("Lock the list"),
            done=_("The list is locked."),
            act=taking(agree_lock),
        ),
        StepPage(
            step=steps.OBJECT,
            button=_("Take an objection down"),
            done=_("Taken down. The next round and the lock wait until it is answered."),
            act=taking(take_objection),
            form=asking(ObjectionForm),
            css="",
        ),
        StepPage(
            step=steps.TAKE_DOWN,
            button=_("It was taken down"),
            done=_("The posting is void until it is put up again."),
            act=taking(take_down),
            form=asking(ReasonForm),
            css="btn-quiet",
            why=_("Before its last day is over a posting that was taken down is void and runs again."),
        ),
        StepPage(
            step=steps.ANSWER,
            button=_("Answer"),
            done=_("Answered. Where the quantity changed, correct the register: the next round shows it."),
            act=taking(answer_objection),
            form=lambda asked: AnswerForm(asked.data, initial={"measured_on": asked.on}),
            route="objections/<int:objection_id>/answer/",
            place="objections",
            why=_("Two persons measure again who did not measure before, or it is explained."),
        ),
    ),
)
