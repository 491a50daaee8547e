"""谁可安排包保: who may plan, and who may do something about one hand-over."""

from __future__ import annotations

from collections.abc import Iterable

from yixian.domain.areas import path_range
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.kernel.roles import Role
from yixian.registry.access import area_reach, household_scope

PLANNERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})
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


def require_planner(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor plans who stands beside whom."""
    _require(actor, PLANNERS)


def require_coverer(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may act on a sudden absence."""
    _require(actor, COVERERS)


def require_households(actor: Actor, household_ids: Iterable[int]) -> None:
    """Raise `NotFound` unless every one of these households is in reach."""
    ids = set(household_ids)
    if household_scope(actor).filter(pk__in=ids).count() != len(ids):
        raise NotFound("helper.not_found", "There is no such helper.")


def require_area(actor: Actor, path: str) -> None:
    """Raise `NotFound` unless the whole area is in reach."""
    for own in area_reach(actor):
        if not own or path_range(own)[0] <= path < path_range(own)[1]:
            return
    raise NotFound("area.not_found", "There is no such area.")


def _require(actor: Actor, roles: frozenset[Role]) -> None:
    if actor.roles.isdisjoint(roles):
        raise NotPermitted("duty.permission", "Your role does not arrange who stands beside whom.")
