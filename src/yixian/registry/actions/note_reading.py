"""记录查阅: write down that somebody opened a household's record."""

from __future__ import annotations

from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.kernel.ledger import record_read
from yixian.kernel.roles import Role
from yixian.registry.access import roles_reaching
from yixian.registry.models import Household


def note_reading(actor: Actor, household: Household, what: str, *, at: datetime) -> None:
    """Record one reading of one household. ``what`` is an English message id, e.g. "household page".

    The household's reading of its own record is not noted: the list is there to tell it about others.
    """
    if actor.roles == {Role.HOUSEHOLD}:
        return
    roles = ",".join(sorted(roles_reaching(actor, household)))
    record_read([household.pk], what, actor=actor, at=at, role=roles)


def note_reading_many(actor: Actor, household_ids: list[int], what: str, *, at: datetime) -> None:
    """Record that an export or a batch of papers held these households."""
    record_read(household_ids, what, actor=actor, at=at)
