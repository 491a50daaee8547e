"""加成员: somebody more belongs to a group. Who belonged to it once stays written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.actions.group_steps import begin, note
from yixian.working_groups.actions.open_group import Member, add_members
from yixian.working_groups.steps import MEMBER


@transaction.atomic
def add_member(group_id: int, member: Member, *, actor: Actor, at: datetime) -> None:
    """Add one member."""
    view, person = begin(MEMBER, group_id, actor=actor, at=at)
    add_members(view.group, [member], person, at=at)
    note(view.group, "group.member_added", actor=actor, at=at)
