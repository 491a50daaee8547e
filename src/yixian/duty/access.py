"""谁可安排包保、谁够得着谁: who arranges who stands beside whom, and what an actor reaches by it.

`complete` adds to an actor's grants what duty gives: paired households, and places a department stands with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_range
from yixian.duty.models import Pairing, Stationing
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.errors import NotFound
from yixian.kernel.grants import actor_for
from yixian.kernel.intervals import in_force
from yixian.kernel.models import Job
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import BUREAU_ROLES, HELPER_ROLES, Role
from yixian.registry.access import area_reach, household_scope

PLANNERS = BUREAU_ROLES | {Role.SYSTEM}
"""Who announces absences, appoints leaders, stations bodies and declares recusals."""

COVERERS = PLANNERS | {Role.TOWNSHIP_LEAD}
"""Who reports somebody suddenly away and confirms who stands in."""

OVERSEERS = PLANNERS | {
    Role.COUNTY_LEADER,
    Role.TOWNSHIP_LEAD,
    Role.DEPARTMENT_LEAD,
    Role.AUDITOR,
    Role.MONITOR,
}
"""Who sees the boards: coverage, loads, absences and hand-overs within their reach."""

TRIERS = PLANNERS | {Role.COUNTY_LEADER}
"""Who may ask what would be if people left, or if households counted double. Nothing is written by it."""


def require_households(actor: Actor, household_ids: Iterable[int]) -> None:
    """Raise `NotFound` unless every one of these households is in reach."""
    ids = set(household_ids)
    if household_scope(actor).filter(pk__in=ids).count() != len(ids):
        raise NotFound("helper.not_found", _("There is no such helper."))


def require_area(actor: Actor, path: str) -> None:
    """Raise `NotFound` unless the whole area is in reach."""
    for own in area_reach(actor):
        if not own or path_range(own)[0] <= path < path_range(own)[1]:
            return
    raise NotFound("area.not_found", _("There is no such area."))


def complete(actor: Actor, *, on: date) -> Actor:
    """The same actor on a day: cadres and party members reach their paired households, department leads the areas
    where their body is stationed. Other grants are left as they are."""
    return actor.with_grants(tuple(_complete(grant, actor, on) for grant in actor.grants))


def _complete(grant: Grant, actor: Actor, on: date) -> Grant:
    if grant.role in HELPER_ROLES and actor.helper_id is not None:
        return replace(grant, household_ids=frozenset(_paired_households(actor.helper_id, on)))
    if grant.role == Role.DEPARTMENT_LEAD and grant.organisation_id is not None:
        return replace(grant, area_paths=tuple(_stationed_in(grant.organisation_id, on)))
    return grant


@prepared
def _paired_households(helper_id: int, on: date) -> QuerySet[Pairing, int]:
    return Pairing.objects.filter(in_force(on), helper_id=helper_id).values_list("household_id", flat=True)


@prepared
def _stationed_in(organisation_id: int, on: date) -> QuerySet[Stationing, str]:
    rows = Stationing.objects.filter(in_force(on), organisation_id=organisation_id)
    return rows.order_by("area_path").values_list("area_path", flat=True)


def owner_of(job: Job, *, at: datetime) -> Actor:
    """The actor on whose behalf a job runs: its owner with the roles they hold now, or the operator if it has none."""
    if job.owner is None:
        return system_actor("job")
    return complete(actor_for(job.owner, at=at), on=timezone.localdate(at))
