"""导入批次查询: batches for those who keep the register; nothing for others."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from django.core.files import File
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Job
from yixian.kernel.pending import Pending
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.sealed_files import SealedStorage
from yixian.policies.queries import latest_registered_pack
from yixian.registry.access import below
from yixian.workbook.access import KEEPERS, reach_of
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.summary import fault_again
from yixian.workbook.workbook_storage import PURPOSE
from yixian.workbook.writing import write_workbook

_ORDERS: Mapping[str, Order] = {
    "file": ("file_name",),
    "state": ("state",),
    "by": ("uploaded_by__display_name",),
    "at": ("uploaded_at",),
}

EXPORT = "workbook.export"
"""The kind of job that writes an export."""


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """The batches handed in by the actor, or by somebody who keeps the register within the actor's reach; latest first."""
    rows = ImportBatch.objects.select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    if not actor.has_any(KEEPERS):
        return rows.none()
    reach = reach_of(actor)
    if "" in reach:
        return rows
    visible = Q(pk__in=()) if actor.user_id is None else Q(uploaded_by_id=actor.user_id)
    for path in reach:
        visible |= below(path)
    return rows.filter(visible)


def batch_list(actor: Actor) -> ResultSet[ImportBatch]:
    """The same to be listed: by name of the file, state, who handed it in, or when."""
    return ResultSet(batches(actor), _ORDERS)


def batches_to_commit(actor: Actor) -> ResultSet[Pending]:
    """Those that are checked without a fault and wait for somebody to decide about them; the oldest first."""
    return _in_state(reach=_keeping(actor), state=BatchState.CHECKED).reading(_pending)


def batches_to_correct(actor: Actor) -> ResultSet[Pending]:
    """Those with faults that the actor handed in: to be corrected and handed in again, or discarded; the oldest first."""
    return _in_state(reach=_keeping(actor), state=BatchState.FAULTY, own=True).reading(_pending)


@prepared_results({})
def _in_state(*, reach: Actor, state: str, own: bool = False) -> QuerySet[ImportBatch]:
    rows = batches(reach).filter(state=state).order_by("pk")
    return rows.filter(uploaded_by=reach.user_id) if own else rows


def _keeping(actor: Actor) -> Actor:
    """The actor as far as batches go."""
    return Actor("", user_id=actor.user_id, grants=actor.grants)


def _pending(rows: Sequence[ImportBatch]) -> list[Pending]:
    return [
        Pending(row.pk, row.file_name, str(row.uploaded_by), timezone.localdate(row.uploaded_at))
        for row in rows
    ]


def get_batch(actor: Actor, batch_id: int) -> ImportBatch:
    """One batch. Raises `NotFound`."""
    batch = batches(actor).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("import.not_found", _("There is no such workbook."))
    return batch


def faults_of(batch: ImportBatch) -> list[ImportFault]:
    """The faults kept with a batch (see `yixian.workbook.summary.MAX_FAULTS`), to be told in the reader's language."""
    return [fault_again(kept) for kept in batch.summary.get("faults", [])]


def fault_list(batch: ImportBatch) -> ResultSet[ImportFault]:
    """The same to be listed: by place, by what stands there or by what is wrong."""
    orders: dict[str, Order] = {"place": ("sheet", "row"), "value": ("value",), "wrong": ("rule",)}
    return ResultSet(faults_of(batch), orders)


def notes_of(batch: ImportBatch) -> list[ImportFault]:
    """What is unusual in a batch, likewise; it keeps nothing out."""
    return [fault_again(kept) for kept in batch.summary.get("notes", [])]


def export_of(job: Job) -> File[bytes]:
    """The workbook that a finished export wrote. Raises `NotFound` when its day is over."""
    name = str(job.result.get("file", ""))
    if job.kind != EXPORT or job.state != JobState.DONE or not SealedStorage(PURPOSE).exists(name):
        raise NotFound(
            "export.not_found", _("There is no such export, or its day is over: ask for it again.")
        )
    return SealedStorage(PURPOSE).open(name)


def template_file() -> BytesIO:
    """An empty workbook with heads, drop-downs and instructions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_workbook(path, {}, pack=latest_registered_pack())
        return BytesIO(path.read_bytes())
