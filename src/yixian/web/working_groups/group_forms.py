"""工作组的表单: what the steps of a working group ask for. Choices are those that the group leaves open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.domain.text import typed_number
from yixian.kernel.languages import language
from yixian.registry.queries import organisations
from yixian.revisions.actions.begin_revision import Intent
from yixian.web.forms import day_field
from yixian.web.library.price_list import item_in_zone
from yixian.web.ui.forms import ActionForm, Submission
from yixian.working_groups.actions.open_group import Member
from yixian.working_groups.actions.send_report import Letter, Recipient
from yixian.working_groups.choices import RecipientKind, ReplyVerdict
from yixian.working_groups.limits import MARGIN, MAX_NAME, MAX_NUMBER, MAX_WORDS, REPLY_DAYS
from yixian.working_groups.pricing import ClausePrice
from yixian.working_groups.queries.checks import checkers, drawn_rows
from yixian.working_groups.queries.outcomes import new_prices
from yixian.working_groups.queries.reports import sent

_MAX_LENGTH = 20
_HUNDRED = 100


class GroupForm(ActionForm):
    """What the form of every step begins with: the group as it stands, and who asks."""

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, asked.files)
        self.asked = asked
        self.view = asked.subject
        self.prepare()

    def prepare(self) -> None:
        """Offer the choices of this group."""

    def choose(self, name: str, choices: Any) -> None:
        """Set the choices of a field."""
        field: Any = self.fields[name]
        field.choices = choices


class MemberForm(GroupForm):
    """A body that belongs to the group besides."""

    organisation = forms.TypedChoiceField(label=_("Body"), coerce=int)
    task = forms.CharField(label=_("What it is there for"), max_length=120, required=False)

    def prepare(self) -> None:
        """The bodies of the register."""
        self.choose("organisation", [(one.pk, one.label) for one in organisations(self.asked.actor)])

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """A member."""
        return {"member": Member(organisation_id=values["organisation"], task=values["task"])}


class AnnounceForm(GroupForm):
    """Where the seed will come from, and how near a share is to be known."""

    seed_source = forms.CharField(
        label=_("Where the seed will come from"),
        max_length=200,
        help_text=_(
            "Something that nobody knows yet and everybody can look up later, for example the winning numbers of a "
            "lottery of a day to come."
        ),
    )
    margin = forms.IntegerField(
        label=_("How near a share is to be known, in points"),
        min_value=1,
        max_value=50,
        initial=int(MARGIN * _HUNDRED),
        help_text=_("At 10 points about a hundred households are drawn, at 5 points about four hundred."),
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The margin as a share."""
        return values | {"margin": Decimal(values["margin"]) / _HUNDRED}


class SeedForm(GroupForm):
    """What came out."""

    seed = forms.CharField(label=_("What came out"), max_length=200)


