"""结束: once everybody is answered, the group is closed. Its story stays public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import group_in_reach, require_after, take_step
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.models import GroupStep


@transaction.atomic
def close_group(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Close it. Raises `Refused` before everybody was answered."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    require_after(view, GroupStage.ANSWERED)
    return take_step(view, GroupStepKind.CLOSED, actor=actor, at=at)
