"""搁置: lay a workbook aside without entering anything. The file stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.workbook.access import require_keeper
from yixian.workbook.models import BatchState, ImportBatch


@transaction.atomic
def discard(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Lay a batch aside. Raises `Refused` if it was entered."""
    require_keeper(actor)
    changed = (
        ImportBatch.objects.filter(pk=batch_id)
        .exclude(state=BatchState.COMMITTED)
        .update(state=BatchState.DISCARDED)
    )
    if not changed:
        raise Refused("import.ended", "This workbook was already entered or laid aside.")
    record(Entry("import.discarded", "import_batch", batch_id), actor=actor, at=at)
