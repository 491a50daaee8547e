"""后台任务: ask for a registered function (`yixian.kernel.job_kinds`), watch it, stop it.

A job's function gets a reporter and the arguments it was asked with; it says how far it is and may be cancelled at any
report. What it changes, it changes in one transaction of its own, so a job that is killed leaves nothing half done and
can simply be asked for again. ``run_job`` is the task that the worker process runs (django-tasks on the database).

Progress travels through the cache, not the database: a job's own transaction would hide it until the end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from yixian.domain.full_disk import DISK_FULL, is_disk_full
from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState
from yixian.kernel.errors import Refused, YixianError
from yixian.kernel.job_kinds import JOBS
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job, User

STALE_AFTER = timedelta(minutes=2)
"""A running job that has not reported for so long was cut off (its process died) and may be asked for again."""

_KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: the step in words (a message id), and the count in it."""

    step: str = ""
    done: int = 0
    total: int = 0
    beat_at: datetime | None = None

    @property
    def percent(self) -> int:
        """Whole per cent of this step; 0 while the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class Cancelled(Exception):
    """Somebody asked the running job to stop."""


def ask(kind: str, arguments: dict[str, Any], *, actor: Actor, at: datetime) -> Job:
    """Queue a job once the caller's transaction commits. Permission is the caller's business."""
    if kind not in JOBS:
        raise ValueError(f"unknown job kind {kind!r}")
    owner = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    job = Job.objects.create(kind=kind, arguments=arguments, owner=owner, created_at=at)
    transaction.on_commit(lambda: run_job.enqueue(job.pk))
    return job


def cancel(job: Job, *, at: datetime) -> None:
    """Ask a job to stop; a waiting one stops at once, a running one at its next report."""
    if not job.is_open:
        raise Refused("job.ended", _("This job has already ended."))
    cache.set(f"job-cancel:{job.pk}", True, _KEEP_SECONDS)  # noqa: FBT003 - the cached value is the flag
    if job.state == JobState.WAITING or is_stale(job, at=at):
        _end(job.pk, JobState.CANCELLED)


def progress_of(job: Job) -> Progress:
    """How far the job is, by its last report."""
    progress = cache.get(f"job:{job.pk}")
    return progress if isinstance(progress, Progress) else Progress()


def is_stale(job: Job, *, at: datetime) -> bool:
    """Whether the job says it runs but has not reported for a while."""
    if job.state != JobState.RUNNING:
        return False
    last = progress_of(job).beat_at or job.started_at
    return last is not None and at - last > STALE_AFTER


@task()
def run_job(job_id: int) -> None:
    """Run one job and write down how it ended. Never raises: a failed job must not stop the worker."""
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now()
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        result = JOBS.load(job.kind)(job, report=_reporter(job_id), at=timezone.now())
    except Cancelled:
        _end(job_id, JobState.CANCELLED)
    except YixianError as error:
        _end(job_id, JobState.FAILED, error=str(error))
    except Exception as error:  # noqa: BLE001 - whatever happened, the waiting clerk is told
        said = DISK_FULL if is_disk_full(error) else f"{type(error).__name__}: {error}"
        _end(job_id, JobState.FAILED, error=said)
    else:
        _end(job_id, JobState.DONE, result=result)


def _end(job_id: int, state: JobState, **changes: Any) -> None:
    Job.objects.filter(pk=job_id, ended_at=None).update(state=state, ended_at=timezone.now(), **changes)


def _reporter(job_id: int) -> Reporter:
    """A reporter that notes progress at most four times a second and stops a cancelled job."""
    last = 0.0

    def report(step: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < 0.25 and done < total:
            return
        last = time.monotonic()
        if cache.get(f"job-cancel:{job_id}"):
            raise Cancelled
        cache.set(f"job:{job_id}", Progress(step, done, total, timezone.now()), _KEEP_SECONDS)

    return report
