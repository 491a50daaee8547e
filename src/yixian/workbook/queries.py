"""导入批次查询: batches for those who keep the register; nothing for others."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from django.db.models import QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.policies.queries import latest_registered_pack
from yixian.workbook.access import KEEPERS
from yixian.workbook.faults import Fault
from yixian.workbook.models import ImportBatch
from yixian.workbook.writing import write_workbook


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """All batches, latest first."""
    rows = ImportBatch.objects.select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    return rows.none() if actor.roles.isdisjoint(KEEPERS) else rows


def get_batch(actor: Actor, batch_id: int) -> ImportBatch:
    """One batch. Raises `NotFound`."""
    batch = batches(actor).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("import.not_found", "There is no such workbook.")
    return batch


def faults_of(batch: ImportBatch) -> list[Fault]:
    """The faults kept with a batch (see `yixian.workbook.summary.MOST_FAULTS`), to be told in the reader's language."""
    return [Fault(**fault) for fault in batch.summary.get("faults", [])]


def template_file() -> BytesIO:
    """An empty workbook with heads, drop-downs and instructions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_workbook(path, {}, pack=latest_registered_pack())
        return BytesIO(path.read_bytes())
