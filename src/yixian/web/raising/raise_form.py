"""说一件事的表单: what it is about, where and about whom, and who says it. Nothing typed is ever lost to an error."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.identity import is_phone
from yixian.matters import limits
from yixian.matters.choices import IntakeChannel, MatterKind, Topic
from yixian.matters.intake import ClauseKey, Complainant, Subject, Submission
from yixian.matters.procedures import offered_kinds
from yixian.matters.queries import person_named
from yixian.web.raising.place_choices import office_groups, place_groups

CARD, NAMED, UNNAMED = "card", "named", "unnamed"

TOPICS = [(topic.value, topic.label) for topic in Topic if topic != Topic.UNSORTED]
OTHERS = range(2, limits.MAX_REPRESENTATIVES + 1)
"""Those who speak for the others beside the first one."""

_BETWEEN = "|"
_RARE_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "digits"}


def _words(
    label: Any, most: int, rows: int, help_text: Any = "", *, required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _line(label: Any, most: int, **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class MatterForm(forms.Form):
    """What is said: shared by the portal's page and by the one that a cadre fills in at the door."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Which procedure applies"), required=False, widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=TOPICS, required=False, widget=forms.RadioSelect
    )
    words = _words(gettext_lazy("In your own words"), limits.MAX_WORDS, 7)
    wanted = _words(gettext_lazy("What would help?"), limits.MAX_WANTED, 3)
    item_line = forms.CharField(max_length=limits.MAX_LINE, required=False, widget=forms.HiddenInput)
    clause = forms.CharField(max_length=320, required=False, widget=forms.HiddenInput)
    about_official = forms.BooleanField(
        label=gettext_lazy("It is about somebody in office, or about an office"), required=False
    )
    office = forms.ChoiceField(label=gettext_lazy("Which office?"), required=False)
    subject = _line(gettext_lazy("Who? Their name or post, if you know it"), limits.MAX_REASON)
    shared = forms.BooleanField(
        label=gettext_lazy("The people beside us may know of it, and help"), required=False
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]] = (), at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        kinds = offered_kinds()
        self._choose("kind", [(kind.value, kind.label) for kind in kinds])
        self.fields["kind"].initial = kinds[0].value if kinds else ""
        self._choose(
            "office", [("", _("I do not know, or would rather not say")), *office_groups(people, at=at)]
        )

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def has_kinds(self) -> bool:
        """Whether there is more than one way to choose from."""
        return len(self.fields["kind"].choices) > 1  # type: ignore[attr-defined]

    def given(self, files: tuple[tuple[str, bytes], ...]) -> dict[str, Any]:
        """The values of a submission that stand in this form."""
        data = self.cleaned_data
        subjects, about = self._subjects()
        return {
            "key": data["key"],
            "kind": MatterKind(data["kind"] or self.fields["kind"].initial),
            "topic": Topic(data["topic"] or Topic.UNSORTED),
            "words": data["words"]
            if data["words"].strip() or not files
            else _("(In the photograph or the voice note.)"),
            "wanted": data["wanted"],
            "item_line": data["item_line"],
            "clauses": _clauses(data["clause"]),
            "subjects": subjects,
            "about_official": about,
            "subject_words": data["subject"],
            "shared": data["shared"],
            "files": files,
        }

    def _subjects(self) -> tuple[tuple[Subject, ...], bool]:
        """Whom it is about, and whether it is about somebody at all: who names an office, or says that it is about how somebody
        behaved, need not tick the box.
        """
        data = self.cleaned_data
        kind, _dash, number = data["office"].partition("-")
        if kind == "helper":
            return (Subject(helper_id=int(number)),), True
        if kind == "organisation":
            helper_id = person_named(int(number), data["subject"], at=self.at)
            found = Subject(helper_id=helper_id) if helper_id else Subject(organisation_id=int(number))
            return (found,), True
        is_conduct = data["topic"] == Topic.CONDUCT
        return (), bool(data["about_official"] or is_conduct or data["subject"].strip())


