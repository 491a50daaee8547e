"""修订办理页: words and forms of a revision's steps. Who may take them, and when, `yixian.revisions.steps` declares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.money import format_fen
from yixian.revisions import steps
from yixian.revisions.actions.call_off_adoption import call_off_decision
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


class CallOffForm(ReasonForm):
    """Why a decision is called off, and by which document."""

    number = forms.CharField(label=_("Number of the document"), max_length=80)


def _shown(asked: Submission) -> dict[str, Any]:
    comparison = asked.subject.comparison
    return {"evidence": comparison.evidence if comparison else "", "decided_on": asked.on}


def _touched(asked: Submission) -> list[str]:
    """How many households gain, lose and stay, what all accounts come to, and from when: as the comparison has it."""
    comparison, revision = asked.subject.comparison, asked.subject.revision
    if comparison is None:
        return []
    sums = comparison.sums
    rest = sums["newly_withheld"] + sums["no_longer_withheld"] + sums["withheld_in_both"]
    values = {"rest": rest, **{name: sums[name] for name in ("households", "gaining", "losing", "unchanged")}}
    money = {"old": format_fen(sums["old_fen"]), "new": format_fen(sums["new_fen"])}
    return [
        gettext(
            "Of %(households)s households %(gaining)s gain, %(losing)s lose and %(unchanged)s stay as they are; "
            "%(rest)s have no sum to compare."
        )
        % values,
        gettext("All accounts together: from %(old)s to %(new)s yuan.") % money,
        gettext("In force in %(place)s from %(day)s on.")
        % {"place": revision.area.label, "day": revision.valid_from.isoformat()},
        gettext("What was decided is changed by a further revision only."),
    ]


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
            confirm=_touched,
        ),
        StepPage(
            step=steps.DECIDE,
            button=_("Decide"),
            done=_("Decided. It is the policy from its day on."),
            act=taking(decide),
            form=lambda asked: DecisionForm(asked.data, initial=_shown(asked)),
            inline=True,
            confirm=_touched,
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
        StepPage(
            step=steps.CALL_OFF,
            button=_("Call off the decision"),
            done=_("Called off. What was in force stays."),
            act=taking(call_off_decision),
            form=lambda asked: CallOffForm(asked.data),
            css="btn-danger",
        ),
    ),
)
