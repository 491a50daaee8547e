"""调查表单: a campaign under its freeze notice, a team of two organisations, a device and its term."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.registry.choices import Language
from yixian.registry.queries.organisations import current_organisations
from yixian.survey.actions.issue_device import MAX_DAYS
from yixian.survey.actions.open_campaign import FreezeNotice, TeamMembers
from yixian.web.forms import day_field
from yixian.web.ui.filters import place_options
from yixian.web.ui.forms import ActionForm, Submission
from yixian.web.ui.organisation_field import OrganisationField

_USUAL_DAYS = 30


class CampaignForm(ActionForm):
    """A campaign: where, under which notice, up to which day, and when."""

    area = forms.TypedChoiceField(label=_("Which place is surveyed"), coerce=int)
    title = forms.CharField(label=_("What it is called"), max_length=80)
    document = forms.CharField(label=_("Number of the freeze notice"), max_length=120)
    issuer = forms.CharField(label=_("Who issued it"), max_length=80)
    issued_on = day_field(label=_("Day of the notice"))
    cutoff_on = day_field(
        label=_("Cut-off day"), help_text=_("What was built or planted after this day is not surveyed.")
    )
    first_day = day_field(label=_("First day in the villages"))
    last_day = day_field(label=_("Last day in the villages"))

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)
        places: Any = self.fields["area"]
        levels = (AreaLevel.COUNTY, AreaLevel.TOWNSHIP)
        places.choices = place_options(asked.actor, levels, chosen=0)

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        notice = FreezeNotice(values["document"], values["issuer"], values["issued_on"], values["cutoff_on"])
        days = values["first_day"], values["last_day"]
        return {"area_id": values["area"], "title": values["title"], "notice": notice, "days": days}


class TeamForm(ActionForm):
    """A team: two persons of two organisations, what they speak, and whether a woman is among them."""

    name = forms.CharField(label=_("Name of the team"), max_length=40)
    measurer = forms.CharField(label=_("Measurer"), max_length=40)
    measurer_organisation = OrganisationField(label=_("Organisation of the measurer"))
    second = forms.CharField(label=_("Second surveyor"), max_length=40)
    second_organisation = OrganisationField(label=_("Organisation of the second surveyor"))
    languages = forms.MultipleChoiceField(
        label=_("What they speak"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    has_woman = forms.BooleanField(label=_("A woman is in the team"), required=False)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"languages": [Language.MANDARIN.value]})
        known = [(row.pk, row.label) for row in current_organisations(asked.actor)]
        for name in ("measurer_organisation", "second_organisation"):
            field: Any = self.fields[name]
            field.fill(known)

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        members = TeamMembers(
            values["measurer"],
            values["measurer_organisation"],
            values["second"],
            values["second_organisation"],
            ",".join(values["languages"]),
            has_woman=values["has_woman"],
        )
        return {"name": values["name"], "members": members}


class DeviceForm(forms.Form):
    """A device: what is written on it, and for how many days its credential holds."""

    label = forms.CharField(label=_("What the device is called"), max_length=40)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=MAX_DAYS, initial=_USUAL_DAYS
    )
