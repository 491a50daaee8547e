"""结束核查: once every drawn household was checked, or it is written down why not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.actions.group_steps import begin, take_step
from yixian.working_groups.models import GroupStep
from yixian.working_groups.steps import END_CHECKS


@transaction.atomic
def close_checks(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """End the checks. Raises `Refused` while a drawn household has neither a result nor a reason, or once they ended."""
    view, _person = begin(END_CHECKS, group_id, actor=actor, at=at)
    return take_step(view, END_CHECKS, actor=actor, at=at)
