"""公示的办理步骤: what may be done with a posting, by whom and when. Actions, buttons, pages and the access matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import (
    ANSWERED,
    CLOSED,
    CONFIRMED,
    HANGING,
    HUNG,
    NOT_POSTED,
    OBJECTED,
    POSTED,
    PROVEN,
    TAKEN_DOWN,
    VOID,
)
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Condition, Step
from yixian.posting.access import ANSWERERS, KEEPERS, LOCKERS
from yixian.posting.queries import PostingView


def _while(*states: str) -> Condition[PostingView]:
    def moment(view: PostingView, _actor: Actor, _at: datetime) -> None:
        if view.course.state not in states:
            raise Refused("posting.state", _("This cannot happen to the list as it stands now."))

    return moment


def _is_proven(view: PostingView, _actor: Actor, _at: datetime) -> None:
    if view.course.proofs < view.posting.proofs_needed:
        raise Refused("posting.few_proofs", _("It has too few photographs that show it hanging."))


def _somebody_waits(view: PostingView, _actor: Actor, _at: datetime) -> None:
    if not view.course.waiting:
        raise Refused("posting.no_objection", _("No objection waits for this."))


def _is_last(view: PostingView, _actor: Actor, _at: datetime) -> None:
    if view.course.state != CLOSED or view.posting.round < view.posting.rounds or not view.is_last:
        raise Refused("posting.not_closed", _("A list is locked once its last round has hung and is closed."))


def _nobody_waits(view: PostingView, _actor: Actor, _at: datetime) -> None:
    if view.waits_in_any_round:
        raise Refused("posting.unanswered", _("An objection to an earlier round is not answered yet."))


def _is_proposed(view: PostingView, actor: Actor, at: datetime) -> None:
    _is_last(view, actor, at)
    if view.proposed is None:
        raise Refused("posting.not_proposed", _("Nobody has proposed to lock this list."))


def _by_another(view: PostingView, actor: Actor, _at: datetime) -> None:
    if view.proposed is not None and view.proposed.proposed_by_id == actor.user_id:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))


PUT_UP = Step(name="put-up", event=POSTED, roles=KEEPERS, moment=_while(NOT_POSTED, VOID), asks=("place",))
PROVE = Step(
    name="prove", event=PROVEN, roles=KEEPERS, moment=_while(HANGING, HUNG), asks=("photograph", "place")
)
TAKE_DOWN = Step(name="take-down", event=TAKEN_DOWN, roles=KEEPERS, moment=_while(HANGING), asks=("reason",))
CLOSE = Step(name="close", event=CLOSED, roles=KEEPERS, moment=_while(HUNG), requires=(_is_proven,))
OBJECT = Step(
    name="object",
    event=OBJECTED,
    roles=KEEPERS,
    moment=_while(HANGING, VOID, HUNG, CLOSED, CONFIRMED),
    asks=("household_no", "line_no", "channel", "raised_by", "text"),
)
ANSWER = Step(
    name="answer",
    event=ANSWERED,
    roles=ANSWERERS,
    moment=_somebody_waits,
    asks=("outcome", "quantity", "measured_by", "second", "measured_on", "reason"),
)
PROPOSE_LOCK = Step(
    name="propose-lock",
    event="lock_proposed",
    roles=ANSWERERS,
    moment=_is_last,
    requires=(_nobody_waits,),
    asks=("document",),
)
AGREE_LOCK = Step(
    name="agree-lock",
    event=CONFIRMED,
    roles=LOCKERS,
    moment=_is_proposed,
    requires=(_nobody_waits, _by_another),
)

STEPS = (PUT_UP, PROVE, TAKE_DOWN, CLOSE, OBJECT, ANSWER, PROPOSE_LOCK, AGREE_LOCK)
