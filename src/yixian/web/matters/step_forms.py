"""步骤的表单: what each step with a matter asks for. Choices are those that the matter leaves open."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.matters import limits
from yixian.matters.choices import LinkKind, MeetingKind, NotificationChannel, Topic, Verdict
from yixian.matters.codes import plain_code
from yixian.matters.queries import (
    available_notification_channels,
    cited_clauses,
    colleagues_of,
    receivers,
    usual_receivers,
)
from yixian.registry.queries import organisations
from yixian.web.forms import day_field
from yixian.web.matters.clause_field import ClauseField
from yixian.web.matters.find_field import FindField
from yixian.web.ui.forms import Submission
from yixian.web.ui.organisation_field import OrganisationField
from yixian.web.ui.people_field import people_named


def words_field(
    label: Any, *, rows: int = 4, most: int = limits.MAX_WORDS, **options: Any
) -> forms.CharField:
    """A text of several lines."""
    area = forms.Textarea(attrs={"rows": rows, "autocapitalize": "sentences"})
    return forms.CharField(label=label, max_length=most, widget=area, **options)


_WHY = _("Why")


def reason_field(label: Any = _WHY, **options: Any) -> forms.CharField:
    """A reason."""
    return words_field(label, rows=3, most=limits.MAX_REASON, **options)


class StepForm(forms.Form):
    """What the form of every step begins with: which matter it is about, and who asks."""

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)
        self.asked = asked
        self.matter = asked.subject.matter
        self.who: dict[str, Any] = {"actor": asked.actor, "number": self.matter.number, "at": asked.at}
        self.prepare()

    def prepare(self) -> None:
        """Offer the choices of this matter."""

    def choose(self, name: str, choices: Any) -> None:
        """Set the choices of a field."""
        field: Any = self.fields[name]
        field.choices = choices


class VerdictForm(StepForm):
    """What the person says became of their matter."""

    verdict = forms.TypedChoiceField(
        label=_("What became of the matter, says the person"),
        coerce=Verdict,
        choices=Verdict.choices,
        widget=forms.RadioSelect,
    )
    satisfied = forms.TypedChoiceField(
        coerce=int,
        label=_("How satisfied they are, 1 (not at all) to 5 (very)"),
        choices=[(str(number), str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
    )
    words = words_field(_("In their own words"), rows=3, most=limits.MAX_REASON, required=False)


class ReasonForm(StepForm):
    """Why."""

    reason = reason_field()


class NoteForm(StepForm):
    """A word to the person, if there is one."""

    reason = reason_field(_("A word to the person (optional)"), required=False)


class ExtendForm(StepForm):
    """Why more time is needed."""

    reason = reason_field(
        _("Why it takes longer"), help_text=_("The person will read this once the head has approved it.")
    )


class IdentityForm(StepForm):
    """Why somebody must know who raised it."""

    reason = reason_field(
        _("Why you must know who raised it"), help_text=_("The person will read that you opened it, and why.")
    )


class RefuseForm(StepForm):
    """Why it is not accepted, and which way is open."""

    reason = reason_field(_("Why it is not accepted"))
    way = reason_field(
        _("Which way is open to the person"),
        help_text=_(
            "A court, arbitration, another procedure, another office: with its name and where it is."
        ),
    )


class ToOrganisationForm(StepForm):
    """To which body."""

    with_holder = False
    to_organisation = OrganisationField(label=_("To which body"))

    def prepare(self) -> None:
        """Bodies that the matter is about are not offered; the usual ones stand first."""
        field: Any = self.fields["to_organisation"]
        asked = {**self.who, "with_holder": self.with_holder}
        field.fill([row for _kind, rows in receivers(**asked) for row in rows], usual_receivers(**asked))


class ForwardForm(ToOrganisationForm):
    """To the body competent for it."""

    reason = reason_field(_("A word to that body (optional)"), required=False)


class OfferForm(ToOrganisationForm):
    """To another body, with the reason and the clause of its duty."""

    reason = reason_field(_("Why it is theirs"))
    clause = forms.CharField(
        label=_("The clause that makes it their duty"),
        max_length=limits.MAX_CLAUSE,
        help_text=_("For example: 三定方案第三条第二项"),
    )


class FixForm(ToOrganisationForm):
    """Who deals with it, after two have returned it."""

    with_holder = True
    reason = reason_field()


class AssignForm(StepForm):
    """To whom inside the office."""

    user = forms.TypedChoiceField(label=_("Who deals with it"), coerce=int)

    def prepare(self) -> None:
        """Colleagues who may see the matter."""
        self.choose("user", [("", gettext("Choose somebody")), *colleagues_of(**self.who)])


class WaitForm(StepForm):
    """For what one waits, and on which ground the clock stands still."""

    reason = reason_field(
        _("What is needed from the person"), help_text=_("They read this, and that the clock stands still.")
    )
    clause = forms.CharField(
        label=_("The clause that lets the clock stand still"), max_length=limits.MAX_CLAUSE
    )


class MinutesForm(StepForm):
    """What was held."""

    kind = forms.TypedChoiceField(
        label=_("What was held"), coerce=MeetingKind, choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    on = day_field(label=_("Day"))
    place = forms.CharField(label=_("Where it was held"), max_length=120, required=False)
    present = words_field(_("Who took part"), rows=2, most=limits.MAX_REASON)
    words = words_field(_("What was said"), rows=7)
    agreed = words_field(_("What was agreed (optional)"), rows=3, required=False)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.fields["on"].initial = self.asked.on


class KeyForm(StepForm):
    """A form that may be sent again without doing its work twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        """A key of its own."""
        self.fields["key"].initial = uuid.uuid4()


