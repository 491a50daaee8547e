"""搁置: lay a workbook aside without entering anything. The file stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.workbook.access import as_keeper
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.queries import get_batch


@transaction.atomic
def discard(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Lay a batch aside. Raises `NotFound` for one out of the actor's sight, `Refused` if it was entered."""
    as_keeper(actor)
    batch = get_batch(actor, batch_id)
    changed = (
        ImportBatch.objects.filter(pk=batch.pk)
        .exclude(state=BatchState.COMMITTED)
        .update(state=BatchState.DISCARDED)
    )
    if not changed:
        raise Refused("import.ended", _("This workbook has already been entered or discarded."))
    record(Entry("import.discarded", "import_batch", batch_id), actor=actor, at=at)
