"""变更的办理步骤: what may be done with a proposed change, by whom. Actions, buttons, pages and the access matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.roles import APPROVING_ROLES, BUREAU_ROLES, Role
from yixian.kernel.workflow import Step
from yixian.registry.choices import ChangeOutcome
from yixian.registry.models import HouseholdMember, ProposedChange
from yixian.registry.second_person import ASSIGNMENTS, FEASIBILITY, Overtaken

CHANGE_PROPOSERS = BUREAU_ROLES
"""Who may propose a change of what money hangs on: persons who keep the register."""

CHANGE_AGREERS = APPROVING_ROLES
"""Who may agree to one in their reach that somebody else proposed."""


OVERTAKEN = "change.overtaken"
"""The refusal of a proposal that can be carried out no longer."""

CHANGE_APPLIERS = CHANGE_PROPOSERS | CHANGE_AGREERS | {Role.SYSTEM}
"""As whom an agreed change is written: its second person, or whoever carries a decided matter out."""


def _waits(change: ProposedChange, _actor: Actor, _at: datetime) -> None:
    if not change.is_waiting:
        raise Refused("change.decided", _("This was decided already."))


def _is_own(change: ProposedChange, actor: Actor, at: datetime) -> None:
    _waits(change, actor, at)
    if change.proposed_by_id != actor.user_id:
        raise Refused("change.not_own", _("Only whoever proposed it takes it back."))


def by_a_second_person(change: ProposedChange, actor: Actor, _at: datetime) -> None:
    """Raise `Refused` for whoever proposed it."""
    if change.proposed_by_id == actor.user_id:
        raise Refused("change.two_people", _("Another person than the one who proposed it must agree to it."))


def by_nobody_concerned(change: ProposedChange, actor: Actor, at: datetime) -> None:
    """Raise `Refused` for members of the households concerned, and for helpers who stand beside one of them."""
    if actor.helper_id is None:
        return
    concerned, on = change.households.values("pk"), timezone.localdate(at)
    own = HouseholdMember.objects.filter(household__in=concerned, valid_until=None)
    if own.filter(person__helper=actor.helper_id).exists():
        raise Refused("change.own_household", _("It is about your own household: somebody else must decide."))
    ids = list(change.households.values_list("pk", flat=True))
    if any(is_assigned(actor.helper_id, ids, on=on) for is_assigned in ASSIGNMENTS.load_all()):
        raise Refused(
            "change.beside",
            _("You stand beside a household that it is about, or are about to: somebody else must decide."),
        )


def overtaken_by(change: ProposedChange, actor: Actor, at: datetime) -> str:
    """Why a waiting proposal can be carried out no longer, in the language being spoken; "" if it can."""
    if not change.is_waiting:
        return ""
    try:
        FEASIBILITY.load(change.kind)(change, actor=actor, at=at)
    except Overtaken as overtaken:
        return overtaken.reason
    return ""


def still_possible(change: ProposedChange, actor: Actor, at: datetime) -> None:
    """Raise `Refused` where what the proposal rests on is another by now."""
    why = overtaken_by(change, actor, at)
    if why:
        raise Refused(OVERTAKEN, _("It can no longer be carried out: %(why)s"), why=why)


AGREE = Step(
    name="agree",
    event=ChangeOutcome.AGREED,
    roles=CHANGE_AGREERS,
    moment=_waits,
    requires=(by_a_second_person, by_nobody_concerned, still_possible),
)
REFUSE = Step(
    name="refuse",
    event=ChangeOutcome.REFUSED,
    roles=CHANGE_AGREERS,
    moment=_waits,
    requires=(by_a_second_person,),
    asks=("note",),
)
WITHDRAW = Step(
    name="withdraw",
    event=ChangeOutcome.WITHDRAWN,
    roles=CHANGE_PROPOSERS,
    moment=_is_own,
    asks=("note",),
)

STEPS = (AGREE, REFUSE, WITHDRAW)
