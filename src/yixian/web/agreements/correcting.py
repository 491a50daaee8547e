"""更正账目的页面: have one household reckoned again as a correction, with reason and document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import CALCULATORS, require_acting_for
from yixian.compensation.actions.correct_account import correct_account
from yixian.registry.access import get_household
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.forms import FormPage, Submission


class CorrectionForm(forms.Form):
    """What was wrong, and by which document it was put right."""

    reason = forms.CharField(label=_("What was wrong"), max_length=200)
    document = forms.CharField(label=_("Document that decides it"), max_length=120)


def _household(asked: Submission) -> Any:
    household = get_household(asked.actor, asked.kwargs["household_id"])
    require_acting_for(asked.actor, household, CALCULATORS)
    return household


CORRECT = FormPage(
    title=_("Recalculate as a correction"),
    lead=_(
        "First put the error right in the register. Then this household alone is recalculated; "
        "the household reads what was wrong."
    ),
    subject=_household,
    form=lambda asked: CorrectionForm(asked.data),
    action=lambda asked: correct_account(asked.subject.pk, **asked.given, actor=asked.actor, at=asked.at),
    to=lambda asked, _issued: reverse("agreements:versions", args=[asked.subject.pk]),
    done=_("The account was recalculated as a correction."),
    button=_("Recalculate"),
    crumbs=lambda asked: [household_crumb(asked.subject)],
    back=lambda asked: (
        reverse("agreements:versions", args=[asked.subject.pk]),
        _("Versions of the account"),
    ),
)
