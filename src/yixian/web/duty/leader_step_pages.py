"""挂乡驻村办理页: words and forms of the changes of who stands with a place; `yixian.duty.leader_steps` declares them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.duty import leader_steps as steps
from yixian.duty.actions.appoint_leaders import (
    Appointment,
    appoint_leader,
    relieve_leader,
    station_organisation,
    withdraw_organisation,
)
from yixian.duty.actions.call_off_appointment import call_off_leader, call_off_station
from yixian.duty.choices import LeadershipKind
from yixian.duty.queries import leaders_of_area, leadership_history, stationing_history
from yixian.kernel.errors import NotFound
from yixian.registry.queries import current_organisations, get_area
from yixian.web.forms import day_field
from yixian.web.ui.forms import ActionForm, Submission
from yixian.web.ui.people_field import HelperForm, PeopleField
from yixian.web.ui.steps import StepPage, StepPages


class AppointForm(HelperForm):
    """Who leads, as what, from when, by which document, and whom they relieve."""

    helper = PeopleField(_("Who"), rows=1)
    kind = forms.ChoiceField(label=_("As"), choices=LeadershipKind.choices)
    on = day_field(label=_("From which day"))
    document = forms.CharField(label=_("Document"), max_length=120)
    relieves = forms.TypedChoiceField(label=_("Relieves"), required=False, coerce=int, empty_value=None)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked, on=asked.on)
        relieves: Any = self.fields["relieves"]
        relieves.choices = [
            ("", _("relieves nobody")),
            *((row.pk, str(row.helper.person.name)) for row in leaders_of_area(asked.subject, on=asked.on)),
        ]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """An appointment."""
        appointment = Appointment(
            helper_id=values["helper"].pk,
            area_id=self.asked.subject.pk,
            kind=LeadershipKind(values["kind"]),
            first=values["on"],
            document=values["document"],
            relieves_id=values["relieves"],
        )
        return {"given": appointment}


class StationForm(ActionForm):
    """Which body, from when, by which document."""

    organisation = forms.TypedChoiceField(label=_("Body"), coerce=int)
    on = day_field(label=_("From which day"))
    document = forms.CharField(label=_("Document"), max_length=120)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"on": asked.on})
        self.area_id = asked.subject.pk
        organisation: Any = self.fields["organisation"]
        organisation.choices = [(row.pk, row.label) for row in current_organisations(asked.actor)]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """A stationing."""
        return {
            "organisation_id": values["organisation"],
            "area_id": self.area_id,
            "first": values["on"],
            "document": values["document"],
        }


class CallOffForm(forms.Form):
    """Why what was planned is called off."""

    because = forms.CharField(label=_("Why, or by which document"), max_length=200)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)


class EndForm(forms.Form):
    """On which day it ends, and why."""

    on = day_field(label=_("On"))
    because = forms.CharField(label=_("Why, or by which document"), max_length=200)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"on": asked.on})


def _ending(asked: Submission) -> dict[str, Any]:
    """Who is relieved or withdrawn, by name. Raises `NotFound` where the address names nobody of this place."""
    leaders = {row.pk: row.helper.person.name for row in leadership_history(asked.subject)}
    stationed = {row.pk: row.organisation.label for row in stationing_history(asked.subject)}
    for name, known in (("leadership_id", leaders), ("stationing_id", stationed)):
        if asked.kwargs.get(name) in known:
            return {"who": known[asked.kwargs[name]]}
        if name in asked.kwargs:
            raise NotFound("leader.not_found", _("There is no such leader."))
    return {}


STEPS = StepPages(
    prefix="staff:duty_leaders_",
    subject=lambda asked: get_area(asked.actor, asked.kwargs["area_id"]),
    state=lambda _asked, area: area,
    title=lambda area: str(area.label),
    to=lambda area: reverse("staff:duty_leaders_area", args=[area.pk]),
    crumb=("staff:duty_leaders", _("Leaders and departments")),
    template="duty/step_page.html",
    context=_ending,
    pages=(
        StepPage(
            step=steps.APPOINT,
            button=_("Appoint"),
            done=_("Appointed."),
            act=lambda asked: appoint_leader(**asked.given, actor=asked.actor, at=asked.at),
            form=AppointForm,
            inline=True,
        ),
        StepPage(
            step=steps.RELIEVE,
            button=_("Relieve"),
            done=_("Noted. The history keeps it."),
            act=lambda asked: relieve_leader(
                asked.kwargs["leadership_id"], **asked.given, actor=asked.actor, at=asked.at
            ),
            form=EndForm,
            css="btn-danger",
            route="relieve/<int:leadership_id>/",
        ),
        StepPage(
            step=steps.STATION,
            button=_("Station"),
            done=_("Stationed."),
            act=lambda asked: station_organisation(**asked.given, actor=asked.actor, at=asked.at),
            form=StationForm,
            inline=True,
        ),
        StepPage(
            step=steps.WITHDRAW,
            button=_("Withdraw"),
            done=_("Noted. The history keeps it."),
            act=lambda asked: withdraw_organisation(
                asked.kwargs["stationing_id"], **asked.given, actor=asked.actor, at=asked.at
            ),
            form=EndForm,
            css="btn-danger",
            route="withdraw/<int:stationing_id>/",
        ),
        StepPage(
            step=steps.CALL_OFF_LEADER,
            button=_("Call off the appointment"),
            done=_("Called off. Whoever was to be relieved stays."),
            act=lambda asked: call_off_leader(
                asked.kwargs["leadership_id"], **asked.given, actor=asked.actor, at=asked.at
            ),
            form=CallOffForm,
            css="btn-danger",
            route="call_off_leader/<int:leadership_id>/",
        ),
        StepPage(
            step=steps.CALL_OFF_STATION,
            button=_("Call off the stationing"),
            done=_("Called off. The history keeps it."),
            act=lambda asked: call_off_station(
                asked.kwargs["stationing_id"], **asked.given, actor=asked.actor, at=asked.at
            ),
            form=CallOffForm,
            css="btn-danger",
            route="call_off_station/<int:stationing_id>/",
        ),
    ),
)
