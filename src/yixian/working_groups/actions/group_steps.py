"""走一步: what every step of a working group begins with and ends in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from yixian.domain.text import plain_text
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.limits import MAX_WORDS
from yixian.working_groups.models import GroupStep, WorkingGroup
from yixian.working_groups.queries.groups import GroupView, get_group, group_view
from yixian.working_groups.workflow import ORDER


def group_in_reach(group_id: int, *, actor: Actor, roles: frozenset[Role]) -> tuple[GroupView, int]:
    """The group as it stands, held so that nobody steps beside, and the user who acts. Call it inside a transaction.

    Raises `NotPermitted`, `NotFound`, and `Refused` for a group that is closed.
    """
    person = require_person(actor, roles)
    get_group(actor, group_id)
    WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    view = group_view(get_group(actor, group_id))
    if view.has(GroupStage.CLOSED):
        raise Refused("group.closed", _("This working group is closed."))
    return view, person


def require_after(view: GroupView, group_stage: GroupStage) -> None:
    """Raise `Refused` unless a stop and everything before it is behind."""
    if ORDER.index(view.here) < ORDER.index(group_stage):
        raise Refused("group.order", _("Another stop comes first."))


def require_undecided(view: GroupView) -> None:
    """Raise `Refused` once it is decided."""
    if view.decision is not None:
        raise Refused("group.decided", _("It is decided."))


def take_step(view: GroupView, kind: GroupStepKind, *, actor: Actor, at: datetime, **named: Any) -> GroupStep:
    """Write a step down."""
    step = GroupStep.objects.create(group=view.group, kind=kind, by_id=actor.user_id, at=at, **named)
    note(view.group, f"group.{kind}", actor=actor, at=at)
    return step


def note(group: WorkingGroup, kind: str, *, actor: Actor, at: datetime, **data: Any) -> None:
    """Write into the ledger what was done with a group."""
    entry = Entry(kind, "group", group.pk, group.area_path, {"title": group.title_zh, **data})
    record(entry, actor=actor, at=at)


def words(field: str, value: str, most: int = MAX_WORDS) -> str:
    """A text that must be there, made plain. Raises `Invalid` where it is empty or too long."""
    text = optional(field, value, most)
    if not text:
        raise Invalid("group.words", _("This must be filled in."), field=field)
    return text


def optional(field: str, value: str, most: int = MAX_WORDS) -> str:
    """A text that may be empty, made plain."""
    text = plain_text(value).strip()
    if len(text) > most:
        raise Invalid("group.too_long", _("This is too long."), field=field)
    return text
