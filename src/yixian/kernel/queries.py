"""Reading the kernel: jobs, users and grants, each limited to what the actor may see; and how the ticks are doing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Heartbeat, Job, RoleGrant, User
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import ADMINISTRATORS
from yixian.kernel.scheduled_tasks import ScheduledTask, scheduled_tasks

_USER_ORDERS: Mapping[str, Order] = {
    "name": ("display_name", "username"),
    "user": ("username",),
    "signed_in": ("last_login",),
}

_JOB_ORDERS: Mapping[str, Order] = {
    "what": ("kind",),
    "state": ("state",),
    "by": ("owner__display_name", "owner__username"),
    "at": ("created_at",),
}

LATE_AFTER_TURNS = 3
"""A tick that has missed so many turns is not merely behind another: it does not run, or does not end well."""


@dataclass(frozen=True, slots=True)
class HeartbeatView:
    """How a tick is doing at a moment. ``last_error`` is the class of an error; ``counts`` are of the last good run."""

    task: ScheduledTask
    last_started_at: datetime | None
    last_ended_at: datetime | None
    last_well_at: datetime | None
    took_ms: int | None
    counts: dict[str, int]
    failures: int
    last_error: str
    is_running: bool
    is_late: bool

    @property
    def name(self) -> str:
        """The tick's stable name."""
        return self.task.name


def jobs(actor: Actor) -> QuerySet[Job]:
    """The actor's own jobs; all of them for administrators (a job's row holds no personal data)."""
    rows = Job.objects.select_related("owner").order_by("-created_at", "-pk")
    if actor.has_any(ADMINISTRATORS):
        return rows
    return rows.filter(owner_id=actor.user_id) if actor.user_id else rows.none()


def job_list(actor: Actor) -> ResultSet[Job]:
    """The same to be listed, the latest first: by kind, state, who asked or when."""
    return ResultSet(jobs(actor), _JOB_ORDERS)


def jobs_of_kind(actor: Actor, kind: str, *, limit: int, **limits: Any) -> list[Job]:
    """The actor's latest jobs of a kind; ``limits`` name a state, or arguments that they were given."""
    return list(jobs(actor).filter(kind=kind, **limits)[:limit])


def latest_job_about(actor: Actor, kinds: str, **arguments: Any) -> Job | None:
    """The latest job whose kind begins with ``kinds`` and that was given these arguments."""
    given = {f"arguments__{name}": value for name, value in arguments.items()}
    return jobs(actor).filter(kind__startswith=kinds, **given).first()


def jobs_failed_since(actor: Actor, day: date) -> int:
    """How many of them failed on a day or later."""
    return jobs(actor).filter(state=JobState.FAILED, ended_at__date__gte=day).count()


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many of the actor's jobs are under way, and how many failed."""

    open: int
    failed: int


def job_counts(actor: Actor) -> JobCounts:
    """Work under way and work that failed."""
    mine = jobs(actor)
    return JobCounts(
        mine.filter(state__in=(JobState.WAITING, JobState.RUNNING)).count(),
        mine.filter(state=JobState.FAILED).count(),
    )


def active_users(actor: Actor) -> int:
    """How many can sign in."""
    return users(actor).filter(is_active=True).count()


def get_job(actor: Actor, job_id: int) -> Job:
    """One job the actor may see. Raises `NotFound`."""
    job = jobs(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound("job.not_found", _("There is no such job."))
    return job


def users(actor: Actor, *, search: str = "") -> QuerySet[User]:
    """All users with their grants, for administrators; none for others."""
    rows = User.objects.order_by("username").prefetch_related(
        Prefetch("role_grants", RoleGrant.objects.order_by("valid_from", "pk"))
    )
    if not actor.has_any(ADMINISTRATORS):
        return rows.none()
    return rows.filter(Q(username__icontains=search) | Q(display_name__icontains=search)) if search else rows


def user_list(actor: Actor, *, search: str = "") -> ResultSet[User]:
    """The same to be listed: by name, user name or last sign-in."""
    return ResultSet(users(actor, search=search), _USER_ORDERS)


def get_user(actor: Actor, user_id: int) -> User:
    """One user, for administrators. Raises `NotFound`."""
    user = users(actor).filter(pk=user_id).first()
    if user is None:
        raise NotFound("user.not_found", _("There is no such user."))
    return user


def heartbeats(at: datetime) -> list[HeartbeatView]:
    """Every registered tick by name, also one that never ran (which is late). No personal data, so whoever asks."""
    rows = {row.name: row for row in Heartbeat.objects.all()}
    return [
        _heartbeat(task, rows.get(task.name) or Heartbeat(name=task.name), at) for task in scheduled_tasks()
    ]


def late_tasks(at: datetime) -> list[HeartbeatView]:
    """The ticks that have not ended well for three of their turns, or never: what a board must warn of."""
    return [view for view in heartbeats(at) if view.is_late]


def _heartbeat(task: ScheduledTask, row: Heartbeat, at: datetime) -> HeartbeatView:
    return HeartbeatView(
        task=task,
        last_started_at=row.last_started_at,
        last_ended_at=row.last_ended_at,
        last_well_at=row.last_well_at,
        took_ms=row.took_ms,
        counts=row.counts,
        failures=row.failures,
        last_error=row.last_error,
        is_running=row.held_until is not None and row.held_until > at,
        is_late=row.last_well_at is None or at - row.last_well_at > LATE_AFTER_TURNS * task.every,
    )
