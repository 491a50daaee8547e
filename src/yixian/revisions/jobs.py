"""Revisions' background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yixian.duty.access import owner_of
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job
from yixian.revisions.actions.adopt_revision import adopt_revision
from yixian.revisions.actions.compare_revision import compare_revision


def compare(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Compare the present draft of ``revision_id`` with the policy in force, on behalf of the job's owner."""
    comparison = compare_revision(
        job.arguments["revision_id"], actor=owner_of(job, at=at), at=at, report=report
    )
    return {"comparison_id": comparison.pk}


def adopt(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Reckon every account under the decided ``revision_id``, or go on with it, on behalf of the job's owner."""
    run = adopt_revision(job.arguments["revision_id"], actor=owner_of(job, at=at), at=at, report=report)
    return {"run_id": run.pk}
