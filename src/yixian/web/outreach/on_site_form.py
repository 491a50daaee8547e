"""现场办公表单: a session on one page — where, when, which leaders, who took part, what was raised and decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.outreach.limits import MAX_DECISION, MAX_NOTE
from yixian.outreach.on_site_draft import DecisionDraft, OnSiteDraft, PointDraft
from yixian.outreach.queries.on_site import leaders_to_choose, owners_to_choose
from yixian.registry.queries import current_organisations
from yixian.web.forms import day_field
from yixian.web.outreach.explanation_form import new_explanation_key
from yixian.web.ui.filters import place_options
from yixian.web.ui.forms import ActionForm, Submission
from yixian.web.ui.organisation_field import OrganisationField

ROWS = 4
"""So many points, decisions and bodies have a place on the page."""


class OnSiteForm(ActionForm):
    """Everything that is written down about a session."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    area = forms.TypedChoiceField(label=_("At which place"), coerce=int)
    place = forms.CharField(label=_("Where there"), max_length=120)
    on = day_field(label=_("On which day"))
    leaders = forms.TypedMultipleChoiceField(
        label=_("Which leaders were there"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    households = forms.IntegerField(label=_("Households that came"), min_value=0, max_value=9999, initial=0)
    villagers = forms.IntegerField(label=_("People that came"), min_value=0, max_value=99999, initial=0)
    speakers = forms.CharField(
        label=_("Villagers who spoke and agreed to be named, one on a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    speakers_agreed = forms.BooleanField(label=_("Each of them agreed to be named"), required=False)
    names_nobody = forms.BooleanField(
        label=_("Everybody reads the decisions; none of them names a villager"), required=False
    )

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial=self.first_shown(asked))
        levels = (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
        places: Any = self.fields["area"]
        places.choices = place_options(asked.actor, levels, chosen=0)
        leaders: Any = self.fields["leaders"]
        leaders.choices = self.leaders_offered(asked)
        known = [(row.pk, row.label) for row in current_organisations(asked.actor)]
        owners = owners_to_choose(at=asked.at)
        kept = self.organisations_kept(asked)
        for number in range(ROWS):
            self._add_row(number, owners)
            taking_part: Any = self.fields[f"body_{number}"]
            taking_part.fill(known, kept=kept[number] if number < len(kept) else None)

    def first_shown(self, asked: Submission) -> dict[str, Any]:
        """What stands in the form before anybody typed."""
        return {"key": new_explanation_key(), "on": asked.on}

    def leaders_offered(self, asked: Submission) -> list[tuple[int, str]]:
        """Who may have held it, as (id, words)."""
        return leaders_to_choose(asked.actor, on=asked.on)

    def organisations_kept(self, _asked: Submission) -> list[tuple[int, str]]:
        """The bodies that stand in its rows before anybody typed, as (id, name)."""
        return []

    def rows(self, *names: str) -> list[list[forms.BoundField]]:
        """The fields of these names, row by row."""
        return [[self[f"{name}_{number}"] for name in names] for number in range(ROWS)]

    @property
    def participant_rows(self) -> list[list[forms.BoundField]]:
        """Who took part."""
        return self.rows("body", "people")

    @property
    def point_rows(self) -> list[list[forms.BoundField]]:
        """What was raised."""
        return self.rows("raised", "settled", "matter")

    @property
    def decision_rows(self) -> list[list[forms.BoundField]]:
        """What was decided."""
        return self.rows("what", "whose", "due")

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {"draft": on_site_draft(values)}

    def _add_row(self, number: int, owners: list[tuple[int, str]]) -> None:
        taking_part = OrganisationField(label=_("Body that took part"), required=False)
        whose = OrganisationField(label=_("Whose it is"), required=False)
        whose.fill(owners)
        self.fields |= {
            f"body_{number}": taking_part,
            f"people_{number}": forms.IntegerField(
                label=_("How many of them"), min_value=0, max_value=999, required=False
            ),
            f"raised_{number}": forms.CharField(
                label=_("What people raised"),
                max_length=MAX_NOTE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            f"settled_{number}": forms.BooleanField(label=_("Settled on the spot"), required=False),
            f"matter_{number}": forms.CharField(
                label=_("Number of its matter, if it is one"), max_length=10, required=False
            ),
            f"what_{number}": forms.CharField(
                label=_("What was decided"),
                max_length=MAX_DECISION,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            f"whose_{number}": whose,
            f"due_{number}": day_field(label=_("By which day"), required=False),
        }


def on_site_draft(values: Mapping[str, Any]) -> OnSiteDraft:
    """A session as it was typed."""

    def rows(name: str) -> list[int]:
        return [number for number in range(ROWS) if values[f"{name}_{number}"]]

    return OnSiteDraft(
        area_id=values["area"],
        on=values["on"],
        place=values["place"],
        leaders=frozenset(values["leaders"]),
        households=values["households"],
        villagers=values["villagers"],
        participants=tuple(
            (values[f"body_{number}"], values[f"people_{number}"] or 0) for number in rows("body")
        ),
        speakers=tuple(name.strip() for name in values["speakers"].splitlines() if name.strip()),
        speakers_agreed=values["speakers_agreed"],
        raised=tuple(
            PointDraft(
                values[f"raised_{number}"],
                settled=values[f"settled_{number}"],
                matter_no=values[f"matter_{number}"],
            )
            for number in rows("raised")
        ),
        decisions=tuple(
            DecisionDraft(values[f"what_{number}"], values[f"whose_{number}"], values[f"due_{number}"])
            for number in rows("what")
        ),
        names_nobody=values["names_nobody"],
        key=values["key"],
    )
