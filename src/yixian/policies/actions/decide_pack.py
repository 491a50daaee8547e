"""定案: keep a pack that two people decided, and put it in force from its day in the same step."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.permission import require_person
from yixian.policies.access import APPROVERS
from yixian.policies.actions.adopt_pack import put_in_force, record_event
from yixian.policies.actions.register_pack import keep_pack
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area


@transaction.atomic
def decide_pack(
    pack: Pack, area: Area, valid_from: date, document: str, first_id: int, *, actor: Actor, at: datetime
) -> PackAdoption:
    """Register the pack and adopt it for an area from a day; ``first_id`` is the user who approved it before the actor.

    Raises `Refused` for a draft, for one person twice, if the version's number is taken, or if it would begin before the
    pack in force began.
    """
    person = require_person(actor, APPROVERS)
    if person == first_id:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))
    if pack.is_draft:
        raise Refused("pack.draft", _("The pack still holds drafts."))
    adoption = PackAdoption.objects.create(
        pack_version=keep_pack(pack, actor=actor, at=at),
        area=area,
        valid_from=valid_from,
        document=document,
        proposed_by_id=first_id,
        proposed_at=at,
    )
    record_event("adoption.proposed", adoption, actor, at)
    return put_in_force(adoption, actor=actor, at=at)
