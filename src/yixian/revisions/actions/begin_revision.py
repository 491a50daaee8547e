"""起草修订: begin a change of the policy in force at a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.policies.queries import pack_in_force
from yixian.registry.queries.areas import reached_areas
from yixian.revisions.access import DRAFTERS
from yixian.revisions.choices import DraftWay
from yixian.revisions.models import Revision, RevisionDraft


@dataclass(frozen=True, slots=True)
class Intent:
    """What a working group sets out to do. An empty English title is the Chinese one."""

    title_zh: str
    title_en: str
    issuer: str
    reason: str
    valid_from: date


@transaction.atomic
def begin_revision(area_id: int, intent: Intent, *, actor: Actor, at: datetime) -> Revision:
    """Begin a revision of the pack in force at an area in reach; its first draft is that pack as it stands.

    Raises `Invalid` for a day that is past or what is left empty, `Refused` where no pack is in force.
    """
    person = require_person(actor, DRAFTERS)
    area = reached_areas(actor.acting_as(DRAFTERS)).filter(pk=area_id).first()
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    for name in ("title_zh", "issuer", "reason"):
        if not getattr(intent, name).strip():
            raise Invalid("revision.empty", _("This must be filled in."), field=name)
    today = timezone.localdate(at)
    if intent.valid_from < today:
        raise Invalid(
            "revision.past", _("The day is past: nothing is decided backwards."), field="valid_from"
        )
    found = pack_in_force(area.path, today)
    if found is None:
        raise Refused("account.no_pack", _("No policy pack is in force here on this day."))
    base, pack = found
    revision = Revision.objects.create(
        area=area,
        base=base,
        title_zh=intent.title_zh.strip(),
        title_en=intent.title_en.strip() or intent.title_zh.strip(),
        issuer=intent.issuer.strip(),
        reason=intent.reason.strip(),
        valid_from=intent.valid_from,
        begun_by_id=person,
        begun_at=at,
    )
    RevisionDraft.objects.create(
        revision=revision,
        number=1,
        content=pack.canonical(),
        sha256=pack.sha256,
        way=DraftWay.BEGUN,
        saved_by_id=person,
        saved_at=at,
    )
    data = {"title": revision.title_zh, "from": intent.valid_from.isoformat()}
    record(Entry("revision.begun", "revision", revision.pk, area.path, data), actor=actor, at=at)
    return revision
