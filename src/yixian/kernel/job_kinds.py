"""任务种类: the extension point of background work — which function does which kind of it, so that pages load no engine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from yixian.kernel.extension_points import Registry
from yixian.kernel.job_reports import Reporter

if TYPE_CHECKING:
    from yixian.kernel.models import Job


class JobFunction(Protocol):
    """What does the work of a job."""

    def __call__(self, job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
        """Do it, saying how far it is; what came of it, as plain JSON."""


JOBS: Registry[JobFunction] = Registry("job", JobFunction)
