"""检查: read a staged workbook, note every fault, and work out what it would change. Nothing in the register changes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.db.models import Max
from django.utils import timezone, translation

from yixian.engines.entitlements import Pack
from yixian.kernel.errors import Refused
from yixian.kernel.jobs import Reporter, silent
from yixian.kernel.models import Event
from yixian.policies.queries import any_pack_in_force, latest_registered_pack
from yixian.workbook.differences import Plan, plan_of
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.partial import leave_out
from yixian.workbook.register_keys import RegisterKeys, read_register_keys
from yixian.workbook.reporting import write_error_workbook
from yixian.workbook.rules import check_rules
from yixian.workbook.staging import Row, Staged, stage
from yixian.workbook.summary import summary_of

_MAKES_STALE = (
    "adoption.approved",
    "household.merged_into",
    "household.split_to",
    "import.committed",
    "pack.registered",
)


@dataclass(slots=True)
class Checked:
    """A workbook after its check, and the `position` before it: an equal position means that it still holds."""

    position: int

    staged: Staged
    known: RegisterKeys
    plan: Plan
    left_out: list[tuple[str, Row]]


def position() -> int:
    """The number of the last event that changed what a check looks at; equal positions, equal findings."""
    return Event.objects.filter(kind__in=_MAKES_STALE).aggregate(last=Max("pk"))["last"] or 0


def check(batch: ImportBatch, *, at: datetime, report: Reporter = silent) -> ImportBatch:
    """Check a batch and keep what was found with it, with the error workbook if there is a fault.

    Raises `Refused` for a batch that was committed or laid aside.
    """
    check_for_commit(batch, at=at, report=report)
    return batch


def check_for_commit(batch: ImportBatch, *, at: datetime, report: Reporter = silent) -> Checked:
    """The same, and what a commit in the same process can go on with."""
    if batch.state in {BatchState.COMMITTED, BatchState.DISCARDED}:
        raise Refused("import.ended", "This workbook was already entered or laid aside.")
    checked = examine(batch, at=at, report=report)
    batch.state = BatchState.FAULTY if checked.staged.faults else BatchState.CHECKED
    batch.summary = summary_of(checked.staged, checked.plan, checked.left_out)
    if checked.staged.faults:
        _keep_report(batch, checked.staged)
    batch.save()
    return checked


def examine(batch: ImportBatch, *, at: datetime, report: Reporter) -> Checked:
    """Read and check the batch's file against the register as it stands now."""
    begun = position()
    today = timezone.localtime(at).date()
    staged = stage(Path(batch.file.path), today=today, report=report)
    known = read_register_keys()
    check_rules(staged, known, _pack(at))
    left_out = leave_out(staged, known)
    return Checked(begun, staged, known, plan_of(staged, report), left_out)


def _pack(at: datetime) -> Pack | None:
    """The pack in force today; before any is adopted, the one registered last."""
    found = any_pack_in_force(timezone.localtime(at).date())
    return found[1] if found else latest_registered_pack()


def _keep_report(batch: ImportBatch, staged: Staged) -> None:
    with tempfile.TemporaryDirectory() as folder, translation.override("zh-hans"):
        target = Path(folder) / "errors.xlsx"
        write_error_workbook(Path(batch.file.path), target, staged.faults)
        with target.open("rb") as file:
            batch.report.save(f"{batch.sha256[:16]}-errors.xlsx", File(file), save=False)
