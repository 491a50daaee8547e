"""步骤的条件: guards of the steps with a matter — what must be so before one is taken, and how its absence is worded.

What the procedure allows it says itself (`yixian.domain.procedure`): ``may_happen`` asks it here, and
`yixian.matters.matter_state.record_event` asks again, in full.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.workflow import Condition
from yixian.matters.access import HANDLERS
from yixian.matters.models import Matter, MatterDecision, MatterExtension
from yixian.matters.pending import ANSWERED, latest_decision, open_extension, open_remedy
from yixian.matters.procedures import MatterState


@dataclass(frozen=True)
class StepContext:
    """What a step's conditions look at: a matter as it stands, and the bodies for which the actor acts. Read when asked for."""

    matter: Matter
    state: MatterState
    organisations: frozenset[int]

    @property
    def holds(self) -> bool:
        """Whether one of the actor's bodies holds the matter; nobody holds a closed one."""
        return self.state.holder_id in self.organisations

    @property
    def is_offered(self) -> bool:
        """Whether it is offered to one of the actor's bodies."""
        return self.state.offered_id in self.organisations

    @property
    def is_free(self) -> bool:
        """Whether nobody else is asked about it: neither another body nor the common superior."""
        return self.state.offered_id is None and not self.state.course.with_superior

    @cached_property
    def kinds(self) -> list[str]:
        """What happened to it, oldest first."""
        return list(self.matter.events.order_by("seq").values_list("kind", flat=True))

    @cached_property
    def extension(self) -> MatterExtension | None:
        """More time that was asked for and not approved yet."""
        return open_extension(self.matter)

    @cached_property
    def remedy(self) -> MatterDecision | None:
        """A decided change that is not carried out yet."""
        return open_remedy(self.matter)

    @cached_property
    def superior_id(self) -> int | None:
        """The common superior that it was last shown to, while it is with one."""
        if not self.state.course.with_superior:
            return None
        rows = self.matter.events.filter(kind="commented", to_organisation__isnull=False).order_by("-seq")
        return rows.values_list("to_organisation_id", flat=True).first()

    @cached_property
    def is_notified(self) -> bool:
        """Whether the person was told something since the latest decision, or at all where there is none."""
        told = self.matter.messages.filter(by_person=False, internal=False)
        latest = latest_decision(self.matter.pk)
        return (told.filter(at__gte=latest[0].at) if latest else told).exists()

    def is_open(self, opens: str, ends: str) -> bool:
        """Whether what one event opens was not ended by the other since."""
        return next((kind for kind in reversed(self.kinds) if kind in {opens, ends}), "") == opens


MatterCondition = Condition[StepContext]


def every(*conditions: MatterCondition) -> MatterCondition:
    def moment(context: StepContext, actor: Actor, at: datetime) -> None:
        for condition in conditions:
            condition(context, actor, at)

    return moment


def when(holds: Callable[[StepContext], bool], refusal: Callable[[], Refused]) -> MatterCondition:
    """It is so, or this is refused."""

    def condition(context: StepContext, _actor: Actor, _at: datetime) -> None:
        if not holds(context):
            raise refusal()

    return condition


def not_now() -> Refused:
    return Refused("matter.state", _("This step is not possible as the matter stands."))


def _not_the_holder() -> Refused:
    return Refused("matter.by_holder", _("Only the body that holds the matter may do this."))


def _not_the_receiver() -> Refused:
    return Refused("matter.by_receiver", _("Only the body that was offered the matter may do this."))


def not_the_superior() -> Refused:
    return Refused("matter.by_superior", _("Only the common superior may do this."))


def no_limit() -> Refused:
    return Refused("matter.extension_nothing", _("There is no running limit that could be lengthened."))


def _no_remedy() -> Refused:
    return Refused("matter.no_remedy", _("Nothing is decided that has still to be carried out."))


def _is_with_oneself() -> Refused:
    return Refused("matter.own", _("It is with your own body, or closed: there is nobody to order."))


def _nothing_offered() -> Refused:
    return Refused("matter.no_offer", _("It is offered to nobody: there is nothing to take back."))


def may_happen(event: str, refusal: Callable[[], Refused] = not_now) -> MatterCondition:
    """The procedure knows the event as the matter stands."""
    return when(lambda context: context.state.may_happen(event), refusal)


def by_another(asker: Callable[[StepContext], int | None]) -> MatterCondition:
    def condition(context: StepContext, actor: Actor, _at: datetime) -> None:
        if actor.user_id == asker(context):
            raise Refused(
                "matter.same_person", _("Somebody else must approve this: nobody approves their own.")
            )

    return condition


HOLDS = when(lambda context: context.holds, _not_the_holder)
IS_OFFERED = when(lambda context: context.is_offered, _not_the_receiver)
IS_FREE = when(lambda context: context.is_free, not_now)
IS_WITH_ANOTHER = when(
    lambda context: context.state.holder_id is not None and not context.holds, _is_with_oneself
)
IS_ANSWERED_NOT_YET = when(lambda context: context.state.offered_id is not None, _nothing_offered)
HOLDS_OR_IS_OFFERED = when(
    lambda context: context.is_offered or (context.holds and context.is_free), _not_the_holder
)
REMEDY_IS_OPEN = when(lambda context: context.remedy is not None, _no_remedy)


def waits_for_person(*, waits: bool) -> MatterCondition:
    return when(lambda context: context.is_open("waiting_person", "person_answered") == waits, not_now)


def is_heard(*, heard: bool) -> MatterCondition:
    return when(lambda context: context.is_open("hearing_opened", "hearing_closed") == heard, not_now)


def is_answered(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if not set(ANSWERED) & set(context.kinds):
        raise Refused("matter.nothing_told", _("The office has not answered yet: there is nothing to judge."))


def handled_nothing(context: StepContext, actor: Actor, _at: datetime) -> None:
    if actor.has_any(HANDLERS) or context.matter.events.filter(by_id=actor.user_id).exists():
        raise NotPermitted(
            "matter.handler_verdict", _("Whoever dealt with a matter does not ask how it was.")
        )


def is_named(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if context.matter.anonymous:
        raise Refused(
            "matter.anonymous", _("It was raised without a name; nothing about the person is kept.")
        )


def is_with_superior(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if not context.state.course.with_superior:
        raise Refused(
            "matter.not_with_superior", _("It has not been returned twice: whoever holds it passes it on.")
        )


def more_time_is_asked(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if context.extension is None:
        raise Refused("matter.no_extension", _("Nobody has asked for more time."))


def no_time_is_asked(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if context.extension is not None:
        raise Refused("matter.extension_asked", _("More time has been asked for already."))


def is_carried_out(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if context.remedy is not None:
        raise Refused("matter.remedy_open", _("The decided change has still to be carried out."))


def person_is_notified(context: StepContext, _actor: Actor, _at: datetime) -> None:
    if not context.is_notified:
        raise Refused("matter.not_told", _("First tell the person what was decided, and how they were told."))


def may_close(context: StepContext, actor: Actor, at: datetime) -> None:
    """The procedure lets the matter be closed; where it does not, what is still to be done is said first."""
    if not context.state.may_happen("closed"):
        is_carried_out(context, actor, at)
        person_is_notified(context, actor, at)
        raise not_now()
