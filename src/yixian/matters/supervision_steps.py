"""督办的办理步骤: reply, send back, close — by whom and when. Actions, pages and the access matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Step
from yixian.matters.access import HANDLERS, SUPERIORS
from yixian.matters.choices import SupervisionStage, SupervisionStepKind
from yixian.matters.queries.supervision import SupervisionView


def _waits_for_reply(view: SupervisionView, _actor: Actor, _at: datetime) -> None:
    if view.stage != SupervisionStage.ORDERED or not view.mine:
        raise Refused("supervision.reply", _("No reply of your body is waited for."))


def _is_replied(view: SupervisionView, _actor: Actor, _at: datetime) -> None:
    if view.stage != SupervisionStage.REPLIED or not view.ours:
        raise Refused("supervision.close", _("Only whoever ordered it decides, once there is a reply."))


def _by_another(view: SupervisionView, actor: Actor, _at: datetime) -> None:
    if view.steps and view.steps[-1].by_id == actor.user_id:
        raise Refused(
            "supervision.same_person", _("Somebody else must approve this: nobody approves their own.")
        )


REPLY = Step(
    name="reply",
    event=SupervisionStepKind.REPLIED,
    roles=HANDLERS,
    moment=_waits_for_reply,
    asks=("words",),
)
CLOSE = Step(
    name="close",
    event=SupervisionStepKind.CLOSED,
    roles=SUPERIORS,
    moment=_is_replied,
    requires=(_by_another,),
    asks=("words",),
)
SEND_BACK = Step(
    name="send_back",
    event=SupervisionStepKind.SENT_BACK,
    roles=SUPERIORS,
    moment=_is_replied,
    asks=("words", "due_on"),
)

STEPS: tuple[Step[SupervisionView], ...] = (REPLY, CLOSE, SEND_BACK)
