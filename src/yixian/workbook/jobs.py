"""The workbook's background work."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from yixian.duty.access import owner_of
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job
from yixian.registry.actions.decide_change import mark_overtaken
from yixian.registry.choices import ChangeOutcome
from yixian.registry.queries.proposed_changes import get_change
from yixian.registry.second_person import TwoPersons
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit, differs, needs_second_person
from yixian.workbook.actions.export import export
from yixian.workbook.models import BatchState, ImportBatch
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
    if "change_id" in job.arguments:
        return _commit_agreed(int(job.arguments["change_id"]), actor, report, at)
    batch = get_batch(actor, job.arguments["batch_id"])
    if batch.state == BatchState.COMMITTED:
        return {"batch_id": batch.pk}
    commit(batch, partial=bool(job.arguments.get("partial")), actor=actor, at=at, report=report)
    return {"batch_id": batch.pk}


def _commit_agreed(change_id: int, actor: Actor, report: Reporter, at: datetime) -> dict[str, Any]:
    """Enter a workbook that two persons agreed on; if the register went on meanwhile, the agreement did not hold."""
    change = get_change(actor, change_id)
    batch = ImportBatch.objects.get(pk=change.subject_id or 0)
    if batch.state == BatchState.COMMITTED:
        return {"batch_id": batch.pk}
    content = json.loads(change.content)
    try:
        if change.outcome != ChangeOutcome.AGREED or change.decided_by_id is None:
            raise needs_second_person()
        if content["digest"] != batch.summary["digest"]:
            raise differs()
        by = TwoPersons(change.proposed_by_id, change.decided_by_id, change.document)
        commit(batch, partial=content["partial"], actor=actor, at=at, report=report, by=by)
    except Refused as refused:
        mark_overtaken(change.pk, refused.sentence, actor=actor, at=at)
        raise
    return {"batch_id": batch.pk}


def export_job(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Write the register in the owner's reach to a sealed file of the media folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        rows = export(path, actor=owner_of(job, at=at), at=at, report=report)
        name = keep_export(job.pk, path.read_bytes(), at=at)
    return {"file": name, "rows": rows}
