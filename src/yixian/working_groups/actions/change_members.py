"""加成员: somebody more belongs to a group. Who belonged to it once stays written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import group_in_reach, note
from yixian.working_groups.actions.open_group import Member, add_members


@transaction.atomic
def add_member(group_id: int, member: Member, *, actor: Actor, at: datetime) -> None:
    """Add one member."""
    view, person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    add_members(view.group, [member], person, at=at)
    note(view.group, "group.member_added", actor=actor, at=at)
