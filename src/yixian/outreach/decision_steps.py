"""现场决定的办理步骤: say what became of it, close it, send it back — by whom and when. Actions, pages and the matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Step
from yixian.outreach.access import DECISION_CLOSERS, DECISION_OWNERS
from yixian.outreach.choices import DecisionState, DecisionStepKind
from yixian.outreach.on_site_read_models import DecisionView

_REPORTED = {DecisionState.DONE, DecisionState.NOT_DONE}


def _is_ours(view: DecisionView, _actor: Actor, _at: datetime) -> None:
    if not view.mine or view.state not in {DecisionState.OPEN, DecisionState.OVERDUE}:
        raise Refused("on_site.not_ours", _("Nothing is waited for from your body."))


def _is_reported(view: DecisionView, _actor: Actor, _at: datetime) -> None:
    if not view.closable or view.state not in _REPORTED:
        raise Refused(
            "on_site.close", _("Only a leader of the place decides, once the body has said what it did.")
        )


def _by_another(view: DecisionView, actor: Actor, _at: datetime) -> None:
    if view.steps and view.steps[-1].by_id == actor.user_id:
        raise Refused(
            "supervision.same_person", _("Somebody else must approve this: nobody approves their own.")
        )


DONE = Step(name="done", event=DecisionStepKind.DONE, roles=DECISION_OWNERS, moment=_is_ours, asks=("words",))
NOT_DONE = Step(
    name="not_done", event=DecisionStepKind.NOT_DONE, roles=DECISION_OWNERS, moment=_is_ours, asks=("words",)
)
CLOSE = Step(
    name="close",
    event=DecisionStepKind.CLOSED,
    roles=DECISION_CLOSERS,
    moment=_is_reported,
    requires=(_by_another,),
    asks=("words",),
)
SEND_BACK = Step(
    name="send_back",
    event=DecisionStepKind.SENT_BACK,
    roles=DECISION_CLOSERS,
    moment=_is_reported,
    asks=("words", "due_on"),
)

STEPS: tuple[Step[DecisionView], ...] = (DONE, NOT_DONE, CLOSE, SEND_BACK)
