"""系统: how the machine is, without any personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yixian.kernel.actions.try_sending_again import try_sending_again
from yixian.kernel.actors import Actor
from yixian.kernel.choices import MessageChannel
from yixian.kernel.errors import NotFound
from yixian.kernel.queries import active_users, heartbeats, job_counts, job_list, late_tasks
from yixian.kernel.sending.delivery_board import delivery_board
from yixian.matters.queries.unfollowed import unfollowed_matters
from yixian.web.request_actor import actor_of
from yixian.web.staff.jobs import JOB_TABLE, jobs_counted
from yixian.web.staff.scheduled_task_rows import TASKS, task_row
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.lists import ListPage


@dataclass(frozen=True, slots=True)
class SystemState:
    """Counts that tell whether all is well. ``last_backup`` is None if there never was one."""

    users: int
    open_jobs: int
    failed_jobs: int
    late_tasks: int
    last_backup: datetime | None


def system_state(actor: Actor, *, at: datetime) -> SystemState:
    """How the machine is, for administrators."""
    work = job_counts(actor)
    return SystemState(
        users=active_users(actor),
        open_jobs=work.open,
        failed_jobs=work.failed,
        late_tasks=len(late_tasks(at)),
        last_backup=_last_backup(),
    )


def _board(query: ListQuery) -> Mapping[str, Any]:
    return {
        "system": system_state(query.actor, at=query.at),
        "task_table": TASKS,
        "tasks": [task_row(view) for view in heartbeats(query.at)],
        "unfollowed": unfollowed_matters(query.actor),
        "channels": delivery_board(query.actor, at=query.at),
    }


SYSTEM = ListPage(
    url="staff:system",
    title=_("System"),
    lead=_(
        "How the machine is. No personal data of households is shown here, and none can be opened by an administrator."
    ),
    table=JOB_TABLE,
    rows=lambda query: job_list(query.actor),
    counted=jobs_counted,
    template="staff/system.html",
    context=_board,
)
"""The administrator's view of the machine, with everybody's work."""


@require_POST
def sending_again(request: HttpRequest, channel: str) -> HttpResponse:
    """Try again what was given up on a channel."""
    if channel not in MessageChannel.values:
        raise NotFound("sending.channel", _("There is no such way of sending."))
    number = try_sending_again(MessageChannel(channel), actor=actor_of(request), at=timezone.now())
    told = ngettext("%(n)s message is tried again.", "%(n)s messages are tried again.", number)
    messages.success(request, told % {"n": number})
    return redirect("staff:system")


def _last_backup() -> datetime | None:
    """When the newest backup in the home folder was written."""
    folder = settings.HOME.root / "backups"
    if not folder.is_dir():
        return None
    moments = [entry.stat().st_mtime for entry in folder.iterdir()]
    return datetime.fromtimestamp(max(moments), tz=timezone.get_current_timezone()) if moments else None
