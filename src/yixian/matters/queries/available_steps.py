"""可办步骤: which steps an actor may take with a matter as it stands."""

from __future__ import annotations

from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.kernel.workflow import offers
from yixian.matters.access import organisations_of
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter
from yixian.matters.step_conditions import StepContext
from yixian.matters.steps import STEPS


def step_context(actor: Actor, matter: Matter, *, at: datetime) -> StepContext:
    """What the conditions of steps look at: the matter as it stands, and the bodies for which the actor acts."""
    return StepContext(matter, state_of(matter, at=at), organisations_of(actor, at=at))


def steps_for(actor: Actor, matter: Matter, *, at: datetime) -> frozenset[str]:
    """The names of the steps that an actor may take with a matter now."""
    found = offers(STEPS, step_context(actor, matter, at=at), actor, at)
    return frozenset(offer.step.name for offer in found if offer.refusal is None)
