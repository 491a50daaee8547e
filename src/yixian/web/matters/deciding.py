"""处理意见表单: what was asked, the facts, the reasons, what it rests on, the outcome, and what is set right by it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import YixianError
from yixian.matters.actions.decide import Opinion, decide
from yixian.matters.choices import DecisionOutcome
from yixian.matters.queries import cited_clauses
from yixian.matters.queries.identity import opened_identity
from yixian.matters.remedies import remedy_kinds
from yixian.web.matters.clause_field import ClauseField
from yixian.web.matters.remedy_field import RemedyField
from yixian.web.matters.remedy_options import options_of
from yixian.web.matters.step_forms import StepForm, reason_field, words_field
from yixian.web.ui.forms import Submission


class DecideForm(StepForm):
    """A decision in writing, and a change of the register where this county knows one, for the household that raised it."""

    asked_for = words_field(_("What was asked"), rows=3)
    facts = words_field(_("The facts, as they were found"), rows=6)
    reasons = words_field(
        _("The reasons, in words that the person understands"),
        rows=6,
        help_text=_("Every sentence explained, every account calculated clearly."),
    )
    basis = ClauseField(label=_("Clauses that it rests on"))
    basis_words = reason_field(_("What else it rests on (laws, documents)"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=DecisionOutcome.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """What was asked stands there in the person's words; the clauses that hold them are offered first."""
        text = self.matter.text
        self.fields["asked_for"].initial = "\n".join(filter(None, (text.words, text.wanted)))
        field: Any = self.fields["basis"]
        field.fill(text.words, cited_clauses(**self.who), on=self.asked.on)
        if remedy_kinds():
            self._offer_remedies()

    def _offer_remedies(self) -> None:
        """Changes of the register, of a household that is taken from the identity that was opened, never typed."""
        people = opened_identity(**self.who)
        homes = [(one.household_id, one.household_no) for one in people if one.household_id]
        known = (
            options_of([pk for pk, _no in homes], actor=self.asked.actor, at=self.asked.at) if homes else {}
        )
        self.fields["remedy"] = RemedyField(homes, known)


def write_decision(asked: Submission) -> None:
    """Write the decision that the form holds; a refusal names the form's own fields."""
    given = asked.given
    opinion = Opinion(
        asked=given["asked_for"],
        facts=given["facts"],
        reasons=given["reasons"],
        outcome=DecisionOutcome(given["outcome"]),
        basis=given["basis"],
        basis_words=given["basis_words"],
        remedies=given.get("remedy"),
    )
    try:
        decide(asked.kwargs["matter_no"], opinion, actor=asked.actor, at=asked.at)
    except YixianError as error:
        if error.field == "asked":
            error.field = "asked_for"
        raise
