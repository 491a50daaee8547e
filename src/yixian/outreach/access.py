"""谁讲、谁看: who explains an account to a household, who reads what was asked there, and who sees how far it has come."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.kernel.permission import require_person
from yixian.kernel.roles import BUREAU_ROLES, HELPER_ROLES, Role
from yixian.matters.access import HANDLERS, SUPERIORS
from yixian.registry.access import area_reach, as_reaching
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


SESSION_RECORDERS = BUREAU_ROLES | SUPERIORS
"""Who writes down a leader's session on the spot: leaders of the place, and those who keep the register there."""

SESSION_READERS = HANDLERS | {Role.MONITOR}
"""Who reads sessions in their reach, and the decisions that are their body's."""

OBJECTION_READERS = BUREAU_ROLES | {Role.AUDITOR}
"""Who reads what households say against a session, without their names: those who keep the register and those who check. The
leaders who held it see how many deny it, and not a word."""

DECISION_OWNERS = HANDLERS
"""Who says, for the body that a decision belongs to, what became of it."""

DECISION_CLOSERS = SUPERIORS
"""Leaders who close a decision, or send it back: those who answer for the place, never for the body itself."""


def require_recording(actor: Actor, area_path: str) -> int:
    """The user who writes down a session at an area. Raises `NotPermitted` for other roles, `NotFound` out of reach."""
    user_id = require_person(actor, SESSION_RECORDERS)
    if not reaches(actor, area_path, SESSION_RECORDERS):
        raise NotFound("area.not_found", _("There is no such area."))
    return user_id


def reaches(actor: Actor, area_path: str, roles: frozenset[Role]) -> bool:
    """Whether the actor reaches the whole of an area by one of the roles."""
    return any(area_path.startswith(path) for path in area_reach(actor.acting_as(roles)))


MEETING_RECORDERS = BUREAU_ROLES | {Role.TOWNSHIP_LEAD}
"""Who writes down a policy meeting and enters its sheet: those who lead the place or keep the register there."""

MEETING_READERS = STATE_READERS - HELPER_ROLES
"""Who reads the meetings of places in their reach."""
