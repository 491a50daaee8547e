"""谁能做什么: who opens and leads a working group, who decides, who reads, and who goes to look."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role
from yixian.policies.access import APPROVERS
from yixian.revisions.access import READERS as REVISION_READERS

OPENERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who opens a working group and takes it from stop to stop."""

DECIDERS = APPROVERS
"""Who decides to keep a standard, two of them; a new one is decided by the revision's own two approvals."""

READERS = REVISION_READERS
"""Who sees signals and working groups."""

CHECKERS = frozenset({Role.CADRE, Role.SURVEYOR})
"""Who checks drawn households, and sees their own forms alone."""


def require_person(actor: Actor, roles: frozenset[Role]) -> int:
    """The user who acts. Raises `NotPermitted` unless it is a person with one of the roles."""
    if actor.roles.isdisjoint(roles) or actor.user_id is None:
        raise NotPermitted("group.permission", "Your role does not include this.")
    return actor.user_id


def require_reader(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may see signals and working groups."""
    if actor.roles.isdisjoint(READERS):
        raise NotPermitted("group.permission", "Your role does not include this.")


__all__ = ["CHECKERS", "DECIDERS", "OPENERS", "READERS", "require_person", "require_reader"]
