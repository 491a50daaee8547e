"""入库: enter a checked workbook, whole or not at all — or, if asked, without its faulty rows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.jobs import Reporter, silent
from yixian.kernel.ledger import Entry, record
from yixian.workbook.access import require_keeper
from yixian.workbook.actions.check import Checked, examine, position
from yixian.workbook.committing import apply_plan
from yixian.workbook.committing.context import Commit
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.summary import summary_of


def commit(
    batch: ImportBatch,
    *,
    partial: bool,
    actor: Actor,
    at: datetime,
    report: Reporter = silent,
    checked: Checked | None = None,
) -> ImportBatch:
    """Check once more and enter the batch in one transaction.

    ``checked`` is a check made in this same process; it is made anew if the register changed since.

    Raises `Refused` if it was not checked, if the register changed meanwhile so that it has faults now (unless
    ``partial``), or if it was entered before.
    """
    require_keeper(actor)
    if batch.state not in {BatchState.CHECKED, BatchState.FAULTY}:
        raise Refused("import.not_checked", "This workbook is not waiting to be entered.")
    checked = checked or examine(batch, at=at, report=report)
    _require_sound(checked, partial=partial)
    with transaction.atomic():
        if checked.position != position():
            checked = examine(batch, at=at, report=report)
            _require_sound(checked, partial=partial)
        _claim(batch, checked, partial=partial, at=at)
        context = Commit(batch.pk, actor, at, timezone.localtime(at).date())
        apply_plan(checked.plan, context, report)
        counts = {
            key: {"new": len(plan.new), "changed": len(plan.changed)} for key, plan in checked.plan.items()
        }
        data = {"sha256": batch.sha256, "left_out": len(checked.left_out), "counts": counts}
        record(Entry("import.committed", "import_batch", batch.pk, data=data), actor=actor, at=at)
    return batch


def _require_sound(checked: Checked, *, partial: bool) -> None:
    """Refuse what has errors, unless its faulty rows are to be left out; refuse what cannot be read in any case."""
    faults = checked.staged.faults
    if faults and not partial:
        raise Refused("import.faulty", "The workbook has errors: nothing was entered.")
    if any(fault.rule.startswith("file.") for fault in faults):
        raise Refused("import.unreadable", "The file cannot be read: nothing was entered.")


def _claim(batch: ImportBatch, checked: Checked, *, partial: bool, at: datetime) -> None:
    """Mark the batch as entered; a second commit of the same batch finds nothing to claim."""
    claimed = ImportBatch.objects.filter(
        pk=batch.pk, state__in=[BatchState.CHECKED, BatchState.FAULTY]
    ).update(state=BatchState.COMMITTED)
    if not claimed:
        raise Refused("import.ended", "This workbook was already entered or laid aside.")
    batch.state, batch.partial, batch.committed_at = BatchState.COMMITTED, partial, at
    batch.summary = summary_of(checked.staged, checked.plan, checked.left_out)
    batch.save(update_fields=["state", "partial", "committed_at", "summary"])
