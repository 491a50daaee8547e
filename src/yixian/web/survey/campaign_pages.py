"""调查任务的页面: campaigns in a list, one with its notice, teams, devices and sheets, opened and closed."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.survey.actions.open_campaign import close_campaign, form_team, open_campaign
from yixian.survey.choices import CampaignStatus, DeviceStatus, SheetStatus
from yixian.survey.queries import get_campaign, may_revoke, organises, refused_posts
from yixian.survey.sheet_lists import (
    NOT_TAKEN,
    campaign_list,
    campaign_status,
    device_list,
    sheets_by_status,
    team_list,
)
from yixian.survey.survey_read_models import CampaignRow, TeamRow
from yixian.web.request_actor import actor_of
from yixian.web.survey.campaign_forms import CampaignForm, TeamForm
from yixian.web.survey.device_pages import DEVICES
from yixian.web.ui.cells import BADGE, DAYS, NAMES, NUMBER, Badge, soft
from yixian.web.ui.forms import FormPage, Link, Submission, reason_field
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table

_MAX_REFUSED = 20
"""So many refused posts stand on the campaign's page."""

_TONES = {CampaignStatus.UNDER_WAY: "good", CampaignStatus.OVER: "warn"}

CAMPAIGNS = ListPage(
    url="survey:campaigns",
    export="survey:campaigns_export",
    title=_("Surveys on the ground"),
    lead=_("Each under its freeze notice: who measures where, and what has come from the yards."),
    table=Table[CampaignRow](
        _("Surveys on the ground"),
        (
            Column(
                "title",
                _("Campaign"),
                lambda row: row.campaign.title,
                link=lambda row: reverse("survey:campaign", args=[row.campaign.pk]),
                under=lambda row: soft(row.campaign.freeze_document),
                place="lead",
            ),
            Column(
                "state",
                _("State"),
                lambda row: campaign_badge(row.status),
                BADGE,
                place="corner",
                unsorted="worked out for the day",
            ),
            Column("place", _("Location"), lambda row: row.campaign.area.label),
            Column("first_day", _("Days"), lambda row: (row.campaign.first_day, row.campaign.last_day), DAYS),
            Column("teams", _("Teams"), lambda row: row.teams, NUMBER),
            Column(
                "taken", _("Sheets taken"), lambda row: row.taken, NUMBER, unsorted="read for the page shown"
            ),
            Column("waiting", _("Wait for somebody"), lambda row: row.waiting, NUMBER, unsorted="as taken"),
        ),
        Empty(_("No survey was opened here yet"), _("The bureau opens one under a freeze notice.")),
    ),
    rows=lambda query: campaign_list(query.actor, on=query.on),
    counted=lambda n: ngettext("%(number)s campaign", "%(number)s campaigns", n) % {"number": f"{n:,}"},
    page_size=25,
    actions=(Action("survey:campaign_new", _("Open a campaign"), "pen", is_primary=True),),
)

TEAMS = Table[TeamRow](
    _("Teams"),
    (
        Column("name", _("Team"), lambda row: row.team.name, place="lead", unsorted="as formed"),
        Column(
            "measurer",
            _("Measurer"),
            lambda row: row.team.measurer,
            under=lambda row: soft(row.team.measurer_organisation.label),
            unsorted="as formed",
        ),
        Column(
            "second",
            _("Second surveyor"),
            lambda row: row.team.second,
            under=lambda row: soft(row.team.second_organisation.label),
            unsorted="as formed",
        ),
        Column(
            "languages",
            _("What they speak"),
            lambda row: row.languages,
            NAMES,
            under=lambda row: soft(_("a woman is in it")) if row.team.has_woman else "",
            unsorted="as formed",
        ),
        Column("sheets", _("Sheets that came"), lambda row: row.sheets, NUMBER, unsorted="as formed"),
    ),
    Empty(_("No team yet"), _("A team is two persons of two organisations.")),
)


def campaign_badge(status: CampaignStatus) -> Badge:
    """Where a campaign stands, with its colour."""
    return Badge(status.label, _TONES.get(status, ""))


def _campaign_link(asked: Submission) -> Link:
    return reverse("survey:campaign", args=[asked.kwargs["campaign_id"]]), asked.subject.title


def _all_link(_asked: Submission) -> Link:
    return reverse("survey:campaigns"), _("Surveys on the ground")


class ClosingForm(forms.Form):
    """Why no more sheets are awaited."""

    reason = reason_field()


NEW = FormPage(
    title=_("Open a campaign"),
    lead=_("Its forms are those of the policy pack in force there today; a later pack does not change them."),
    form=CampaignForm,
    action=lambda asked: open_campaign(**asked.given, actor=asked.actor, at=asked.at),
    to=lambda _asked, campaign: reverse("survey:campaign", args=[campaign.pk]),
    done=_("Opened. Now form its teams."),
    button=_("Open it"),
    back=_all_link,
)

CLOSE = FormPage(
    title=_("Close the campaign"),
    lead=_("Its devices get no more forms. What a device still sends is kept."),
    subject=lambda asked: get_campaign(asked.actor, asked.kwargs["campaign_id"]),
    form=lambda asked: ClosingForm(asked.data),
    action=lambda asked: close_campaign(
        asked.kwargs["campaign_id"], asked.given["reason"], actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _closing: reverse("survey:campaign", args=[asked.kwargs["campaign_id"]]),
    done=_("The campaign is closed."),
    button=_("Close it"),
    back=_campaign_link,
    crumbs=lambda asked: [_all_link(asked)],
)

TEAM_NEW = FormPage(
    title=_("Form a team"),
    lead=_("Both sign every sheet, so they are of two organisations."),
    subject=lambda asked: get_campaign(asked.actor, asked.kwargs["campaign_id"]),
    form=TeamForm,
    action=lambda asked: form_team(
        asked.kwargs["campaign_id"], **asked.given, actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _team: reverse("survey:campaign", args=[asked.kwargs["campaign_id"]]),
    done=_("The team is formed. Give it its devices."),
    button=_("Form it"),
    back=_campaign_link,
    crumbs=lambda asked: [_all_link(asked)],
)


@require_GET
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: its notice and days, what has come, its teams and devices."""
    actor, now = actor_of(request), timezone.now()
    campaign = get_campaign(actor, campaign_id)
    by_status = sheets_by_status(campaign)
    devices, refused = device_list(campaign, at=now), refused_posts(actor, campaign)
    in_use = [row for row in devices if row.status == DeviceStatus.HOLDS]
    context = {
        "campaign": campaign,
        "closing": getattr(campaign, "closing", None),
        "badge": campaign_badge(campaign_status(campaign, timezone.localdate(now))).__html__(),
        "sheets": [(one.label, one.value, by_status[one]) for one in SheetStatus if by_status[one]],
        "all_sheets": sum(by_status.values()),
        "waiting": sum(by_status[one] for one in NOT_TAKEN),
        "refused": list(refused[:_MAX_REFUSED]),
        "refused_before": max(refused.count() - _MAX_REFUSED, 0),
        "teams": TEAMS,
        "team_rows": team_list(campaign),
        "devices": DEVICES,
        "device_rows": devices,
        "revocable": in_use if may_revoke(actor, campaign) else [],
        "may_organise": organises(actor, campaign),
    }
    return render(request, "survey/campaign.html", context)
