"""中断的任务: a job whose process died says so, and a job that was never handed over is handed over again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop
from django_tasks_db.models import DBTaskResult

from yixian.kernel.choices import JobState
from yixian.kernel.jobs import run_job
from yixian.kernel.models import Job

INTERRUPTED = gettext_noop(
    "The machine stopped during this work. Nothing was changed: please ask for it again."
)


def close_interrupted_jobs(*, at: datetime) -> int:
    """End every job that says it runs; how many there were.

    Only for the one worker of a home folder, before it takes its first job: nothing can be running then.
    """
    running = Job.objects.filter(state=JobState.RUNNING, ended_at=None)
    return running.update(state=JobState.FAILED, ended_at=at, error=INTERRUPTED)


def hand_over_waiting_jobs() -> int:
    """Queue the waiting jobs that the queue does not know, because the process died in between; how many."""
    queued = {row.args_kwargs["args"][0] for row in DBTaskResult.objects.ready() if row.args_kwargs["args"]}
    forgotten = [job for job in Job.objects.filter(state=JobState.WAITING) if job.pk not in queued]
    for job in forgotten:
        run_job.enqueue(job.pk)
    return len(forgotten)
