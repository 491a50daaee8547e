"""谁够得着谁: completes an actor's grants with what duty gives — paired households, and places a department stands with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from yixian.duty.models import Pairing, Stationing
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.intervals import in_force
from yixian.kernel.models import Job
from yixian.kernel.roles import HELPER_ROLES, Role


def complete(actor: Actor, *, on: date) -> Actor:
    """The same actor on a day: cadres and party members reach their paired households, department leads the areas
    where their body is stationed. Other grants are left as they are."""
    return actor.with_grants(tuple(_complete(grant, actor, on) for grant in actor.grants))


def _complete(grant: Grant, actor: Actor, on: date) -> Grant:
    if grant.role in HELPER_ROLES and actor.helper_id is not None:
        ids = Pairing.objects.filter(in_force(on), helper_id=actor.helper_id)
        return replace(grant, household_ids=frozenset(ids.values_list("household_id", flat=True)))
    if grant.role == Role.DEPARTMENT_LEAD and grant.body_id is not None:
        rows = Stationing.objects.filter(in_force(on), body_id=grant.body_id)
        return replace(
            grant, area_paths=tuple(rows.order_by("area_path").values_list("area_path", flat=True))
        )
    return grant


def owner_of(job: Job, *, at: datetime) -> Actor:
    """The actor on whose behalf a job runs: its owner with the roles they hold now, or the operator if it has none."""
    if job.owner is None:
        return system_actor("job")
    return complete(actor_for(job.owner, at=at), on=timezone.localtime(at).date())
