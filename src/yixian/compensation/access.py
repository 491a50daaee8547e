"""谁可核算: who may have accounts reckoned."""

from __future__ import annotations

from django.db.models import QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role
from yixian.registry.access import PARTS, Part, household_scope
from yixian.registry.models import Household

RECKONERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})
"""Who may have the accounts of the households in their reach reckoned."""

DECIDERS = frozenset({Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who may decide the case of a household whose account would fall or whose agreement would be touched."""


def require_reckoner(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may have accounts reckoned."""
    if actor.roles.isdisjoint(RECKONERS):
        raise NotPermitted("account.permission", "Your role does not reckon accounts.")


def require_decider(actor: Actor) -> int:
    """The user who decides. Raises `NotPermitted` unless the actor is a person who may decide cases."""
    if actor.roles.isdisjoint(DECIDERS) or actor.user_id is None:
        raise NotPermitted("case.permission", "Your role does not decide cases.")
    return actor.user_id


def reached_with_account(actor: Actor) -> QuerySet[Household]:
    """Households in reach through a role that may see accounts."""
    grants = tuple(grant for grant in actor.grants if Part.ACCOUNT in PARTS.get(grant.role, frozenset()))
    return household_scope(actor.with_grants(grants))
