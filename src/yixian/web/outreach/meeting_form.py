"""宣讲会表单: a meeting on one page, its sheet to be ticked, and a household that was told afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.outreach.actions.hold_meeting import HandsDraft, MeetingDraft
from yixian.outreach.choices import MeetingReach
from yixian.outreach.limits import MAX_WORDS
from yixian.outreach.meeting_read_models import MeetingView
from yixian.outreach.queries.policy_meetings import topics_to_choose
from yixian.registry.choices import Language
from yixian.visits.queries import household_visits
from yixian.web.forms import day_field
from yixian.web.outreach.explanation_form import new_explanation_key
from yixian.web.ui.cells import Text
from yixian.web.ui.filters import place_options
from yixian.web.ui.forms import ActionForm, Submission

QUESTIONS = 3
"""So many questions have a place on the page."""


class MeetingForm(ActionForm):
    """Where, when, in which languages, about what, and what was asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    area = forms.TypedChoiceField(label=_("At which place"), coerce=int)
    place = forms.CharField(label=_("Where there"), max_length=120)
    on = day_field(label=_("On which day"))
    languages = forms.MultipleChoiceField(
        label=_("In which languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("Which documents were explained"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"key": new_explanation_key(), "on": asked.on})
        places: Any = self.fields["area"]
        places.choices = place_options(asked.actor, (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE), chosen=0)
        topics: Any = self.fields["topics"]
        topics.choices = topics_to_choose(asked.on)
        for number in range(QUESTIONS):
            self.fields |= _question_fields(number)

    @property
    def question_rows(self) -> list[list[forms.BoundField]]:
        """The questions, row by row."""
        names = ("asked", "answer", "understood", "not_understood")
        return [[self[f"{name}_{number}"] for name in names] for number in range(QUESTIONS)]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        questions = tuple(
            HandsDraft(
                values[f"asked_{number}"],
                values[f"answer_{number}"],
                values[f"understood_{number}"] or 0,
                values[f"not_understood_{number}"] or 0,
            )
            for number in range(QUESTIONS)
            if values[f"asked_{number}"]
        )
        topics = tuple(
            (pack, document) for pack, _bar, document in (one.partition("|") for one in values["topics"])
        )
        draft = MeetingDraft(
            area_id=values["area"],
            on=values["on"],
            place=values["place"],
            topics=topics,
            languages=tuple(values["languages"]),
            questions=questions,
            key=values["key"],
        )
        return {"draft": draft}


class SheetForm(forms.Form):
    """Who was absent: everybody else was there."""

    absent = forms.TypedMultipleChoiceField(
        label=_("Absent households"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    why = forms.CharField(label=_("Why the sheet is corrected"), max_length=200, required=False)

    def __init__(self, data: Any, view: MeetingView) -> None:
        missing = {MeetingReach.ABSENT, MeetingReach.REACHED}
        ticked = [one.household.pk for one in view.households if one.reach in missing]
        super().__init__(data, initial={"absent": ticked})
        absent: Any = self.fields["absent"]
        absent.choices = [(one.household.pk, _words(one.household)) for one in view.households]
        if not view.row.is_entered:
            del self.fields["why"]


class ReachedForm(forms.Form):
    """On which day the household was told, and at which visit, if there was one."""

    on = day_field(label=_("On which day"))
    visit = forms.TypedChoiceField(label=_("At which visit"), coerce=int, required=False, empty_value=None)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"on": asked.on})
        _meeting, household = asked.subject
        visits = household_visits(asked.actor, household, on=asked.on, most=9)
        field: Any = self.fields["visit"]
        field.choices = [
            ("", _("At none that is written down")),
            *((one.pk, f"{one.on} {one.by}") for one in visits),
        ]


def _words(household: Any) -> str:
    name = household.head.name if household.head else household.household_no
    return f"{name} · {household.area.label} · {household.household_no[-4:]}"


def _question_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"asked_{number}": forms.CharField(
            label=_("What was asked"),
            max_length=MAX_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        f"answer_{number}": forms.CharField(
            label=_("What was answered there"),
            help_text=_("Left empty, the question goes to the policy desk, with its day."),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        f"understood_{number}": _hands(_("Hands: understood")),
        f"not_understood_{number}": _hands(_("Hands: not understood")),
    }


def _hands(label: Text) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, required=False)
