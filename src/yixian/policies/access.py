"""谁可定政策: who may register, propose and approve packs."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role

PROPOSERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who may propose that a pack be adopted."""

APPROVERS = frozenset({Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who may approve it, if they did not propose it themselves."""

DESK = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""The policy desk: who reads the questions that the library did not answer, and answers them."""


def require(actor: Actor, roles: frozenset[Role]) -> None:
    """Raise `NotPermitted` unless the actor holds one of the roles."""
    if actor.roles.isdisjoint(roles):
        raise NotPermitted("policy.permission", "Your role does not include this.")