class AssignForm(GroupForm):
    """Whose forms are given to whom."""

    sampled = forms.TypedMultipleChoiceField(
        label=_("The drawn households"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    user = forms.TypedChoiceField(
        label=_("Who goes there"),
        coerce=int,
        help_text=_("Nobody checks what they surveyed themselves, or a household that they stand beside."),
    )

    def prepare(self) -> None:
        """Those not checked yet, and those who could go."""
        self.choose(
            "sampled",
            [
                (row.sampled.pk, row.sampled.household.household_no)
                for row in drawn_rows(self.view.sample)
                if not row.outcome
            ],
        )
        self.choose("user", [(one.pk, str(one)) for one in checkers(on=self.asked.on)])

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Ids."""
        return {"sampled_ids": values["sampled"], "user_id": values["user"]}


class SheetForm(GroupForm):
    """A filled-in sheet."""

    file = forms.FileField(
        label=_("The sheet as an .xlsx file"),
        help_text=_(
            "Rows in which nothing is chosen are left for later. If one row is wrong, nothing is entered."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Its content."""
        return {"content": values["file"].read()}


class StandardForm(GroupForm):
    """The document by which the new standard is to be decided, and the new prices."""

    title_zh = forms.CharField(
        label=_("Title of the document"),
        max_length=120,
        help_text=_("As the decision will be called, e.g. 关于调整土木结构房屋补偿单价的决定"),
    )
    title_en = forms.CharField(label=_("Title in English (if there is one)"), max_length=160, required=False)
    issuer = forms.CharField(label=_("Who will issue it"), max_length=80)
    reason = forms.CharField(
        label=_("Why, in words that every household understands"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = day_field(label=_("In force from"))

    def prepare(self) -> None:
        """A field for each price that the group looks into."""
        rows = new_prices(self.view, language())
        self._names = {f"{row.item_code}|{row.zone_code}": row for row in rows}
        self.fields["valid_from"].initial = self.asked.on
        for name, row in self._names.items():
            self.fields[name] = forms.CharField(
                label=_label(row),
                max_length=_MAX_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The document, and the new prices that were typed."""
        names = ("title_zh", "title_en", "issuer", "reason", "valid_from")
        prices = {
            (row.item_code, row.zone_code): typed_number(values[name].strip())
            for name, row in self._names.items()
            if values[name].strip()
        }
        return {"intent": Intent(*(values[name] for name in names)), "prices": prices}


class LinkForm(GroupForm):
    """A revision that is under way."""

    revision = forms.TypedChoiceField(label=_("Revision"), coerce=int)

    def prepare(self) -> None:
        """Those of the group's place."""
        self.choose("revision", [(one.pk, one.title) for one in self.view.linkable])

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Its id."""
        return {"revision_id": values["revision"]}


class TakeBackForm(GroupForm):
    """Why a proposal is off the table."""

    reason = forms.CharField(label=_("Why it is taken back"), max_length=500)


class OptionsForm(GroupForm):
    """The ways out, in the group's own words."""

    options = forms.CharField(
        label=_("The options, with what speaks for each"),
        max_length=MAX_WORDS,
        help_text=_("It goes into the report as it stands; name nobody."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SendForm(GroupForm):
    """To whom a version went."""

    number = forms.TypedChoiceField(label=_("Version"), coerce=int)
    kind = forms.TypedChoiceField(label=_("Who"), coerce=RecipientKind, choices=RecipientKind.choices)
    name = forms.CharField(label=_("Name of the body"), max_length=MAX_NAME)
    sent_on = day_field(label=_("Sent on"))
    reply_days = forms.IntegerField(label=_("Reply within so many working days"), min_value=1, max_value=120)

    def prepare(self) -> None:
        """The versions there are."""
        self.choose("number", [(number, number) for number in self.view.report_numbers])
        self.initial = {"sent_on": self.asked.on, "reply_days": REPLY_DAYS}

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The version and its recipient."""
        return {"report_number": values.pop("number"), "recipient": Recipient(**values)}


class ReplyForm(GroupForm):
    """What came back."""

    received_on = day_field(label=_("Received on"))
    number = forms.CharField(label=_("Number of the letter"), max_length=MAX_NUMBER, required=False)
    verdict = forms.TypedChoiceField(
        label=_("What it says"), coerce=ReplyVerdict, choices=ReplyVerdict.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In their words, in short"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    scan = forms.FileField(
        label=_("Photograph of the letter (may be left out)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def prepare(self) -> None:
        """It came today, most often."""
        self.fields["received_on"].initial = self.asked.on

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """A letter."""
        scan = values.pop("scan")
        return {"letter": Letter(**values, scan=(scan.name, scan.read()) if scan else None)}


class EndRepliesForm(GroupForm):
    """Why it goes on without the replies that are missing; nothing is asked where none is."""

    reason = forms.CharField(label=_("Why you go on without the missing replies"), max_length=500)

    def prepare(self) -> None:
        """A reason only where somebody has not replied."""
        if all(row.reply for row in sent(self.view.group, at=self.asked.at)):
            self.fields["reason"].required = False
            self.fields["reason"].widget = forms.HiddenInput()


class KeepForm(GroupForm):
    """Why the standard stays, and by which document."""

    reasons = forms.CharField(
        label=_("Why the standard stays"),
        max_length=MAX_WORDS,
        help_text=_("Everybody who asked is told these words, and everybody can read them."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    number = forms.CharField(label=_("Number of the document"), max_length=MAX_NUMBER)


def _label(row: ClausePrice) -> str:
    return _("New price of %(item)s, yuan a %(unit)s (now %(price)s)") % {
        "item": item_in_zone(row.title, row.zone),
        "unit": row.unit,
        "price": "—" if row.current is None else f"{row.current:f}",
    }
