"""走一步: what every step of a working group begins with and ends in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from yixian.domain.text import plain_text
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.ledger import Entry, record
from yixian.kernel.workflow import Step
from yixian.working_groups.limits import MAX_WORDS
from yixian.working_groups.models import GroupStep, WorkingGroup
from yixian.working_groups.queries.groups import GroupView, get_group, group_view


def begin(step: Step[GroupView], group_id: int, *, actor: Actor, at: datetime) -> tuple[GroupView, int]:
    """The group as it stands, held so that nobody steps beside, and the user who takes the step. Inside a transaction.

    Raises `NotPermitted`, `NotFound`, and `Refused` where the step is not possible now.
    """
    person = step.person(actor)
    get_group(actor, group_id)
    WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    view = group_view(get_group(actor, group_id))
    step.check(view, actor, at)
    return view, person


def take_step(
    view: GroupView, step: Step[GroupView], *, actor: Actor, at: datetime, **named: Any
) -> GroupStep:
    """Write a step down."""
    taken = GroupStep.objects.create(group=view.group, kind=step.event, by_id=actor.user_id, at=at, **named)
    note(view.group, f"group.{step.event}", actor=actor, at=at)
    return taken


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
