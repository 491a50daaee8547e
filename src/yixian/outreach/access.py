"""谁讲、谁看: who explains an account to a household, who reads what was asked there, and who sees how far it has come."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.registry.access import as_reaching
from yixian.registry.models import Household
from yixian.visits.access import FIGURE_READERS, RECORDERS, readable_household

EXPLAINERS = RECORDERS
"""Who explains an account: those who may record a visit to that household."""

STATE_READERS = EXPLAINERS | FIGURE_READERS
"""Who sees which households in their reach have had their account explained."""


def may_explain(actor: Actor, household: Household) -> bool:
    """Whether the actor is a person who may explain this household's account to it."""
    is_there = household.valid_until is None
    return is_there and actor.user_id is not None and as_reaching(actor, household).has_any(EXPLAINERS)


def household_to_read(actor: Actor, household_id: int) -> Household:
    """A household whose explanations the actor may read. Raises `NotFound` for any other, as if there were none."""
    try:
        return readable_household(actor, household_id)
    except NotPermitted as error:
        raise NotFound(error.key, error.message) from error
