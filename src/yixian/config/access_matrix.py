"""准入表: every address of the product, and who may reach it. An address that is not declared here does not exist.

Three questions decide every request:

1. *role* — may somebody of this role ask at all? (``roles``; otherwise 403, or sign-in first)
2. *relation* — does the thing asked for lie within the actor's reach? (``relation``; otherwise 404, by the query layer)
3. *part* — which parts of a household may the role see? (`yixian.registry.access.PARTS`)

The gate (`yixian.config.gate`) asks the first for every request; the tests ask all three for every role, address and
relation. A system check fails the start when an address is missing here, or stands here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import HOUSEHOLD_READERS, PARTS, Part


class Relation(StrEnum):
    """What a request's object must be to the actor; the query layer answers 404 where it is not."""

    NONE = "none"  # no object, or one that is open to everybody who may ask
    HOUSEHOLD = "household"  # a household in the actor's reach
    AREA = "area"  # an area in the actor's reach: figures cover only that
    OWN = "own"  # the actor's own: its sign-in, its household card, its job


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who may ask. ``public`` addresses need no sign-in at all."""

    roles: frozenset[Role]
    relation: Relation = Relation.NONE
    public: bool = False


def _with(part: Part) -> frozenset[Role]:
    """Staff roles that see a part of a household."""
    return frozenset(role for role in HOUSEHOLD_READERS if part in PARTS[role])


_STAFF = frozenset(STAFF_ROLES)
_BUREAU = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
_LEAD = frozenset({Role.BUREAU_LEAD})
_OVERSEERS = _BUREAU | {
    Role.COUNTY_LEADER,
    Role.TOWNSHIP_LEAD,
    Role.DEPARTMENT_LEAD,
    Role.AUDITOR,
    Role.MONITOR,
}

_PUBLIC = Endpoint(frozenset(Role), public=True)
_CARD_HOLDER = Endpoint(frozenset({Role.HOUSEHOLD}), Relation.OWN)
_SIGNED_IN = Endpoint(_STAFF, Relation.OWN)

ENDPOINTS: dict[str, Endpoint] = {
    # filled in by address below
    "account_login": _PUBLIC,
    "account_logout": _PUBLIC,
}
