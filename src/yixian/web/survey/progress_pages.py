"""调查进度的页面: progress by village and by day as charts with their tables, and which team goes where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.registry.queries.areas import villages
from yixian.survey.actions.open_campaign import plan_team_day
from yixian.survey.queries import get_campaign, get_team, organises
from yixian.survey.survey_progress import (
    DayProgress,
    VillageProgress,
    day_progress,
    team_days,
    village_progress,
)
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import DATE, NUMBER
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.tables import Column, Empty, Table

_IN_ORDER = "the order of places"

VILLAGES = Table[VillageProgress](
    _("Households by village"),
    (
        Column("village", _("Village"), lambda row: row.name, place="lead", unsorted=_IN_ORDER),
        Column("households", _("Households"), lambda row: row.households, NUMBER, unsorted=_IN_ORDER),
        Column(
            "measured",
            _("Households with a sheet taken"),
            lambda row: row.measured,
            NUMBER,
            unsorted=_IN_ORDER,
        ),
        Column("waiting", _("Wait for somebody"), lambda row: row.waiting, NUMBER, unsorted=_IN_ORDER),
        Column("missing", _("Nothing has come"), lambda row: row.missing, NUMBER, unsorted=_IN_ORDER),
    ),
    Empty(_("No village lies in this campaign")),
    css="counts",
)

VILLAGES_CHART = Chart[VillageProgress](
    name="survey-villages",
    kind=ChartKind.SHARES,
    title=_("How far each village is"),
    unit=_("Share of the households of a village"),
    table=VILLAGES,
    label=lambda row: row.name,
    series=(
        Series(_("Households with a sheet taken"), lambda row: row.measured),
        Series(_("Wait for somebody"), lambda row: row.waiting, "warn"),
        Series(_("Nothing has come"), lambda row: row.missing),
    ),
)

DAYS = Table[DayProgress](
    _("Sheets by day"),
    (
        Column("on", _("Day"), lambda row: row.on, DATE, place="lead", unsorted="by day"),
        Column("taken", _("Sheets taken"), lambda row: row.taken, NUMBER, unsorted="by day"),
        Column("waiting", _("Wait for somebody"), lambda row: row.waiting, NUMBER, unsorted="by day"),
        Column("other", _("Corrected or not chosen"), lambda row: row.other, NUMBER, unsorted="by day"),
    ),
    Empty(_("No sheet came yet")),
    css="counts",
)

DAYS_CHART = Chart[DayProgress](
    name="survey-days",
    kind=ChartKind.COLUMNS,
    title=_("What came on each day"),
    unit=_("Sheets a day"),
    table=DAYS,
    label=lambda row: row.on.isoformat(),
    short=lambda row: f"{row.on:%m-%d}",
    series=(
        Series(_("Sheets taken"), lambda row: row.taken),
        Series(_("Wait for somebody"), lambda row: row.waiting, "warn"),
        Series(_("Corrected or not chosen"), lambda row: row.other),
    ),
)

TEAM_DAYS = Table[Any](
    _("Who goes where"),
    (
        Column("on", _("Day"), lambda row: row.on, DATE, place="lead", unsorted="by day"),
        Column("team", _("Team"), lambda row: row.team.name, unsorted="by day"),
        Column("village", _("Village"), lambda row: row.village.label, unsorted="by day"),
    ),
    Empty(_("No day is planned yet"), _("A team's device takes along the households of its day.")),
)


class TeamDayForm(forms.Form):
    """A village of the campaign, and a day of it."""

    village_id = forms.TypedChoiceField(label=_("To which village"), coerce=int)
    on = day_field(label=_("On which day"))

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"on": asked.on})
        campaign = asked.subject.campaign
        field: Any = self.fields["village_id"]
        field.choices = [
            (row.pk, row.label) for row in villages(asked.actor) if row.path.startswith(campaign.area.path)
        ]


DAY_NEW = FormPage(
    title=_("Send the team to a village"),
    lead=lambda asked: f"{asked.subject.name} · {asked.subject.campaign.title}",
    subject=lambda asked: get_team(asked.actor, asked.kwargs["team_id"]),
    form=TeamDayForm,
    action=lambda asked: plan_team_day(
        asked.kwargs["team_id"], **asked.given, actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _day: reverse("survey:progress", args=[asked.subject.campaign_id]),
    done=_("Planned. The team's devices get the households of that village."),
    button=_("Plan it"),
    back=lambda asked: (
        reverse("survey:progress", args=[asked.subject.campaign_id]),
        asked.subject.campaign.title,
    ),
)


@require_GET
def progress_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Villages and days of a campaign as charts with their tables, and the teams' days."""
    actor = actor_of(request)
    campaign = get_campaign(actor, campaign_id)
    context = {
        "campaign": campaign,
        "villages_chart": VILLAGES_CHART,
        "villages": village_progress(campaign, on=timezone.localdate()),
        "days_chart": DAYS_CHART,
        "days": day_progress(campaign),
        "team_days": TEAM_DAYS,
        "team_day_rows": team_days(campaign),
        "teams": list(campaign.teams.all()) if organises(actor, campaign) else [],
    }
    return render(request, "survey/progress.html", context)
