"""实物调查查询: campaigns and sheets in reach, the device that a secret belongs to, and where a sheet stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.registry.queries.areas import reached_areas
from yixian.survey.access import ORGANISERS, READERS
from yixian.survey.choices import SheetStatus
from yixian.survey.models import (
    Campaign,
    FieldDevice,
    RefusedPost,
    SheetChoice,
    SheetSubmission,
    SubmissionReading,
    SurveyTeam,
)
from yixian.survey.sheet_states import Received, sheet_states


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns whose area lies within what the actor reaches as a reader. Raises `NotPermitted`."""
    require(actor, READERS)
    rows = Campaign.objects.filter(area__in=reached_areas(actor.acting_as(READERS)))
    return rows.select_related("area").order_by("-first_day", "-pk")


def get_campaign(actor: Actor, campaign_id: int) -> Campaign:
    """One campaign in reach. Raises `NotFound`."""
    campaign = campaigns(actor).filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound("survey.no_campaign", _("There is no such campaign."))
    return campaign


def organises(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor may form teams of a campaign, hand out devices for it and close it."""
    if not actor.has_any(ORGANISERS):
        return False
    return campaigns(actor.acting_as(ORGANISERS)).filter(pk=campaign.pk, closing=None).exists()


def may_revoke(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor may end the devices of a campaign: who organises it, also when it is closed."""
    if not actor.has_any(ORGANISERS):
        return False
    return campaigns(actor.acting_as(ORGANISERS)).filter(pk=campaign.pk).exists()


def get_team(actor: Actor, team_id: int) -> SurveyTeam:
    """One team of a campaign in reach. Raises `NotFound`."""
    rows = SurveyTeam.objects.filter(campaign__in=campaigns(actor)).select_related("campaign__area")
    team = rows.filter(pk=team_id).first()
    if team is None:
        raise NotFound("survey.no_team", _("There is no such team."))
    return team


def get_device(actor: Actor, device_id: int) -> FieldDevice:
    """One device of a team of a campaign in reach. Raises `NotFound`."""
    rows = FieldDevice.objects.filter(team__campaign__in=campaigns(actor)).select_related("team__campaign")
    device = rows.filter(pk=device_id).first()
    if device is None:
        raise NotFound("survey.no_device", _("There is no such device."))
    return device


def get_sheet(actor: Actor, submission_id: int) -> SheetSubmission:
    """One submission of a campaign in reach. Raises `NotFound`."""
    rows = SheetSubmission.objects.filter(campaign__in=campaigns(actor)).select_related("campaign__area")
    submission = rows.filter(pk=submission_id).first()
    if submission is None:
        raise NotFound("survey.no_sheet", _("There is no such sheet."))
    return submission


def device_with_secret(secret: str, *, at: datetime) -> FieldDevice | None:
    """The device whose secret this is, if it holds at this moment: neither revoked nor past its end."""
    rows = _with_secret(secret).filter(expires_at__gt=at, revocation=None)
    return rows.select_related("team__campaign__area").first()


def ended_device_with_secret(secret: str) -> bool:
    """Whether this is the secret of a device at all; asked where it does not hold any more."""
    return _with_secret(secret).exists()


def _with_secret(secret: str) -> QuerySet[FieldDevice]:
    return FieldDevice.objects.filter(secret_sha256=hashlib.sha256(secret.encode()).hexdigest())


def refused_posts(actor: Actor, campaign: Campaign | None = None) -> QuerySet[RefusedPost]:
    """What devices of campaigns in reach, or of one of them, sent and the server did not take, the latest first."""
    rows = RefusedPost.objects.filter(device__team__campaign__in=campaigns(actor))
    if campaign is not None:
        rows = rows.filter(device__team__campaign=campaign)
    return rows.select_related("device__team").defer("content").order_by("-pk")


def status_of(submission: SheetSubmission) -> SheetStatus:
    """Where a submission stands, by all that has come of its household and what they are linked with."""
    return sheet_states(linked_sheets(submission))[submission.instance_id]


def problems_of(submission: SheetSubmission) -> list[dict[str, str]]:
    """What was wrong when it was last read: question, and sentence in ``zh`` and ``en``."""
    problems: list[dict[str, str]] = submission.readings.latest("pk").problems
    return problems


def linked_sheets(submission: SheetSubmission) -> list[Received]:
    """All submissions of the household and form, with those that they correct or that correct them."""
    rows = SheetSubmission.objects.filter(campaign=submission.campaign_id)
    found: dict[str, Received] = {}
    wanted = Q(pk=submission.pk)
    while True:
        new = {
            one.instance_id: one
            for one in received_sheets(rows.filter(wanted))
            if one.instance_id not in found
        }
        if not new:
            return list(found.values())
        found |= new
        above = {one.replaces for one in new.values() if one.replaces}
        wanted = Q(instance_id__in=above) | Q(replaces__in=set(new))
        for household_no, form_id in {
            (one.household_no, one.form_id) for one in new.values() if one.household_no
        }:
            wanted |= Q(household_no=household_no, form_id=form_id)


def received_sheets(rows: QuerySet[SheetSubmission]) -> Iterable[Received]:
    """What the state of each of these submissions hangs on."""
    latest = SubmissionReading.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    choices = SheetChoice.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    for row in rows.annotate(
        problems=Subquery(latest.values("problems")[:1]),
        choice=Subquery(choices.values("pk")[:1]),
        chosen_over=Subquery(choices.values("chosen_over")[:1]),
    ).defer("content"):
        yield Received(
            row.instance_id,
            row.replaces,
            row.household_no,
            row.form_id,
            is_right=row.problems == [],
            choice=row.choice or 0,
            chosen_over=frozenset(row.chosen_over or ()),
        )
