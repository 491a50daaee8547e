"""系统: how the machine is, without any personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.actions.try_sending_again import try_sending_again
from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState, MessageChannel
from yixian.kernel.errors import NotFound
from yixian.kernel.queries import heartbeats, jobs, late_tasks, users
from yixian.kernel.sending.delivery_board import delivery_board
from yixian.web.request_actor import actor_of
from yixian.web.staff.jobs import KINDS
from yixian.web.staff.scheduled_task_rows import TaskRow, task_row
from yixian.web.ui.paging import page_of


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
    mine = jobs(actor)
    return SystemState(
        users=users(actor).filter(is_active=True).count(),
        open_jobs=mine.filter(state__in=(JobState.WAITING, JobState.RUNNING)).count(),
        failed_jobs=mine.filter(state=JobState.FAILED).count(),
        late_tasks=len(late_tasks(at)),
        last_backup=_last_backup(),
    )


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """The actor's own jobs; all of them for an administrator."""
    page = page_of(jobs(actor_of(request)), request.GET.get("page"))
    rows: list[tuple[Any, Any]] = [(job, KINDS.get(job.kind, job.kind)) for job in page.rows]
    return render(request, "staff/jobs/list.html", {"page": page, "rows": rows})


@require_GET
def system_page(request: HttpRequest) -> HttpResponse:
    """The administrator's view of the machine."""
    actor, now = actor_of(request), timezone.now()
    page = page_of(jobs(actor), request.GET.get("page"))
    rows: list[tuple[Any, Any]] = [(job, KINDS.get(job.kind, job.kind)) for job in page.rows]
    tasks: list[TaskRow] = [task_row(view) for view in heartbeats(now)]
    context = {
        "system": system_state(actor, at=now),
        "tasks": tasks,
        "channels": delivery_board(actor, at=now),
        "page": page,
        "rows": rows,
    }
    return render(request, "staff/system.html", context)


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
