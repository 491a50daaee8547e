"""行为人: who asks. An actor is plain data, made once per request and handed to every query and action."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from yixian.kernel.roles import Role

HOUSEHOLD_SESSION_KEY = "household_id"
"""Where the session of a household that has shown its card on the portal keeps the household's id."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role with what it reaches.

    ``area_paths``: prefixes of the area tree ("" reaches everything). ``household_ids``: single households
    (pairings, or a household's own). ``organisation_id``: the body on whose behalf the role is held.
    """

    role: Role
    area_paths: tuple[str, ...] = ()
    household_ids: frozenset[int] = frozenset()
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with their grants on the day of asking. ``label`` is what the ledger writes down."""

    label: str
    user_id: int | None = None
    helper_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held."""
        return frozenset(grant.role for grant in self.grants)

    def has_any(self, roles: Iterable[Role]) -> bool:
        """Whether one of the roles is held."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_system(self) -> bool:
        """Whether this is the operator at the machine itself (command line, jobs)."""
        return Role.SYSTEM in self.roles

    def acting_as(self, roles: Collection[Role]) -> Actor:
        """The same actor with the grants of these roles alone: what another role reaches does not widen what these may do."""
        return self.with_grants(tuple(grant for grant in self.grants if grant.role in roles))

    def with_grants(self, grants: tuple[Grant, ...]) -> Actor:
        """The same actor with other grants."""
        return replace(self, grants=grants)


PUBLIC = Actor(label="public", grants=(Grant(Role.PUBLIC),))
"""Anybody who has not said who they are."""


def system_actor(label: str) -> Actor:
    """The operator of the machine, e.g. ``system_actor("cli")``: reaches everything, is always named in the ledger."""
    return Actor(label=f"system:{label}", grants=(Grant(Role.SYSTEM, area_paths=("",)),))


def household_actor(household_id: int) -> Actor:
    """A household that has shown its card and PIN on the portal: reaches itself and nothing else."""
    return Actor(
        label=f"household:{household_id}",
        grants=(Grant(Role.HOUSEHOLD, household_ids=frozenset({household_id})),),
    )


def covers_day(valid_from: date, valid_until: date | None, day: date) -> bool:
    """Whether the half-open interval [valid_from, valid_until) holds the day; no end means until further notice."""
    return valid_from <= day and (valid_until is None or day < valid_until)