class RaiseForm(MatterForm):
    """The portal's page: also where it is about, who says it, and whether somebody was made to pay for an earlier one."""

    area = forms.ChoiceField(label=gettext_lazy("Where is it?"), required=False)
    retaliation = forms.BooleanField(
        label=gettext_lazy("Somebody made trouble for me because I raised something"), required=False
    )
    earlier = forms.CharField(
        label=gettext_lazy("The receipt number of what you raised then"),
        help_text=gettext_lazy(
            "Sixteen digits. This goes to those above, not to those who hold the earlier matter."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_RARE_DIGITS),
    )
    who = forms.ChoiceField(label=gettext_lazy("Who are you?"), required=False, widget=forms.RadioSelect)
    name = _line(gettext_lazy("Name"), limits.MAX_NAME)
    phone = _line(gettext_lazy("Phone"), limits.MAX_PHONE, inputmode="tel")
    phone_read = forms.CharField(required=False, max_length=limits.MAX_PHONE, widget=forms.HiddenInput)
    several = forms.BooleanField(label=gettext_lazy("We are several"), required=False)
    joint = forms.IntegerField(
        label=gettext_lazy("How many are you?"),
        required=False,
        min_value=1,
        max_value=limits.MAX_JOINT,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, has_card: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in OTHERS:
            name, phone = _("Name of person %(number)s"), _("Phone of person %(number)s")
            self.fields[f"name_{number}"] = _line(name % {"number": number}, limits.MAX_NAME)
            self.fields[f"phone_{number}"] = _line(
                phone % {"number": number}, limits.MAX_PHONE, inputmode="tel"
            )
        nowhere = _("Where our household lives") if has_card else _("No place, or I would rather not say")
        self._choose("area", [("", nowhere), *place_groups()])
        self._choose(
            "who",
            [
                *([(CARD, _("With our card"))] if has_card else []),
                (NAMED, _("With name and phone")),
                (UNNAMED, _("Without a name")),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """What belongs together: who it is, and the receipt of an earlier matter."""
        data = super().clean() or self.cleaned_data
        who = data.get("who", "")
        if not who and "who" not in self.errors:
            self.add_error("who", _("Choose one of these."))
        if who == NAMED and not (data.get("name", "").strip() and data.get("phone", "").strip()):
            self.add_error("name", _("Give a name and a phone, or choose “Without a name”."))
        elif who == NAMED:
            self._read_phone_again(data["phone"].strip())
        if data.get("retaliation") and not data.get("earlier", "").strip():
            self.add_error(
                "earlier", _("Enter the receipt number, so that it can be put beside the earlier matter.")
            )
        if data.get("several") and not data.get("joint") and "joint" not in self.errors:
            self.add_error("joint", _("Say how many you are."))
        return data

    def _read_phone_again(self, phone: str) -> None:
        """Point once at a number that nobody can call; sent again as it is, it is taken: it may be one that we do not know."""
        if is_phone(phone) or self.cleaned_data.get("phone_read", "").strip() == phone:
            return
        self.add_error(
            "phone",
            _(
                "Nobody can call this number. A mobile number has 11 digits, a landline its area code before it."
                " If it is right as it stands, send it again."
            ),
        )
        sent: Any = self.data
        again = sent.copy()
        again["phone_read"] = phone
        self.data = again

    @property
    def suffered_for(self) -> str:
        """The receipt of the matter for which somebody was made to pay; empty for none."""
        return str(self.cleaned_data["earlier"]).strip()

    @property
    def with_card(self) -> bool:
        """Whether the household raises it with its card."""
        return bool(self.cleaned_data["who"] == CARD)

    @property
    def others(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField]]:
        """The boxes for those who speak beside the first, each with its number."""
        for number in OTHERS:
            yield number, self[f"name_{number}"], self[f"phone_{number}"]

    def submission(self, files: tuple[tuple[str, bytes], ...], household_id: int | None) -> Submission:
        """What is sent. ``household_id`` is that of the card that is shown."""
        data = self.cleaned_data
        unnamed, with_card = data["who"] == UNNAMED, self.with_card
        values = self.given(files)
        values["about_official"] = values["about_official"] or bool(self.suffered_for)
        values["shared"] = values["shared"] and with_card
        return Submission(
            **values,
            channel=IntakeChannel.CARD if with_card else IntakeChannel.PORTAL,
            people=() if unnamed else self._people(household_id if with_card else None),
            anonymous=unnamed,
            joint=(data["joint"] or 1) if data["several"] else 1,
            area_id=int(data["area"]) if data["area"] else None,
            retaliation_for=self.suffered_for,
        )

    def _people(self, household_id: int | None) -> tuple[Complainant, ...]:
        data = self.cleaned_data
        with_card = household_id is not None
        first = (
            Complainant(household_id=household_id) if with_card else Complainant(data["name"], data["phone"])
        )
        if not data["several"]:
            return (first,)
        boxes = [(data[f"name_{number}"].strip(), data[f"phone_{number}"].strip()) for number in OTHERS]
        return (first, *(Complainant(name, phone) for name, phone in boxes if name or phone))


def new_key() -> uuid.UUID:
    """The key of a form, made when its page is opened."""
    return uuid.uuid4()


def clause_keys(value: str) -> list[tuple[str, str, str]]:
    """The clause that a form names, as (pack, document, clause); empty for none."""
    parts = value.split(_BETWEEN)
    return [(parts[0], parts[1], parts[2])] if len(parts) == 3 and all(parts) else []


def _clauses(value: str) -> tuple[ClauseKey, ...]:
    return tuple(ClauseKey(*key) for key in clause_keys(value))
