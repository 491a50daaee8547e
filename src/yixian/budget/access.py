"""谁可定概算: who enters what was approved, who confirms it, who looks."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role

PROPOSERS = frozenset({Role.FINANCE, Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who may enter a budget, or a decision to go beyond one head of it."""

APPROVERS = frozenset({Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who may confirm it, if they did not enter it themselves."""

READERS = PROPOSERS | APPROVERS | {Role.AUDITOR, Role.MONITOR}
"""Who sees the budget beside the accounts, and what waits to be confirmed. What is approved is open to everybody."""


def require_person(actor: Actor, roles: frozenset[Role]) -> int:
    """The user who acts. Raises `NotPermitted` unless it is a person with one of the roles."""
    if actor.roles.isdisjoint(roles) or actor.user_id is None:
        raise NotPermitted("budget.permission", "Your role does not include this.")
    return actor.user_id
