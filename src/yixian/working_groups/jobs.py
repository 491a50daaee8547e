"""Working groups' background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yixian.duty.access import owner_of
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job
from yixian.working_groups.actions.answer_everybody import answer_everybody


def answer(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Answer everybody who asked what ``group_id`` decided, or go on with it, on behalf of the job's owner."""
    return answer_everybody(job.arguments["group_id"], actor=owner_of(job, at=at), at=at, report=report)
