"""开展调查: open a campaign under a freeze notice, form its teams, plan their days, and close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.policies.queries import pack_in_force
from yixian.registry.models import Organisation
from yixian.registry.queries.areas import get_area
from yixian.survey.access import ORGANISERS
from yixian.survey.models import Campaign, CampaignClosing, SurveyTeam, TeamDay
from yixian.survey.queries import get_campaign, get_team


@dataclass(frozen=True, slots=True)
class FreezeNotice:
    """停建令: its number, who issued it, on which day, and the last day on which what stood there counts."""

    document: str
    issuer: str
    issued_on: date
    cutoff_on: date


@dataclass(frozen=True, slots=True)
class TeamMembers:
    """调查组成员: the measurer and the second surveyor, each with their organisation."""

    measurer: str
    measurer_organisation_id: int
    second: str
    second_organisation_id: int
    languages: str = "cmn"
    has_woman: bool = False


@transaction.atomic
def open_campaign(
    area_id: int,
    title: str,
    notice: FreezeNotice,
    days: tuple[date, date],
    *,
    actor: Actor,
    at: datetime,
) -> Campaign:
    """Open a campaign by the forms of the pack in force there today.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` where no pack in force has sheets, `Invalid` for
    what is empty or days that are not in their order.
    """
    person = require_person(actor, ORGANISERS)
    area = get_area(actor.acting_as(ORGANISERS), area_id)
    pack = pack_in_force(area.path, timezone.localdate(at))
    if pack is None or not pack[1].survey.sheets:
        raise Refused("survey.no_sheets", _("No policy pack with survey sheets is in force here."))
    for field, text in (("title", title), ("document", notice.document), ("issuer", notice.issuer)):
        _filled(field, text)
    first, last = days
    if first < notice.issued_on:
        words = _("A survey begins after its freeze notice was issued.")
        raise Invalid("survey.before_notice", words, field="first_day")
    if last < first:
        raise Invalid("survey.days", _("The last day lies before the first."), field="last_day")
    campaign = Campaign.objects.create(
        area=area,
        title=title.strip(),
        pack_version=pack[0],
        freeze_document=notice.document.strip(),
        freeze_issuer=notice.issuer.strip(),
        freeze_issued_on=notice.issued_on,
        cutoff_on=notice.cutoff_on,
        first_day=first,
        last_day=last,
        opened_by_id=person,
        opened_at=at,
    )
    data = {
        "document": campaign.freeze_document,
        "cutoff": notice.cutoff_on.isoformat(),
        "pack": str(pack[0]),
    }
    _record("survey.campaign_opened", campaign, data, actor, at)
    return campaign


@transaction.atomic
def close_campaign(campaign_id: int, reason: str, *, actor: Actor, at: datetime) -> CampaignClosing:
    """Close a campaign: its devices get no more forms. What a device still sends is kept. Raises as `open_campaign` does."""
    person = require_person(actor, ORGANISERS)
    campaign = _open(campaign_id, actor)
    _filled("reason", reason)
    closing = CampaignClosing.objects.create(campaign=campaign, reason=reason.strip(), by_id=person, at=at)
    _record("survey.campaign_closed", campaign, {"reason": closing.reason}, actor, at)
    return closing


@transaction.atomic
def form_team(campaign_id: int, name: str, members: TeamMembers, *, actor: Actor, at: datetime) -> SurveyTeam:
    """Form a team of two persons of two organisations. Raises `Invalid` for one organisation, or a name that is taken."""
    require_person(actor, ORGANISERS)
    campaign = _open(campaign_id, actor)
    for field, text in (("name", name), ("measurer", members.measurer), ("second", members.second)):
        _filled(field, text)
    if members.measurer_organisation_id == members.second_organisation_id:
        words = _("The two surveyors must be of two organisations.")
        raise Invalid("survey.one_organisation", words, field="second_organisation")
    ids = {members.measurer_organisation_id, members.second_organisation_id}
    if Organisation.objects.filter(pk__in=ids).count() != len(ids):
        raise Invalid("survey.organisation", _("There is no such organisation."), field="second_organisation")
    if campaign.teams.filter(name=name.strip()).exists():
        raise Invalid("survey.team_name", _("There is a team of this name already."), field="name")
    team = SurveyTeam.objects.create(
        campaign=campaign,
        name=name.strip(),
        measurer=members.measurer.strip(),
        measurer_organisation_id=members.measurer_organisation_id,
        second=members.second.strip(),
        second_organisation_id=members.second_organisation_id,
        languages=members.languages,
        has_woman=members.has_woman,
    )
    _record("survey.team_formed", campaign, {"team": team.name}, actor, at)
    return team


@transaction.atomic
def plan_team_day(team_id: int, village_id: int, on: date, *, actor: Actor, at: datetime) -> TeamDay:
    """Send a team to a village of the campaign on one of its days. Planned again, it is the same day.

    Raises `NotFound` out of reach, `Invalid` for a place outside of the campaign or a day that is none of its days.
    """
    require_person(actor, ORGANISERS)
    team = get_team(actor.acting_as(ORGANISERS), team_id)
    campaign = _open(team.campaign_id, actor)
    village = get_area(actor.acting_as(ORGANISERS), village_id)
    if not village.path.startswith(campaign.area.path):
        words = _("This place lies outside of the campaign.")
        raise Invalid("survey.outside", words, field="village")
    if not campaign.first_day <= on <= campaign.last_day:
        raise Invalid("survey.not_its_day", _("This is no day of the campaign."), field="on")
    day, is_new = TeamDay.objects.get_or_create(team=team, village=village, on=on)
    if is_new:
        data = {"team": team.name, "village": village.pk, "on": on.isoformat()}
        _record("survey.team_day_planned", campaign, data, actor, at)
    return day


def _open(campaign_id: int, actor: Actor) -> Campaign:
    get_campaign(actor.acting_as(ORGANISERS), campaign_id)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("area").get(pk=campaign_id)
    if CampaignClosing.objects.filter(campaign=campaign).exists():
        raise Refused("survey.closed", _("This campaign is closed."))
    return campaign


def _filled(field: str, text: str) -> None:
    if not text.strip():
        raise Invalid("survey.empty", _("This must be filled in."), field=field)


def _record(kind: str, campaign: Campaign, data: Mapping[str, object], actor: Actor, at: datetime) -> None:
    record(Entry(kind, "campaign", campaign.pk, campaign.area.path, dict(data)), actor=actor, at=at)
