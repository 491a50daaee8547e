"""指定: choose a cadre or a party member for a household that lacks one, among those whom the rules allow, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.duty.actions.assign_helper import Assignment, assign_helper
from yixian.duty.eligibility import Days
from yixian.duty.queries import Candidates, candidates, missing_roles
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.registry.queries import find_helpers
from yixian.web.duty.candidate_choice import ABOUT, MAX_CANDIDATES, candidate_choice
from yixian.web.ui.filters import Choice, asked_for
from yixian.web.ui.forms import ActionForm, FormPage, Submission

_ROLE = Choice("role", _("Role"), HelperKind.choices)
_MAX_FULL = 6


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A household and the role asked about, the first that is missing if none is; None where nobody is missing."""

    household: Any
    role: HelperKind | None

    @property
    def named(self) -> str:
        """The head of the household, or its number."""
        head = self.household.head
        return str(head.name if head else self.household.household_no)


class AssignForm(ActionForm):
    """Who, and why them; whether they may have more than their places. The action says what keeps somebody away."""

    helper = forms.IntegerField(label=_("Who may, the nearest first"))
    note = forms.CharField(label=_("Why them"), max_length=200, required=False)
    beyond_places = forms.BooleanField(
        label=_("They take this household even though all their places are taken"), required=False
    )

    def __init__(self, asked: Submission) -> None:
        vacancy: Vacancy = asked.subject
        super().__init__(asked.data)
        self.household_id, self.role = vacancy.household.pk, vacancy.role
        self.search = asked_for(asked.request, ABOUT)["q"]
        self.candidates = _candidates(asked, self.search)
        full = [one for one in self.candidates.others if one.is_full]
        shown = [*self.candidates.eligible[:MAX_CANDIDATES], *full[:_MAX_FULL]]
        widget = forms.RadioSelect(choices=[(one.helper.pk, candidate_choice(one)) for one in shown])
        self.fields["helper"].widget = widget
        if not any(one.is_full for one in shown):
            del self.fields["beyond_places"]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """An assignment."""
        return {
            "given": Assignment(
                self.household_id,
                values["helper"],
                values["note"],
                beyond_places=values.get("beyond_places", False),
            )
        }


def _candidates(asked: Submission, search: str) -> Candidates:
    vacancy: Vacancy = asked.subject
    if vacancy.role is None:
        return Candidates([], [], 0)
    about = find_helpers(asked.actor, search, on=asked.on, kind=vacancy.role.value) if search else []
    ids = tuple(helper.pk for helper in about)
    return candidates(asked.actor, vacancy.household, vacancy.role, Days(asked.on), asked=ids)


def _vacancy(asked: Submission) -> Vacancy:
    household = get_household(asked.actor, asked.kwargs["household_id"])
    missing = missing_roles(household, on=asked.on) if household.valid_until is None else []
    wanted = asked_for(asked.request, _ROLE)["role"]
    role = next((role for role in missing if role.value == wanted), missing[0] if missing else None)
    return Vacancy(household, role)


def _title(asked: Submission) -> str:
    words = {"name": asked.subject.named}
    if asked.subject.role == HelperKind.PARTY_MEMBER:
        return gettext("A party member for the household of %(name)s") % words
    if asked.subject.role == HelperKind.CADRE:
        return gettext("A cadre for the household of %(name)s") % words
    return gettext("The household of %(name)s") % words


def _household_page(asked: Submission) -> str:
    return reverse("staff:household", args=[asked.kwargs["household_id"]])


ASSIGN = FormPage(
    title=_title,
    lead=_("Whoever is chosen stands beside the household from today on; it reads it on its own page."),
    subject=_vacancy,
    form=AssignForm,
    action=lambda asked: assign_helper(**asked.given, actor=asked.actor, at=asked.at),
    to=lambda asked, _made: f"{_household_page(asked)}#beside-title",
    done=_("Assigned. They stand beside the household from today on."),
    button=_("Assign"),
    crumbs=lambda _asked: [(reverse("staff:duty_uncovered"), _("Households that lack somebody"))],
    back=lambda asked: (_household_page(asked), asked.subject.named),
    template="duty/assign.html",
)
