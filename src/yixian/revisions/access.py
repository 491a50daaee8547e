"""谁可修订: who drafts, who approves, who looks."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role
from yixian.policies.access import APPROVERS, PROPOSERS
from yixian.registry.access import PARTS, Part

DRAFTERS = PROPOSERS
"""Who may begin and draft a revision, and have its accounts reckoned once it is decided."""

READERS = PROPOSERS | APPROVERS | {Role.FINANCE, Role.AUDITOR, Role.MONITOR}
"""Who sees revisions under way, with what they would change."""

HOUSEHOLDS_READERS = frozenset(role for role in READERS if Part.ACCOUNT in PARTS.get(role, frozenset()))
"""Those of them who see it household by household."""


def require_person(actor: Actor, roles: frozenset[Role]) -> int:
    """The user who acts. Raises `NotPermitted` unless it is a person with one of the roles."""
    if actor.roles.isdisjoint(roles) or actor.user_id is None:
        raise NotPermitted("revision.permission", "Your role does not include this.")
    return actor.user_id


def require_reader(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may see revisions."""
    if actor.roles.isdisjoint(READERS):
        raise NotPermitted("revision.permission", "Your role does not include this.")


__all__ = ["APPROVERS", "DRAFTERS", "HOUSEHOLDS_READERS", "READERS", "require_person", "require_reader"]
