"""地址的准入: who may ask for one address, and what the thing asked for must be to them; the terms of the access matrix."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yixian.kernel.roles import HELPER_ROLES, STAFF_ROLES, Role
from yixian.registry.access import HOUSEHOLD_READERS, Part, roles_seeing

STAFF = frozenset(STAFF_ROLES)
PLACES = HOUSEHOLD_READERS - HELPER_ROLES
"""Those who reach places as a whole, not single households."""


class Relation(StrEnum):
    """What a request's object must be to the actor; the query layer answers 404 where it is not."""

    NONE = "none"  # no object, or one that is open to everybody who may ask
    HOUSEHOLD = "household"  # a household in the actor's reach
    MATTER = (
        "matter"  # a matter that is the actor's to see, and neither about them nor about whom they report to
    )
    AREA = "area"  # an area in the actor's reach: figures cover only that
    OWN = "own"  # the actor's own: its sign-in, its household card, its job


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who may ask. ``public`` addresses need no sign-in at all."""

    roles: frozenset[Role]
    relation: Relation = Relation.NONE
    public: bool = False

    def __post_init__(self) -> None:
        """Nobody comes over the network as the operator of the machine."""
        object.__setattr__(self, "roles", self.roles - {Role.SYSTEM})


def seeing(part: Part) -> frozenset[Role]:
    """Staff roles that see a part of a household."""
    return HOUSEHOLD_READERS & roles_seeing(part)


PUBLIC = Endpoint(frozenset(Role), public=True)
FIELD_DEVICE = Endpoint(frozenset(), Relation.OWN)
"""No role at all: a field device by its secret, for its own team; and with that secret nobody reaches anything else."""

CARD_HOLDER = Endpoint(frozenset({Role.HOUSEHOLD}), Relation.OWN)
SIGNED_IN = Endpoint(STAFF, Relation.OWN)
