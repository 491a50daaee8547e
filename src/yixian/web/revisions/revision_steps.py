"""修订办理页: words and forms of a revision's steps. Who may take them, and when, `yixian.revisions.steps` declares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.revisions import steps
from yixian.revisions.actions.take_step import approve, decide, return_it, submit, withdraw
from yixian.revisions.queries import get_revision, revision_view
from yixian.web.forms import day_field
from yixian.web.ui.forms import Submission, reason_field
from yixian.web.ui.steps import StepPage, StepPages, taking


class EvidenceForm(forms.Form):
    """The comparison that was shown, carried along."""

    evidence = forms.CharField(widget=forms.HiddenInput, max_length=140)


class DecisionForm(EvidenceForm):
    """The document by which it is decided."""

    number = forms.CharField(label=_("Number of the document"), max_length=80)
    decided_on = day_field(label=_("Decided on"))


class ReasonForm(forms.Form):
    """Why a revision is given back or given up."""

    reason = reason_field()


def _shown(asked: Submission) -> dict[str, Any]:
    comparison = asked.subject.comparison
    return {"evidence": comparison.evidence if comparison else "", "decided_on": asked.on}


STEPS = StepPages(
    prefix="staff:revision_",
    subject=lambda asked: get_revision(asked.actor, asked.kwargs["revision_id"]),
    state=lambda _asked, revision: revision_view(revision),
    title=lambda revision: revision.title,
    to=lambda revision: reverse("staff:revision", args=[revision.pk]),
    pages=(
        StepPage(
            step=steps.SUBMIT,
            button=_("Submit for approval"),
            done=_("Submitted. Two people who did not draft it must approve."),
            act=taking(submit),
            why=_("Once it is submitted it cannot be changed, unless it is returned."),
        ),
        StepPage(
            step=steps.APPROVE,
            button=_("Approve as the first"),
            done=_("Approved. It is decided once another person approves, too."),
            act=taking(approve),
            form=lambda asked: EvidenceForm(asked.data, initial=_shown(asked)),
            why=_("You approve the draft with the comparison that you see above."),
            inline=True,
        ),
        StepPage(
            step=steps.DECIDE,
            button=_("Decide"),
            done=_("Decided. It is the policy from its day on."),
            act=taking(decide),
            form=lambda asked: DecisionForm(asked.data, initial=_shown(asked)),
            inline=True,
        ),
        StepPage(
            step=steps.RETURN,
            button=_("Return to the working group"),
            done=_("Returned."),
            act=taking(return_it),
            form=lambda asked: ReasonForm(asked.data),
            css="",
        ),
        StepPage(
            step=steps.WITHDRAW,
            button=_("Withdraw the revision"),
            done=_("Withdrawn."),
            act=taking(withdraw),
            form=lambda asked: ReasonForm(asked.data),
            css="btn-quiet",
        ),
    ),
)
