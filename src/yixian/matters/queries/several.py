"""批量查询: several matters at once — those of some numbers within reach, which of them a step cannot be taken with and why,
and the colleagues who may deal with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.matters.access import get_matter, matter_scope, projection_scope
from yixian.matters.colleagues import acting_users
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.matter_state import state_of
from yixian.matters.queries.available_steps import step_context
from yixian.matters.queries.first_words import with_first_words
from yixian.matters.queries.matter_board import rows_of
from yixian.matters.steps import MatterStep


def matters_of(actor: Actor, numbers: Sequence[str], *, at: datetime) -> list[MatterRow]:
    """The matters of these numbers that the actor reaches, each with its first words."""
    rows = projection_scope(actor, at=at).filter(number__in=numbers).order_by("sort_at", "pk")
    return with_first_words(rows_of(rows, at=at), actor=actor, at=at)


def refusals_of(actor: Actor, step: MatterStep, numbers: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Why the actor cannot take a step with these matters now, by number; those with which they can are left out."""
    found = {}
    for number in numbers:
        try:
            step.check(step_context(actor, get_matter(actor, number, at=at), at=at), actor, at)
        except YixianError as refusal:
            found[number] = refusal.sentence
    return found


def colleagues_of_all(actor: Actor, numbers: Sequence[str], *, at: datetime) -> list[tuple[int, str]]:
    """Who can deal with every one of these matters inside the body that holds it, by name; nobody where different bodies
    hold them.
    """
    matters = [get_matter(actor, number, at=at) for number in numbers]
    holders = {state_of(matter, at=at).holder_id for matter in matters}
    holder = holders.pop() if len(holders) == 1 else None
    if holder is None:
        return []
    keys = [matter.pk for matter in matters]
    users = acting_users(holder, at=at)
    seeing = [
        user for user, one in users if matter_scope(one, at=at).filter(pk__in=keys).count() == len(keys)
    ]
    return sorted(((user.pk, str(user)) for user in seeing), key=lambda pair: pair[1])
