"""公文的办理步骤: review, return, issue, deliver — by whom and when. Actions, pages and the access matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Condition, Step
from yixian.matters.access import HANDLERS, OFFICE_HEADS
from yixian.matters.choices import FormalStepKind
from yixian.matters.queries.formal_papers import FormalView


def _at(stage: str) -> Condition[FormalView]:
    def moment(view: FormalView, _actor: Actor, _at: datetime) -> None:
        if view.stage != stage or not view.mine:
            raise Refused("formal.stage", _("This step is not possible as the paper stands."))

    return moment


def _by_another(view: FormalView, actor: Actor, _at: datetime) -> None:
    if view.paper.by_id == actor.user_id:
        raise Refused("formal.same_person", _("Somebody else must approve this: nobody approves their own."))


REVIEW = Step(
    name="review", event=FormalStepKind.REVIEWED, roles=HANDLERS, moment=_at(""), requires=(_by_another,)
)
RETURN = Step(
    name="return",
    event=FormalStepKind.RETURNED,
    roles=HANDLERS,
    moment=_at(""),
    requires=(_by_another,),
    asks=("words",),
)
ISSUE = Step(
    name="issue",
    event=FormalStepKind.ISSUED,
    roles=OFFICE_HEADS,
    moment=_at(FormalStepKind.REVIEWED),
    requires=(_by_another,),
    asks=("code",),
)
DELIVER = Step(
    name="deliver",
    event=FormalStepKind.DELIVERED,
    roles=HANDLERS,
    moment=_at(FormalStepKind.ISSUED),
    asks=("on", "way"),
)

STEPS: tuple[Step[FormalView], ...] = (REVIEW, RETURN, ISSUE, DELIVER)
