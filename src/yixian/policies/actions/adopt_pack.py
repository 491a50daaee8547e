"""采用政策包: one person proposes that a pack be in force from a day, another approves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require, require_person
from yixian.policies.access import APPROVERS, PROPOSERS
from yixian.policies.models import PackAdoption, PackVersion
from yixian.registry.queries.areas import reached_areas


@transaction.atomic
def propose_adoption(
    pack_version_id: int, area_id: int, valid_from: date, document: str, *, actor: Actor, at: datetime
) -> PackAdoption:
    """Propose a pack for an area in reach from a day, by a document. It has no effect until somebody else approves it."""
    person = require_person(actor, PROPOSERS)
    if not document.strip():
        raise Invalid(
            "adoption.document", _("Name the document by which the pack is adopted."), field="document"
        )
    pack = PackVersion.objects.filter(pk=pack_version_id).first()
    area = reached_areas(actor.acting_as(PROPOSERS)).filter(pk=area_id).first()
    if pack is None or area is None:
        raise NotFound("adoption.not_found", _("There is no such pack or area."))
    same = {"pack_version": pack, "area": area, "valid_from": valid_from, "document": document.strip()}
    open_one = PackAdoption.objects.filter(
        **same, proposed_by_id=person, approved_by=None, valid_until=None
    ).first()
    if open_one is not None:
        return open_one  # the same form sent again
    adoption = PackAdoption.objects.create(
        pack_version=pack,
        area=area,
        valid_from=valid_from,
        document=document.strip(),
        proposed_by_id=person,
        proposed_at=at,
    )
    record_event("adoption.proposed", adoption, actor, at)
    return adoption


@transaction.atomic
def approve_adoption(adoption_id: int, *, actor: Actor, at: datetime) -> PackAdoption:
    """Approve a proposed adoption for an area in reach; the one in force before it ends on the day the new one begins.

    Raises `Refused` for one's own proposal, or one that would begin before the one in force began.
    """
    require(actor, APPROVERS)
    proposals = PackAdoption.objects.select_for_update().filter(
        approved_by=None, valid_until=None, area__in=reached_areas(actor.acting_as(APPROVERS))
    )
    adoption = proposals.filter(pk=adoption_id).first()
    if adoption is None:
        raise NotFound("adoption.not_found", _("There is no such open proposal."))
    if actor.user_id is None or adoption.proposed_by_id == actor.user_id:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))
    return put_in_force(adoption, actor=actor, at=at)


def put_in_force(adoption: PackAdoption, *, actor: Actor, at: datetime) -> PackAdoption:
    """Approve a proposal in the actor's name, inside the caller's transaction; the caller has checked who may."""
    current = (
        PackAdoption.objects.select_for_update()
        .filter(area=adoption.area, valid_until=None, approved_by__isnull=False)
        .first()
    )
    if current is not None:
        if adoption.valid_from <= current.valid_from:
            raise Refused("adoption.order", _("It would begin before the pack in force began."))
        current.valid_until = adoption.valid_from
        current.save(update_fields=["valid_until"])
    adoption.approved_by_id = actor.user_id
    adoption.approved_at = at
    adoption.save(update_fields=["approved_by", "approved_at"])
    record_event("adoption.approved", adoption, actor, at)
    return adoption


def record_event(kind: str, adoption: PackAdoption, actor: Actor, at: datetime) -> None:
    """Write down that an adoption was proposed or approved."""
    data = {
        "pack": adoption.pack_version.pack_id,
        "version": adoption.pack_version.version,
        "from": adoption.valid_from.isoformat(),
        "document": adoption.document,
    }
    record(Entry(kind, "adoption", adoption.pk, adoption.area.path, data), actor=actor, at=at)
