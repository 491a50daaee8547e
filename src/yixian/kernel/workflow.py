"""办理步骤: a workflow's transitions (state machine), each declared once by the room it belongs to.

A `Step` says which event it writes, who may take it, in which moment, what must be so before, what it asks for and who is
told. Its action calls `check`; buttons and pages come from `offers`, which asks the same; the access matrix reads
``roles``. So what is offered and what is allowed cannot differ. `yixian.web.ui.steps` adds words and a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role

Subject = TypeVar("Subject")

Condition = Callable[[Subject, Actor, datetime], None]
"""What must be so. Raises `Refused`, with the sentence that a person reads, where it is not."""


@dataclass(frozen=True, kw_only=True)
class Step(Generic[Subject]):
    """One transition of a subject's workflow.

    ``name`` stands in its address, ``event`` in the record. ``moment`` says whether it is its turn at all: where it is
    not, the step is not offered. ``requires`` are what a person can still put right, or someone else must do: the step
    is offered, cannot be taken yet, and says why. ``asks`` names what it is given beside its subject, and ``notifies``
    the parties who hear of it.
    """

    name: str
    event: str
    roles: frozenset[Role]
    moment: Condition[Subject]
    requires: tuple[Condition[Subject], ...] = ()
    asks: tuple[str, ...] = ()
    notifies: tuple[str, ...] = ()

    def person(self, actor: Actor) -> int:
        """The user who takes it. Raises `NotPermitted` unless it is a person with one of the roles."""
        return require_person(actor, self.roles)

    def check(self, subject: Subject, actor: Actor, at: datetime) -> int:
        """Whether the actor may take it now; the user who does. Raises `NotPermitted` or `Refused`."""
        person = self.person(actor)
        for condition in (self.moment, *self.requires):
            condition(subject, actor, at)
        return person


@dataclass(frozen=True)
class Offer(Generic[Subject]):
    """A step whose turn it is. ``refusal`` says why it cannot be taken yet; None if it can."""

    step: Step[Subject]
    refusal: Refused | None


def offers(
    steps: Iterable[Step[Subject]], subject: Subject, actor: Actor, at: datetime
) -> list[Offer[Subject]]:
    """The steps whose turn it is, of those that the actor's roles include, in their order."""
    found = (_offer(step, subject, actor, at) for step in steps)
    return [offer for offer in found if offer is not None]


def _offer(step: Step[Subject], subject: Subject, actor: Actor, at: datetime) -> Offer[Subject] | None:
    try:
        step.person(actor)
        step.moment(subject, actor, at)
    except (NotPermitted, Refused):
        return None
    try:
        step.check(subject, actor, at)
    except Refused as refusal:
        return Offer(step, refusal)
    return Offer(step, None)
