"""谁可核算、谁可签约: who may have accounts reckoned, and who draws up, signs and ends agreements."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db.models import QuerySet

from yixian.compensation.choices import Party
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.permission import require_person
from yixian.kernel.roles import APPROVING_ROLES, BUREAU_ROLES, Role
from yixian.registry.access import Part, as_reaching, household_scope, roles_seeing
from yixian.registry.models import Household

CALCULATORS = BUREAU_ROLES | {Role.SYSTEM}
"""Who may have the accounts of the households in their reach reckoned."""

DECIDERS = APPROVING_ROLES
"""Who may decide the case of a household whose account would fall or whose agreement would be touched."""

DRAWERS_UP = BUREAU_ROLES | {Role.TOWNSHIP_LEAD, Role.CADRE}
"""Who may draw up an agreement for a household in their reach, and withdraw it while nobody has signed."""

RECORDERS: dict[Party, frozenset[Role]] = {
    Party.HOUSEHOLD: frozenset({Role.TOWNSHIP_LEAD, Role.CADRE}),
    Party.BUREAU: BUREAU_ROLES,
    Party.ATTESTING: frozenset({Role.DEPARTMENT_LEAD}),
}
"""Who may record which party's signature; nobody records two on one agreement."""

VOID_PROPOSERS = BUREAU_ROLES
"""Who may propose that an agreement be void."""

VOID_APPROVERS = APPROVING_ROLES
"""Who may decide on it, if they did not propose it themselves."""

WHOLE_NUMBERS = frozenset({Part.IDENTITY, Part.BANK})
"""What somebody must see of a household to get its agreement with ID number and bank account unmasked."""


def acts_for(actor: Actor, household: Household, roles: AbstractSet[Role]) -> bool:
    """Whether the actor reaches this household through one of the roles."""
    return as_reaching(actor, household).has_any(roles)


def may_record(actor: Actor, household: Household, party: Party, organisation_id: int) -> bool:
    """Whether the actor may record this party's signature, given the office party's body."""
    return any(
        grant.role in RECORDERS[party]
        and _for_organisation(grant, party, organisation_id)
        and acts_for(actor, household, {grant.role})
        for grant in actor.grants
    )


def _for_organisation(grant: Grant, party: Party, organisation_id: int) -> bool:
    """An attesting body is spoken for by its own lead only; the bureau's staff may hold their role without a body."""
    if party == Party.HOUSEHOLD:
        return True
    if party == Party.ATTESTING:
        return grant.organisation_id == organisation_id
    return grant.organisation_id in (None, organisation_id)


def require_acting_for(actor: Actor, household: Household, roles: AbstractSet[Role]) -> int:
    """The actor's user id. Raises `NotPermitted` unless they are a person who reaches the household by one of the roles."""
    return require_person(as_reaching(actor, household), roles)


def reached_with_account(actor: Actor) -> QuerySet[Household]:
    """Households in reach through a role that may see accounts."""
    return household_scope(actor.acting_as(roles_seeing(Part.ACCOUNT)))
