"""登记诉求的表单: what somebody says at the counter, by telephone or in a letter, in their own words, and read back to them."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel, path_level
from yixian.kernel.actors import Actor
from yixian.kernel.received.photographs import MAX_BYTES
from yixian.matters import limits
from yixian.matters.choices import IntakeChannel, MatterKind, Topic
from yixian.matters.intake import Complainant, Subject, Submission
from yixian.matters.procedures import offered_kinds
from yixian.registry.queries import household_numbered, households, organisations
from yixian.registry.queries.areas import places_down_to
from yixian.web.forms import day_field
from yixian.web.matters.clause_field import ClauseField
from yixian.web.matters.find_field import FindField
from yixian.web.matters.step_forms import reason_field, words_field
from yixian.web.ui.people_field import people_named

_CHANNELS = (
    (IntakeChannel.COUNTER, _("At the counter")),
    (IntakeChannel.PHONE, _("By telephone")),
    (IntakeChannel.LETTER, _("By letter")),
)
_SPOKEN = {IntakeChannel.COUNTER, IntakeChannel.PHONE}


def _text(label: Any, most: int, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class TakingForm(forms.Form):
    """Everything that can be written down with a matter. Only how it came and what was said must be there."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How it came"), choices=_CHANNELS, widget=forms.RadioSelect)
    received_on = day_field(
        label=_("Day on which the letter came"),
        required=False,
        help_text=_("For letters: the limits are counted from this day."),
    )
    words = words_field(
        _("What they say, in their own words"),
        rows=9,
        help_text=_("Write what they say, not what you make of it. They will read it."),
    )
    wanted = words_field(_("What would help, in their eyes"), rows=3, most=limits.MAX_WANTED, required=False)
    kind = forms.ChoiceField(label=_("By which procedure"))
    topic = forms.ChoiceField(label=_("What it is about"), choices=Topic.choices, initial=Topic.UNSORTED)
    area = forms.TypedChoiceField(
        label=_("Which place it is about"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Left open, it is where the household lives, or the county."),
    )
    anonymous = forms.BooleanField(
        label=_("Without a name"),
        required=False,
        help_text=_("Then nothing about the person is kept; the receipt's digits are the only way back."),
    )
    household = FindField(
        name="household",
        label=_("Household"),
        help_text=_("Number or name of the head; whatever is found is listed below."),
    )
    name = _text(_("Name"), limits.MAX_NAME)
    phone = _text(_("Phone"), limits.MAX_PHONE, inputmode="tel")
    email = _text(_("E-mail"), limits.MAX_EMAIL, inputmode="email")
    joint = forms.IntegerField(
        label=_("How many raise it together"), min_value=1, max_value=limits.MAX_JOINT, initial=1
    )
    item_line = _text(_("Line of the survey that it is about"), limits.MAX_LINE)
    clauses = ClauseField(label=_("Clauses that it points at"))
    about_official = forms.BooleanField(
        label=_("It is about somebody in office, or about an office"),
        required=False,
        help_text=_("They, and everybody who reports to them, will not learn of it."),
    )
    helper = FindField(
        name="helper",
        label=_("Who, if you know"),
        help_text=_("Number or name; whoever is found is listed below."),
    )
    organisation = forms.TypedChoiceField(
        label=_("Or which office"), coerce=int, empty_value=None, required=False
    )
    subject_words = reason_field(_("Whom they mean, in their words"), required=False)
    shared = forms.BooleanField(label=_("Those beside the household may know of it and help"), required=False)
    read_back = forms.BooleanField(label=_("I read it back to them and they agreed"), required=False)

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.at = actor, at
        self.fields["key"].initial = uuid.uuid4()
        self.fields["channel"].initial = IntakeChannel.COUNTER
        self._choose("kind", [(kind.value, kind.label) for kind in offered_kinds()])
        self._choose("area", [("", gettext("Left open")), *_places()])
        self._choose("organisation", [("", "—"), *((row.pk, row.label) for row in organisations(actor))])
        clauses: Any = self.fields["clauses"]
        clauses.fill("", (), on=self.today)
        for number in range(2, limits.MAX_REPRESENTATIVES + 1):
            self.fields[f"name_{number}"] = _text(_("Name"), limits.MAX_NAME)
            self.fields[f"phone_{number}"] = _text(_("Phone"), limits.MAX_PHONE, inputmode="tel")

    @property
    def today(self) -> Any:
        """The local day."""
        return timezone.localdate(self.at)

    @property
    def others(self) -> list[dict[str, Any]]:
        """The boxes of those who speak for the others besides the first."""
        return [
            {"number": number, "name": self[f"name_{number}"], "phone": self[f"phone_{number}"]}
            for number in range(2, limits.MAX_REPRESENTATIVES + 1)
        ]

    def clean_household(self) -> int | None:
        """The one household in reach that bears the number, or the name."""
        asked = self.cleaned_data["household"].strip()
        if not asked:
            return None
        first = asked.split()[0]
        for text in (asked, first):
            numbered = household_numbered(self.actor, text, on=self.today)
            if numbered is not None:
                return numbered.pk
        for text in dict.fromkeys((first, asked)):
            found = list(households(self.actor, on=self.today, search=text)[:6])
            if len(found) == 1:
                return found[0].pk
            if found:
                numbers = gettext(", ").join(row.household_no for row in found)
                raise forms.ValidationError(
                    gettext("Several households fit; give the number: %(numbers)s") % {"numbers": numbers}
                )
        raise forms.ValidationError(gettext("No household that you reach is found by this."))

    def clean_helper(self) -> int | None:
        """Somebody in office."""
        people = people_named(self.cleaned_data["helper"], self.actor, on=self.today, most=1)
        return people[0].pk if people else None

    def clean(self) -> dict[str, Any]:
        """What is spoken is read back; a letter has its day; whoever is named makes it one about somebody in office."""
        given = super().clean() or {}
        channel = given.get("channel")
        if channel in _SPOKEN and not given.get("read_back"):
            self.add_error("read_back", gettext("Read it back to them first; they may want it otherwise."))
        if channel == IntakeChannel.LETTER and not given.get("received_on"):
            self.add_error("received_on", gettext("Say on which day the letter came."))
        if given.get("received_on") and given["received_on"] > self.today:
            self.add_error("received_on", gettext("This day is still to come."))
        return given

    def submission(self, uploads: list[UploadedFile[bytes]]) -> Submission:
        """What was typed and sent."""
        given = self.cleaned_data
        channel = IntakeChannel(given["channel"])
        return Submission(
            key=given["key"],
            words=given["words"],
            kind=MatterKind(given["kind"]),
            topic=Topic(given["topic"]),
            channel=channel,
            wanted=given["wanted"],
            people=self._people(),
            anonymous=given["anonymous"],
            joint=given["joint"],
            area_id=given["area"],
            item_line=given["item_line"],
            clauses=given["clauses"],
            subjects=self._subjects(),
            about_official=given["about_official"],
            subject_words=given["subject_words"],
            shared=given["shared"],
            read_back=given["read_back"],
            files=tuple((one.name or "", one.read(MAX_BYTES + 1)) for one in uploads),
            received_at=self._received_at() if channel == IntakeChannel.LETTER else None,
        )

    def _people(self) -> tuple[Complainant, ...]:
        given = self.cleaned_data
        rows = [Complainant(given["name"], given["phone"], given["email"], given["household"])]
        rows += [
            Complainant(given[f"name_{number}"], given[f"phone_{number}"])
            for number in range(2, limits.MAX_REPRESENTATIVES + 1)
        ]
        return tuple(row for row in rows if row != Complainant())

    def _subjects(self) -> tuple[Subject, ...]:
        given = self.cleaned_data
        found = [Subject(helper_id=given["helper"])] if given["helper"] else []
        return (*found, *([Subject(organisation_id=given["organisation"])] if given["organisation"] else []))

    def _received_at(self) -> datetime:
        """Noon of the day: which hour of it counts for nothing."""
        moment = datetime.combine(self.cleaned_data["received_on"], time(12))
        return timezone.make_aware(moment)

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _places() -> list[tuple[int, str]]:
    """Counties, townships and villages, each below the one it belongs to."""
    levels = list(AreaLevel)
    top = levels.index(AreaLevel.COUNTY)
    rows = places_down_to(AreaLevel.VILLAGE)
    depths = [(row, levels.index(path_level(row.path)) - top) for row in rows]
    return [(row.pk, "　" * depth + row.label) for row, depth in depths if depth >= 0]
