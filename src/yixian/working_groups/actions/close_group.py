"""结束: once everybody is answered, the group is closed. Its story stays public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.actions.group_steps import begin, take_step
from yixian.working_groups.models import GroupStep
from yixian.working_groups.steps import CLOSE


@transaction.atomic
def close_group(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Close it. Raises `Refused` before everybody was answered."""
    view, _person = begin(CLOSE, group_id, actor=actor, at=at)
    return take_step(view, CLOSE, actor=actor, at=at)
