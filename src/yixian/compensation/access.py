"""谁可核算: who may have accounts reckoned."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role

RECKONERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})
"""Who may have the accounts of the households in their reach reckoned."""


def require_reckoner(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may have accounts reckoned."""
    if actor.roles.isdisjoint(RECKONERS):
        raise NotPermitted("account.permission", "Your role does not reckon accounts.")
