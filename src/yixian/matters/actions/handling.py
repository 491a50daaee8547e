"""经办: what every step of an office begins with — the matter in reach, the person who acts, and for which body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role
from yixian.matters.access import HANDLERS, OFFICE_HEADS, acting_organisation, get_matter
from yixian.matters.matter_state import MatterState, state_of
from yixian.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Handling:
    """A step about to be taken: the matter as it stands, who takes it, and on behalf of which body."""

    matter: Matter
    state: MatterState
    user_id: int
    organisation_id: int


def handling(
    number: str,
    *,
    actor: Actor,
    at: datetime,
    roles: frozenset[Role] = HANDLERS,
    organisations: Callable[[MatterState], set[int | None]] | None = None,
) -> Handling:
    """The step of a body that holds the matter, or of one of ``organisations``.

    Raises `NotFound` out of reach, `NotPermitted` for other roles and other bodies.
    """
    matter = get_matter(actor, number, at=at)
    user_id = require_person(actor, roles)
    state = state_of(matter, at=at)
    candidates = organisations(state) if organisations else {state.holder_id}
    organisation_id = acting_organisation(actor, {pk for pk in candidates if pk is not None}, at=at)
    return Handling(matter, state, user_id, organisation_id)


def require_office_head(actor: Actor, *, other_than: int | None) -> int:
    """The head who approves. Raises `NotPermitted` unless it is one, `Refused` for whoever asked for it themself."""
    user_id = require_person(actor, OFFICE_HEADS)
    if user_id == other_than:
        raise Refused("matter.same_person", _("Somebody else must approve this: nobody approves their own."))
    return user_id


def require_open(state: MatterState) -> None:
    """Raise `Refused` where the matter is closed."""
    if state.is_closed:
        raise Refused("matter.closed", _("This matter is closed."))
