"""交接的办理步骤: what is done about a household that passes to another helper. Actions, pages and the matrix read it.

The steps may be noted in any order; a hand-over is done when the new helper has accepted and the household has acknowledged.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import COVERERS
from yixian.duty.choices import HandoverStepKind
from yixian.duty.models import Handover
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.roles import HELPER_ROLES, Role
from yixian.kernel.workflow import Condition, Step

_OWN_STEPS = {
    "household": {HandoverStepKind.ACKNOWLEDGED},
    "new": {HandoverStepKind.ACCEPTED, HandoverStepKind.NOTIFIED, HandoverStepKind.VISITED},
    "old": {HandoverStepKind.NOTIFIED, HandoverStepKind.VISITED},
}
"""The steps that each side notes by itself; what somebody notes for another needs a note of how it came about."""


def _sides(handover: Handover, actor: Actor) -> set[str]:
    sides = {"household"} if Role.HOUSEHOLD in actor.roles else set()
    if actor.helper_id is not None and actor.helper_id == handover.pairing.helper_id:
        sides.add("new")
    if actor.helper_id is not None and actor.helper_id == handover.from_helper_id:
        sides.add("old")
    return sides


def is_own(kind: str, handover: Handover, actor: Actor) -> bool:
    """Whether the step is the actor's own to take."""
    return any(kind in _OWN_STEPS[side] for side in _sides(handover, actor))


def _to_note(kind: HandoverStepKind) -> Condition[Handover]:
    """A moment: the hand-over holds, the step is missing, and it is the actor's to note, or they may note it for somebody."""

    def moment(handover: Handover, actor: Actor, _at: datetime) -> None:
        for_the_household = (
            "new" in _sides(handover, actor) and kind == HandoverStepKind.ACKNOWLEDGED
        ) or actor.has_any(COVERERS)
        if not (is_own(kind, handover, actor) or for_the_household):
            raise Refused("handover.permission", _("This step is for somebody else to take."))
        if handover.pairing.valid_until == handover.pairing.valid_from:
            raise Refused("handover.off", _("Another successor was chosen; this hand-over is called off."))
        if any(step.kind == kind for step in handover.steps.all()):
            raise Refused("handover.taken", _("This step is noted already."))

    return moment


def _still_passes(handover: Handover, _actor: Actor, at: datetime) -> None:
    pairing = handover.pairing
    if pairing.valid_until is not None and pairing.valid_until <= max(
        timezone.localdate(at), pairing.valid_from
    ):
        raise Refused("handover.over", _("This hand-over is called off or over."))


def _note(kind: HandoverStepKind) -> Step[Handover]:
    roles = HELPER_ROLES | COVERERS
    return Step(name=kind.value, event=kind, roles=roles, moment=_to_note(kind), asks=("on", "note"))


NOTES = {kind: _note(kind) for kind in HandoverStepKind if kind != HandoverStepKind.ANOTHER}
"""What somebody has done, noted afterwards. The household acknowledges on the portal, by its card."""

SUCCESSOR = Step[Handover](
    name="successor",
    event=HandoverStepKind.ANOTHER,
    roles=COVERERS,
    moment=_still_passes,
    asks=("helper", "note"),
)

STEPS = (*NOTES.values(), SUCCESSOR)
