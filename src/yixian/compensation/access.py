"""谁可核算、谁可签约: who may have accounts reckoned, and who draws up, signs and ends agreements."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db.models import QuerySet

from yixian.compensation.choices import Party
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role
from yixian.registry.access import PARTS, Part, household_scope, roles_reaching
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


DRAWERS_UP = frozenset({Role.TOWNSHIP_LEAD, Role.CADRE, Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who may draw up an agreement for a household in their reach, and withdraw it while nobody has signed."""

RECORDERS: dict[Party, frozenset[Role]] = {
    Party.HOUSEHOLD: frozenset({Role.TOWNSHIP_LEAD, Role.CADRE}),
    Party.BUREAU: frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD}),
    Party.ATTESTING: frozenset({Role.DEPARTMENT_LEAD}),
}
"""Who may record which party's signature; nobody records two on one agreement."""

VOID_PROPOSERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who may propose that an agreement be void."""

VOID_APPROVERS = frozenset({Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who may decide on it, if they did not propose it themselves."""

WHOLE_NUMBERS = frozenset({Part.IDENTITY, Part.BANK})
"""What somebody must see of a household to get its agreement with ID number and bank account unmasked."""


def acts_for(actor: Actor, household: Household, roles: AbstractSet[Role]) -> bool:
    """Whether the actor reaches this household through one of the roles."""
    return not roles_reaching(actor, household).isdisjoint(roles)


def may_record(actor: Actor, household: Household, party: Party, body_id: int) -> bool:
    """Whether the actor may record this party's signature, given the office party's body."""
    return any(
        grant.role in RECORDERS[party]
        and _for_body(grant, party, body_id)
        and acts_for(actor, household, {grant.role})
        for grant in actor.grants
    )


def _for_body(grant: Grant, party: Party, body_id: int) -> bool:
    """An attesting body is spoken for by its own lead only; the bureau's staff may hold their role without a body."""
    if party == Party.HOUSEHOLD:
        return True
    if party == Party.ATTESTING:
        return grant.body_id == body_id
    return grant.body_id in (None, body_id)


def require_acting_for(actor: Actor, household: Household, roles: AbstractSet[Role]) -> int:
    """The actor's user id. Raises `NotPermitted` unless they are a person who reaches the household by one of the roles."""
    if not acts_for(actor, household, roles):
        raise NotPermitted("agreement.permission", "Your role does not include this.")
    return person_of(actor)


def person_of(actor: Actor) -> int:
    """The actor's user id. Raises `NotPermitted` for a program: agreements are made by people."""
    if actor.user_id is None:
        raise NotPermitted("agreement.person", "A person must do this, not a program.")
    return actor.user_id


def reached_with_account(actor: Actor) -> QuerySet[Household]:
    """Households in reach through a role that may see accounts."""
    grants = tuple(grant for grant in actor.grants if Part.ACCOUNT in PARTS.get(grant.role, frozenset()))
    return household_scope(actor.with_grants(grants))
