"""Compensation's background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from yixian.compensation.actions.calculate_accounts import calculate_accounts, resume_run
from yixian.duty.access import owner_of
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job


def calculate(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Reckon all accounts below ``area_path`` as of today, on behalf of the job's owner."""
    today = timezone.localdate(at)
    actor = owner_of(job, at=at)
    run = calculate_accounts(job.arguments["area_path"], on=today, actor=actor, at=at, report=report)
    return {"run_id": run.pk, **run.manifest}


def resume(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Go on with the reckoning ``run_id``, which was cut off, on behalf of the job's owner."""
    run = resume_run(job.arguments["run_id"], actor=owner_of(job, at=at), at=at, report=report)
    return {"run_id": run.pk, **run.manifest}
