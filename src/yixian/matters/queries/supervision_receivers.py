"""督办对象: the bodies that a leader may send a supervision order to."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yixian.kernel.actors import Actor
from yixian.matters.access import SUPERIORS, organisations_of
from yixian.matters.acting import acting_organisations
from yixian.registry.access import below
from yixian.registry.models import Organisation


def supervision_receivers(actor: Actor, *, at: datetime) -> list[tuple[int, str]]:
    """Bodies for which somebody acts, at or below the leader's places; a leader's own is not among them. As (id, name)."""
    own = organisations_of(actor.acting_as(SUPERIORS), at=at)
    paths = [path for grant in actor.grants if grant.role in SUPERIORS for path in grant.area_paths]
    reach = Q(pk__in=())
    for path in paths:
        reach |= below(path, "area__path") if path else ~Q(pk__in=())
    rows = Organisation.objects.filter(reach, pk__in=acting_organisations(at=at) - own).order_by(
        "kind", "code"
    )
    return [(row.pk, row.label) for row in rows]
