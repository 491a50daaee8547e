"""谁可走访、谁可看: who records visits, who reads their words, who sees the figures."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.permission import require, require_person
from yixian.kernel.roles import BUREAU_ROLES, HELPER_ROLES, Role
from yixian.registry.access import Part, as_reaching, get_household, roles_reaching, roles_seeing
from yixian.registry.models import Household

RECORDERS = HELPER_ROLES | BUREAU_ROLES | {Role.TOWNSHIP_LEAD}
"""Who may record a visit to a household in their reach: those beside it on the day, and those who lead or keep the register."""

REMINDERS = BUREAU_ROLES | {Role.COUNTY_LEADER, Role.TOWNSHIP_LEAD, Role.DEPARTMENT_LEAD}
"""Who may remind the cadre beside a household of a late visit: those who answer for the place or for its cadres."""

ENTERERS = BUREAU_ROLES
"""Who enters what was written down on paper before: those who keep the register."""

FIGURE_READERS = BUREAU_ROLES | {
    Role.COUNTY_LEADER,
    Role.TOWNSHIP_LEAD,
    Role.DEPARTMENT_LEAD,
    Role.AUDITOR,
    Role.MONITOR,
}
"""Who sees how often households are visited: those who answer for it, and those who check them."""


def readable_household(actor: Actor, household_id: int) -> Household:
    """A household in reach whose visits the actor may read. Raises `NotFound` out of reach, `NotPermitted` without the part."""
    household = get_household(actor, household_id)
    require(as_reaching(actor, household), roles_seeing(Part.VISITS))
    return household


def may_record(actor: Actor, household: Household) -> bool:
    """Whether the actor is a person who may record a visit to this household."""
    return actor.user_id is not None and as_reaching(actor, household).has_any(RECORDERS)


def require_recorder(actor: Actor, household_id: int) -> tuple[Household, int]:
    """The household, and the user who records. Raises `NotFound` out of reach, `NotPermitted` for whoever may not."""
    household = get_household(actor, household_id)
    return household, require_person(as_reaching(actor, household), RECORDERS)


def pairing_of(actor: Actor, household: Household, *, on: date) -> Pairing | None:
    """By which pairing the actor stands beside the household on a day; None for a lead or a clerk."""
    if actor.helper_id is None or not as_reaching(actor, household).has_any(HELPER_ROLES):
        return None
    rows = Pairing.objects.filter(in_force(on), household=household, helper_id=actor.helper_id)
    return rows.order_by("valid_from").first()


def require_household(actor: Actor, household_id: int) -> Household:
    """The household that speaks for itself on the portal. Raises `NotFound` for anybody else's."""
    household = get_household(actor, household_id)
    if Role.HOUSEHOLD not in roles_reaching(actor, household):
        raise NotFound("household.not_found", _("There is no such household."))
    return household
