"""诉求的办理步骤: what may be done with a matter, by whom and when. Actions, pages, notices and the access matrix read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yixian.kernel.workflow import Step
from yixian.matters.access import (
    CALLERS,
    FORWARDERS,
    HANDLERS,
    IDENTITY_OPENERS,
    OFFICE_HEADS,
    REMEDIERS,
    SUBJECT_NAMERS,
    SUPERIORS,
)
from yixian.matters.step_conditions import (
    HOLDS,
    HOLDS_OR_IS_OFFERED,
    IS_ANSWERED_NOT_YET,
    IS_FREE,
    IS_OFFERED,
    IS_WITH_ANOTHER,
    REMEDY_IS_OPEN,
    StepContext,
    by_another,
    every,
    handled_nothing,
    is_answered,
    is_carried_out,
    is_heard,
    is_named,
    is_with_superior,
    may_close,
    may_happen,
    more_time_is_asked,
    no_limit,
    no_time_is_asked,
    not_now,
    not_the_superior,
    person_is_notified,
    waits_for_person,
    when,
)

PERSON = "person"
"""Whoever raised the matter, as one of those whom a step notifies."""

Party = Callable[[StepContext], "int | None"]
"""The body on behalf of which a step is taken."""


def _holder(context: StepContext) -> int | None:
    return context.state.holder_id


def _receiver(context: StepContext) -> int | None:
    return context.state.offered_id


def _receiver_or_holder(context: StepContext) -> int | None:
    return context.state.offered_id or context.state.holder_id


@dataclass(frozen=True, kw_only=True)
class MatterStep(Step[StepContext]):
    """A step with a matter. ``party`` is the body that takes it; None where a person does, whichever their body."""

    party: Party | None = _holder


_OPINION = ("asked_for", "facts", "reasons", "basis", "basis_words", "outcome", "remedy")


def _decision(name: str, event: str, notifies: tuple[str, ...] = ()) -> MatterStep:
    moment = every(HOLDS, may_happen(event))
    return MatterStep(name=name, event=event, roles=HANDLERS, moment=moment, asks=_OPINION, notifies=notifies)


def _held(name: str, event: str, *asks: str) -> MatterStep:
    """What whoever holds the matter may always do."""
    return MatterStep(name=name, event=event, roles=HANDLERS, moment=HOLDS, asks=asks)


VERDICT = MatterStep(
    name="verdict",
    event="",  # no event of the matter: the person's verdict is a record of its own
    roles=CALLERS,
    moment=every(handled_nothing, is_answered),
    asks=("verdict", "satisfied", "words"),
    party=None,
)
TAKE_OVER = MatterStep(
    name="take_over",
    event="handover_accepted",
    roles=HANDLERS,
    moment=IS_OFFERED,
    notifies=(PERSON,),
    party=_receiver,
)
FIX = MatterStep(
    name="fix",
    event="assigned",
    roles=SUPERIORS,
    moment=every(is_with_superior, when(lambda one: one.superior_id in one.organisations, not_the_superior)),
    asks=("to_organisation", "reason"),
    party=None,
)
APPROVE_EXTENSION = MatterStep(
    name="approve_extension",
    event="extension_approved",
    roles=OFFICE_HEADS,
    moment=every(HOLDS, more_time_is_asked),
    requires=(by_another(lambda context: context.extension.asked_by_id if context.extension else None),),
    notifies=(PERSON,),
)
REGISTER = MatterStep(
    name="register",
    event="registered",
    roles=HANDLERS,
    moment=every(HOLDS, IS_FREE, may_happen("registered")),
)
ACCEPT = MatterStep(
    name="accept",
    event="accepted",
    roles=HANDLERS,
    moment=every(HOLDS_OR_IS_OFFERED, may_happen("accepted")),
    asks=("reason",),
    notifies=(PERSON,),
    party=_receiver_or_holder,
)
FORWARD = MatterStep(
    name="forward",
    event="forwarded",
    roles=FORWARDERS,
    moment=every(HOLDS, IS_FREE, may_happen("forwarded")),
    asks=("to_organisation", "reason"),
    notifies=(PERSON,),
)
DECIDE = _decision("decide", "decided")
DECIDE_REVIEW = _decision("decide_review", "review_decided", (PERSON,))
DECIDE_REREVIEW = _decision("decide_rereview", "rereview_decided", (PERSON,))
WRITE = _held("write", "told", "key", "words", "notified_by")
PERSON_ANSWERED = MatterStep(
    name="answered",
    event="person_answered",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen("person_answered"), waits_for_person(waits=True)),
)
HEARING_END = MatterStep(
    name="hearing_end",
    event="hearing_closed",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen("hearing_closed"), is_heard(heard=True)),
)
CARRY_OUT = MatterStep(
    name="carry_out",
    event="commented",
    roles=REMEDIERS,
    moment=REMEDY_IS_OPEN,
    requires=(by_another(lambda context: context.remedy.by_id if context.remedy else None),),
    asks=("document",),
    party=None,
)
ASK_REMEDY = MatterStep(
    name="ask_remedy",
    event="commented",
    roles=HANDLERS,
    moment=every(HOLDS, REMEDY_IS_OPEN),
    asks=("to_organisation",),
)
CLOSE = MatterStep(
    name="close",
    event="closed",
    roles=HANDLERS,
    moment=every(HOLDS, may_close),
    requires=(is_carried_out, person_is_notified),
    notifies=(PERSON,),
)
REOPEN = MatterStep(
    name="reopen",
    event="reopened",
    roles=OFFICE_HEADS,
    moment=every(when(lambda context: context.state.is_closed, not_now), may_happen("reopened")),
    asks=("reason",),
    notifies=(PERSON,),
    party=None,
)
RETURN = MatterStep(
    name="return",
    event="handover_returned",
    roles=HANDLERS,
    moment=IS_OFFERED,
    asks=("reason",),
    party=_receiver,
)
TAKE_BACK = MatterStep(
    name="take_back",
    event="handover_withdrawn",
    roles=HANDLERS,
    moment=every(HOLDS, IS_ANSWERED_NOT_YET, may_happen("handover_withdrawn")),
    asks=("reason",),
    notifies=(PERSON,),
)
REFUSE = MatterStep(
    name="refuse",
    event="not_accepted",
    roles=HANDLERS,
    moment=every(HOLDS_OR_IS_OFFERED, may_happen("not_accepted")),
    asks=("reason", "way"),
    notifies=(PERSON,),
    party=_receiver_or_holder,
)
OFFER = MatterStep(
    name="offer",
    event="handover_offered",
    roles=HANDLERS,
    moment=every(HOLDS, IS_FREE, may_happen("handover_offered")),
    asks=("to_organisation", "reason", "clause"),
)
ASSIGN = MatterStep(
    name="assign",
    event="assigned",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen("assigned")),
    asks=("user",),
)
SORT = _held("sort", "commented", "topic", "clauses")
WAIT = MatterStep(
    name="wait",
    event="waiting_person",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen("waiting_person"), waits_for_person(waits=False)),
    asks=("reason", "clause"),
    notifies=(PERSON,),
)
HEARING = MatterStep(
    name="hearing",
    event="hearing_opened",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen("hearing_opened"), is_heard(heard=False)),
    asks=("reason",),
)
MINUTES = _held("minutes", "commented", "kind", "on", "place", "present", "words", "agreed")
EXTEND = MatterStep(
    name="extend",
    event="commented",
    roles=HANDLERS,
    moment=every(HOLDS, may_happen(APPROVE_EXTENSION.event, no_limit)),
    requires=(no_time_is_asked,),
    asks=("reason",),
)
NOTE = _held("note", "commented", "key", "words")
SUBJECT = MatterStep(
    name="subject",
    event="recused",  # where the body that holds it is named, or one that reports to it
    roles=SUBJECT_NAMERS,
    moment=every(),
    asks=("helper", "organisation"),
    notifies=(PERSON,),
    party=None,
)
LINK = _held("link", "commented", "other", "kind")
SUPERVISE = MatterStep(
    name="supervise",
    event="commented",
    roles=SUPERIORS,
    moment=IS_WITH_ANOTHER,
    asks=("words", "due_on"),
    party=None,
)
IDENTITY = MatterStep(
    name="identity",
    event="",  # no event of the matter: the opening is a record of its own, which the person reads
    roles=IDENTITY_OPENERS,
    moment=every(HOLDS, is_named),
    asks=("reason",),
)

STEPS: tuple[MatterStep, ...] = (
    VERDICT, TAKE_OVER, FIX, APPROVE_EXTENSION, REGISTER, ACCEPT, FORWARD, DECIDE, DECIDE_REVIEW, DECIDE_REREVIEW, WRITE,
    PERSON_ANSWERED, HEARING_END, CARRY_OUT, ASK_REMEDY, CLOSE, REOPEN, RETURN, TAKE_BACK, REFUSE, OFFER, ASSIGN, SORT, WAIT,
    HEARING, MINUTES, EXTEND, NOTE, SUBJECT, LINK, SUPERVISE, IDENTITY,
)  # fmt: skip

MOVED = "moved"
"""It passes to another body because nobody acts for the one before: nobody's step (`yixian.matters.actions.reassign`)."""

NOTIFIED = frozenset(step.event for step in STEPS if PERSON in step.notifies) | {MOVED}
"""Of these events the person is told when they happen; of what the office writes, by the way that it chose."""


def decision_of(context: StepContext) -> MatterStep:
    """The decision that the matter waits for: the first, the review's or the final review's."""
    decisions = (DECIDE, DECIDE_REVIEW, DECIDE_REREVIEW)
    return next((step for step in decisions if context.state.may_happen(step.event)), DECIDE)
