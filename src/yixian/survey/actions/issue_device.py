"""发放设备凭证: give a team's device a secret that is shown once, and end it at once when it must end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.survey.access import ORGANISERS
from yixian.survey.models import CampaignClosing, DeviceRevocation, FieldDevice
from yixian.survey.queries import campaigns, get_team

MAX_DAYS = 180
_SECRET_BYTES = 32


@transaction.atomic
def issue_device(
    team_id: int, label: str, days: int, *, actor: Actor, at: datetime
) -> tuple[FieldDevice, str]:
    """A device of a team for some days, and its secret, which is kept nowhere and cannot be shown again.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` in a closed campaign, `Invalid` for an empty label
    or a term that is not from one to `MAX_DAYS` days.
    """
    person = require_person(actor, ORGANISERS)
    team = get_team(actor.acting_as(ORGANISERS), team_id)
    if CampaignClosing.objects.filter(campaign=team.campaign_id).exists():
        raise Refused("survey.closed", _("This campaign is closed."))
    if not label.strip():
        raise Invalid("survey.empty", _("This must be filled in."), field="label")
    if not 1 <= days <= MAX_DAYS:
        words = _("A device's term is from one to %(most)s days.")
        raise Invalid("survey.device_days", words, field="days", most=MAX_DAYS)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    device = FieldDevice.objects.create(
        team=team,
        label=label.strip(),
        secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
        expires_at=at + timedelta(days=days),
        issued_by_id=person,
        issued_at=at,
    )
    _record("survey.device_issued", device, {"team": team.name, "days": days}, actor, at)
    return device, secret


@transaction.atomic
def revoke_device(device_id: int, reason: str, *, actor: Actor, at: datetime) -> DeviceRevocation:
    """End a device's credential now.

    Raises `NotFound` out of reach, `Refused` if that was done before, `Invalid` without a reason.
    """
    person = require_person(actor, ORGANISERS)
    rows = FieldDevice.objects.select_for_update(of=("self",)).select_related("team__campaign__area")
    device = rows.filter(pk=device_id, team__campaign__in=campaigns(actor.acting_as(ORGANISERS))).first()
    if device is None:
        raise NotFound("survey.no_device", _("There is no such device."))
    if not reason.strip():
        raise Invalid("survey.empty", _("This must be filled in."), field="reason")
    if DeviceRevocation.objects.filter(device=device).exists():
        raise Refused("survey.revoked", _("This device was revoked already."))
    revocation = DeviceRevocation.objects.create(device=device, reason=reason.strip(), by_id=person, at=at)
    _record("survey.device_revoked", device, {"reason": revocation.reason}, actor, at)
    return revocation


def _record(kind: str, device: FieldDevice, data: Mapping[str, object], actor: Actor, at: datetime) -> None:
    path = device.team.campaign.area.path
    record(Entry(kind, "field_device", device.pk, path, dict(data)), actor=actor, at=at)
