"""The workbook's background work."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from yixian.duty.access import owner_of
from yixian.kernel.jobs import Reporter
from yixian.kernel.models import Job
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.export import export
from yixian.workbook.models import BatchState
from yixian.workbook.queries import get_batch
from yixian.workbook.workbook_storage import keep_export


def check_job(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Check the batch that the arguments name."""
    batch = get_batch(owner_of(job, at=at), job.arguments["batch_id"])
    checked = check(batch, at=at, report=report)
    return {"batch_id": batch.pk, "faults": checked.summary["fault_count"]}


def commit_job(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Enter the batch that the arguments name; one that was asked for twice and is entered already is done."""
    actor = owner_of(job, at=at)
    batch = get_batch(actor, job.arguments["batch_id"])
    if batch.state == BatchState.COMMITTED:
        return {"batch_id": batch.pk}
    commit(batch, partial=bool(job.arguments.get("partial")), actor=actor, at=at, report=report)
    return {"batch_id": batch.pk}


def export_job(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Write the register in the owner's reach to a sealed file of the media folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        rows = export(path, actor=owner_of(job, at=at), at=at, report=report)
        name = keep_export(job.pk, path.read_bytes(), at=at)
    return {"file": name, "rows": rows}
