"""处理意见表单: what was asked, the facts, the reasons, what it rests on, the outcome, and what is set right by it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import YixianError
from yixian.matters import limits
from yixian.matters.actions.decide import Opinion, decide
from yixian.matters.choices import DecisionOutcome
from yixian.matters.queries import cited_clauses
from yixian.matters.queries.identity import opened_identity
from yixian.matters.remedies import RemedyKind, remedy_kinds
from yixian.web.matters.clause_field import ClauseField
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
        kinds = remedy_kinds()
        if kinds:
            self._add_remedies(kinds)

    def _add_remedies(self, kinds: list[RemedyKind]) -> None:
        """Which change, its values, and of which household: that is taken from the identity that was opened, never typed."""
        asked = self.asked
        people = opened_identity(**self.who)
        homes = [(one.household_id, one.household_no) for one in people if one.household_id]
        choices = [("", gettext("Nothing in the register")), *((one.name, one.title) for one in kinds)]
        self.fields["remedy"] = forms.ChoiceField(
            label=_("What is set right by it"),
            choices=choices if homes else choices[:1],
            required=False,
            help_text=""
            if homes
            else _("To set something right in the register, first open who raised the matter."),
        )
        if not homes:
            return
        self.fields["household"] = forms.ChoiceField(label=_("Of which household"), choices=homes)
        known = options_of([pk for pk, _no in homes], actor=asked.actor, at=asked.at)
        for kind in kinds:
            for name, label in kind.fields:
                self.fields[_name(kind.name, name)] = _value_field(
                    f"{kind.title}: {label}", known.get(name, [])
                )


def write_decision(asked: Submission) -> None:
    """Write the decision that the form holds; a refusal names the form's own fields."""
    given = asked.given
    remedy = given.get("remedy", "")
    kind = next((one for one in remedy_kinds() if one.name == remedy), None)
    names = [name for name, _label in kind.fields] if kind else []
    values = {name: given.get(_name(remedy, name), "") for name in names}
    if remedy:
        values["household"] = given.get("household", "")
    opinion = Opinion(
        asked=given["asked_for"],
        facts=given["facts"],
        reasons=given["reasons"],
        outcome=DecisionOutcome(given["outcome"]),
        basis=given["basis"],
        basis_words=given["basis_words"],
        remedy=remedy,
        remedy_values=values,
    )
    try:
        decide(asked.kwargs["matter_no"], opinion, actor=asked.actor, at=asked.at)
    except YixianError as error:
        if error.field in names:
            error.field = _name(remedy, error.field)
        elif error.field == "asked":
            error.field = "asked_for"
        raise


def _value_field(label: str, known: list[tuple[str, str]]) -> forms.Field:
    """A value of a change: chosen where it is known what there is, typed where it is not."""
    if known:
        return forms.ChoiceField(label=label, choices=[("", "—"), *known], required=False)
    return forms.CharField(label=label, required=False, max_length=limits.MAX_CLAUSE)


def _name(remedy: str, field: str) -> str:
    return f"{remedy}-{field}"
