"""经办: what every step with a matter begins with — the matter in reach, the person who acts, and for which body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.matters.access import get_matter
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import Matter, MatterEvent, MatterProjection
from yixian.matters.procedures import MatterState
from yixian.matters.queries.available_steps import step_context
from yixian.matters.step_conditions import StepContext
from yixian.matters.steps import MatterStep


@dataclass(frozen=True, slots=True)
class Handling:
    """A step that may be taken: with which matter as it stands, by whom, when, and on behalf of which body, if of any."""

    step: MatterStep
    context: StepContext
    actor: Actor
    at: datetime
    user_id: int
    organisation_id: int | None

    @property
    def matter(self) -> Matter:
        """The matter."""
        return self.context.matter

    @property
    def state(self) -> MatterState:
        """Where it stands before the step."""
        return self.context.state

    @property
    def organisation(self) -> int:
        """The body, where the step is always taken on behalf of one."""
        if self.organisation_id is None:
            raise NotPermitted("matter.other_organisation", _("Another body deals with this matter now."))
        return self.organisation_id

    def write(
        self,
        *,
        to_organisation: int | None = None,
        reason: str = "",
        clause: str = "",
        assignee: int | None = None,
    ) -> MatterEvent:
        """Write the step's event, if the procedure allows it."""
        new_event = NewEvent(self.step.event, self.organisation_id, to_organisation, reason, clause, assignee)
        return record_event(self.matter, new_event, actor=self.actor, at=self.at)


def handling(step: MatterStep, number: str, *, actor: Actor, at: datetime) -> Handling:
    """Begin a step, with the matter locked until the transaction ends.

    Raises `NotFound` out of reach, `NotPermitted` for other roles and other bodies, `Refused` where it is not possible now.
    """
    return begin(step, reach(number, actor=actor, at=at), actor=actor, at=at)


def reach(number: str, *, actor: Actor, at: datetime) -> StepContext:
    """A matter within reach, locked, as its steps look at it. Raises `NotFound`."""
    matter = get_matter(actor, number, at=at)
    MatterProjection.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    return step_context(actor, matter, at=at)


def begin(step: MatterStep, context: StepContext, *, actor: Actor, at: datetime) -> Handling:
    """Begin a step with a matter that is locked. Raises `NotPermitted` and `Refused` as `handling` does."""
    user_id = step.person(actor)
    organisation_id = step.party(context) if step.party else None
    if step.party and organisation_id is None:
        # nobody's turn any more: a colleague may have been quicker, and no other body deals with it therefore
        raise Refused("matter.state", _("This step is not possible as the matter stands."))
    if step.party and organisation_id not in context.organisations:
        raise NotPermitted("matter.other_organisation", _("Another body deals with this matter now."))
    step.check(context, actor, at)
    return Handling(step, context, actor, at, user_id, organisation_id)