class WriteForm(KeyForm):
    """What the person is told, and how."""

    words = words_field(_("What you tell the person"), rows=6)
    notified_by = forms.TypedChoiceField(
        label=_("How they are told"), coerce=NotificationChannel, widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        """Only the ways in which this person can be reached."""
        super().prepare()
        self.choose(
            "notified_by", [(way.value, way.label) for way in available_notification_channels(**self.who)]
        )
        self.fields["notified_by"].initial = NotificationChannel.PORTAL


class InternalNoteForm(KeyForm):
    """A note among those who deal with it."""

    words = words_field(_("Note"), rows=4)


class SortForm(StepForm):
    """What it is about."""

    topic = forms.TypedChoiceField(label=_("What it is about"), coerce=Topic, choices=Topic.choices)
    clauses = ClauseField(label=_("Clauses that it points at"))

    def prepare(self) -> None:
        """As it is sorted, and the clauses that hold its words."""
        self.fields["topic"].initial = self.matter.projection.topic
        field: Any = self.fields["clauses"]
        field.fill(self.matter.text.words, cited_clauses(**self.who), on=self.asked.on)


class SubjectForm(StepForm):
    """Whom it is about: somebody in office, or a whole body."""

    helper = FindField(
        name="helper",
        label=_("A person in office"),
        help_text=_("Number or name; whoever is found is listed below."),
    )
    organisation = forms.TypedChoiceField(
        label=_("Or a whole body"), coerce=int, empty_value=None, required=False
    )

    def prepare(self) -> None:
        """Every body that works here."""
        self.choose(
            "organisation", [("", "—"), *((row.pk, row.label) for row in organisations(self.asked.actor))]
        )

    def clean_helper(self) -> Any:
        """The person."""
        people = people_named(self.cleaned_data["helper"], self.asked.actor, on=self.asked.on, most=1)
        return people[0].pk if people else None

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("helper") and not given.get("organisation"):
            raise forms.ValidationError(gettext("Name a person in office, or a body."))
        return given


class LinkForm(StepForm):
    """Which other matter belongs to it, and how."""

    other = forms.CharField(
        label=_("Number of the other matter"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.TypedChoiceField(
        label=_("How they belong together"),
        coerce=LinkKind,
        choices=LinkKind.choices,
        widget=forms.RadioSelect,
    )

    def clean_other(self) -> str:
        """Without the spaces in which it is printed."""
        return plain_code(self.cleaned_data["other"])


class SuperviseForm(StepForm):
    """What a leader orders, and by which day it must be replied to."""

    words = words_field(_("What you order"), rows=5, most=limits.MAX_REASON)
    due_on = day_field(label=_("They reply by"))


class CarryOutForm(StepForm):
    """By which document."""

    document = forms.CharField(label=_("Document that decides it"), max_length=limits.MAX_CLAUSE)
