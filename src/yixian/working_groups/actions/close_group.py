"""结束: once everybody is answered, the group is closed. Its story stays public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.stepping import held, require_after, take
from yixian.working_groups.choices import Station, StepKind
from yixian.working_groups.models import GroupStep


@transaction.atomic
def close_group(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Close it. Raises `Refused` before everybody was answered."""
    view, _person = held(group_id, actor=actor, roles=OPENERS)
    require_after(view, Station.ANSWERED)
    return take(view, StepKind.CLOSED, actor=actor, at=at)
