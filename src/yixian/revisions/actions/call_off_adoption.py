"""取消采用: a proposal, or what two people put in force from a later day, by a revision or without one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.policies.access import APPROVERS, PROPOSERS
from yixian.policies.actions.call_off_adoption import end_before_it_begins
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area
from yixian.registry.queries.areas import reached_areas
from yixian.revisions.actions.take_step import checked, record_step
from yixian.revisions.models import RevisionStep
from yixian.revisions.steps import CALL_OFF


@transaction.atomic
def call_off_adoption(
    adoption_id: int, because: str, number: str = "", *, actor: Actor, at: datetime
) -> PackAdoption:
    """Call off an adoption that no revision decided; a proposal too, which whoever proposes may take back.

    What two people approved needs the ``number`` of a document, and another than the first of them. Raises `NotPermitted`,
    `NotFound` out of reach of the role, and `Refused` for what a revision decided: its page calls it off.
    """
    require(actor, APPROVERS | PROPOSERS)
    rows = PackAdoption.objects.select_for_update(of=("self",)).select_related("area", "pack_version")
    adoption = rows.filter(pk=adoption_id, area__in=_reached(actor, APPROVERS | PROPOSERS)).first()
    if adoption is not None and adoption.approved_by_id is not None:
        require(actor, APPROVERS)
        adoption = rows.filter(pk=adoption_id, area__in=_reached(actor, APPROVERS)).first()
    if adoption is None:
        raise NotFound("adoption.not_found", _("There is no such pack or area."))
    if RevisionStep.objects.filter(adoption=adoption).exists():
        raise Refused(
            "adoption.by_revision", _("A revision decided it: it is called off on the revision's page.")
        )
    return end_before_it_begins(adoption, because, number, actor=actor, at=at)


def _reached(actor: Actor, roles: frozenset[Role]) -> QuerySet[Area]:
    return reached_areas(actor.acting_as(roles))


@transaction.atomic
def call_off_decision(
    revision_id: int, reason: str, number: str, *, actor: Actor, at: datetime
) -> RevisionStep:
    """Call a decided revision off before its day, by a document: what was in force stays.

    Raises `Refused` once its day has come, and for whoever approved it first; `Invalid` without a reason or a number.
    """
    view = checked(CALL_OFF, revision_id, actor, at)
    adoption = PackAdoption.objects.select_for_update(of=("self",)).select_related("area", "pack_version")
    decided = view.decision
    if decided is None or decided.adoption_id is None:
        raise Refused("revision.undecided", _("It is not decided yet."))
    end_before_it_begins(adoption.get(pk=decided.adoption_id), reason, number, actor=actor, at=at)
    return record_step(CALL_OFF, view, actor, at, note=reason.strip(), number=number.strip())
