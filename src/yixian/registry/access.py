"""谁能看什么: which households an actor reaches, and which parts of a household each role may see.

This is the one place that decides it; queries, exports, files and counts all start from `household_scope`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_range
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import NotFound
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import BUREAU_ROLES, Role
from yixian.registry.models import Household


class Part(StrEnum):
    """A part of a household's record."""

    NAMES = "names"  # names, relations, ages, place
    IDENTITY = "identity"  # ID numbers, unmasked only for this part
    CONTACT = "contact"  # phones
    BANK = "bank"  # bank account
    INVENTORY = "inventory"  # what the household has
    ACCOUNT = "account"  # what it is owed
    DUTY = "duty"  # who stands beside it
    VISITS = "visits"  # what was said and promised at visits, with photographs
    HISTORY = "history"  # events
    READERS = "readers"  # who read the record
    CARD = "card"  # issuing a card


_ALL = frozenset(Part)

PARTS: dict[Role, frozenset[Part]] = {
    Role.BUREAU_CLERK: _ALL - {Part.READERS},
    Role.BUREAU_LEAD: _ALL,
    Role.COUNTY_LEADER: frozenset({Part.NAMES, Part.INVENTORY, Part.ACCOUNT, Part.DUTY}),
    Role.TOWNSHIP_LEAD: frozenset(
        {
            Part.NAMES,
            Part.CONTACT,
            Part.INVENTORY,
            Part.ACCOUNT,
            Part.DUTY,
            Part.VISITS,
            Part.HISTORY,
            Part.CARD,
        }
    ),
    Role.DEPARTMENT_LEAD: frozenset({Part.NAMES, Part.INVENTORY, Part.ACCOUNT, Part.DUTY}),
    Role.CADRE: frozenset({Part.NAMES, Part.CONTACT, Part.INVENTORY, Part.ACCOUNT, Part.DUTY, Part.VISITS}),
    Role.PARTY_MEMBER: frozenset({Part.NAMES, Part.CONTACT, Part.ACCOUNT, Part.DUTY, Part.VISITS}),
    Role.SURVEYOR: frozenset({Part.NAMES, Part.INVENTORY}),
    Role.FINANCE: frozenset({Part.NAMES, Part.IDENTITY, Part.BANK, Part.ACCOUNT}),
    Role.PETITION_OFFICER: frozenset({Part.NAMES, Part.DUTY}),
    Role.AUDITOR: frozenset(
        {Part.NAMES, Part.INVENTORY, Part.ACCOUNT, Part.DUTY, Part.VISITS, Part.HISTORY, Part.READERS}
    ),
    Role.MONITOR: frozenset({Part.NAMES, Part.INVENTORY, Part.ACCOUNT, Part.DUTY}),
    Role.HOUSEHOLD: frozenset(
        {Part.NAMES, Part.INVENTORY, Part.ACCOUNT, Part.DUTY, Part.VISITS, Part.HISTORY, Part.READERS}
    ),
    Role.SYSTEM: _ALL,
}
"""What each role sees of a household in its reach. Administrators, and the public, see none of it."""

HOUSEHOLD_READERS = frozenset(PARTS) - {Role.HOUSEHOLD, Role.SYSTEM}
"""Staff roles that may see households at all."""

REGISTER_EDITORS = BUREAU_ROLES | {Role.SYSTEM}
"""Who changes households, persons and items. What they reach is limited by their scope as everywhere."""


def roles_seeing(part: Part) -> frozenset[Role]:
    """The roles that see a part of a household in their reach."""
    return frozenset(role for role, parts in PARTS.items() if part in parts)


def household_scope(actor: Actor) -> QuerySet[Household]:
    """The households the actor reaches, in one statement; none for actors without such a role."""
    return reached_by(actor.grants)


def reached_by(grants: Iterable[Grant]) -> QuerySet[Household]:
    """The households that somebody with these grants reaches."""
    reach = Q(pk__in=())
    for grant in grants:
        if grant.role in PARTS:
            reach |= _grant_reach(grant)
    return Household.objects.filter(reach)


def reaching(actor: Actor) -> tuple[Grant, ...]:
    """The grants by which an actor reaches households: two who hold the same reach the same ones."""
    return tuple(grant for grant in actor.grants if grant.role in PARTS)


def reach_of(actor: Actor) -> Actor:
    """The actor as far as reach goes: two who reach the same are equal. It shapes prepared queries, and is written nowhere."""
    return Actor("", helper_id=actor.helper_id, grants=reaching(actor))


def area_reach(actor: Actor) -> tuple[str, ...]:
    """The area paths the actor reaches as a whole ("" is everything); empty for helpers and households."""
    return tuple(path for grant in actor.grants if grant.role in PARTS for path in grant.area_paths)


def below(path: str, field: str = "area_path") -> Q:
    """A filter for everything at or below an area path; "" restricts nothing."""
    if not path:
        return Q()
    low, high = path_range(path)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def get_household(actor: Actor, household_id: int) -> Household:
    """One household in reach. Raises `NotFound` for any other, whether or not it exists."""
    found = _household(household_id, grants=reaching(actor))
    if not found:
        raise NotFound("household.not_found", _("There is no such household."))
    return found[0]


@prepared
def _household(household_id: int, *, grants: tuple[Grant, ...]) -> QuerySet[Household]:
    rows = reached_by(grants).select_related("area", "head")
    return rows.filter(pk=household_id)


def parts_for(actor: Actor, household: Household) -> frozenset[Part]:
    """The parts of this household that the actor may see, over all grants that reach it."""
    parts: frozenset[Part] = frozenset()
    for role in roles_reaching(actor, household):
        parts |= PARTS[role]
    return parts


def roles_reaching(actor: Actor, household: Household) -> frozenset[Role]:
    """The roles by which the actor reaches this household."""
    return as_reaching(actor, household).roles


def as_reaching(actor: Actor, household: Household) -> Actor:
    """The actor with the grants that reach this household, and no others."""
    return actor.with_grants(
        tuple(grant for grant in actor.grants if grant.role in PARTS and _reaches(grant, household))
    )


def _grant_reach(grant: Grant) -> Q:
    reach = Q(pk__in=grant.household_ids)
    for path in grant.area_paths:
        if not path:
            return ~Q(pk__in=())
        reach |= below(path)
    return reach


def _reaches(grant: Grant, household: Household) -> bool:
    if household.pk in grant.household_ids:
        return True
    return any(household.area_path.startswith(path) for path in grant.area_paths)
