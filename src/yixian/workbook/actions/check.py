"""检查: read a staged workbook, note every fault, and work out what it would change. Nothing in the register changes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from yixian.duty.models import Leadership, Stationing
from yixian.engines.entitlements import Pack
from yixian.inventory.models import InventoryItem
from yixian.kernel.change_stamps import TableState, state_of
from yixian.kernel.errors import Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.job_reports import Reporter, silent
from yixian.policies.models import PackAdoption, PackVersion
from yixian.policies.queries import any_pack_in_force, latest_registered_pack
from yixian.registry.models import (
    Area,
    AreaCode,
    AreaShape,
    Helper,
    Household,
    HouseholdMember,
    Organisation,
    Person,
    Post,
)
from yixian.workbook.access import EVERYTHING, Reach, reach_of
from yixian.workbook.differences import Plan, fill_absent, plan_of
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.money_changes import money_changes
from yixian.workbook.partial import leave_out, of_nobody
from yixian.workbook.register_keys import RegisterKeys, read_register_keys
from yixian.workbook.reporting import write_error_workbook
from yixian.workbook.rules import check_rules
from yixian.workbook.staging import Row, Staged, stage
from yixian.workbook.summary import summary_of

_REGISTER = frozenset(
    model._meta.db_table  # noqa: SLF001 - Django's documented interface
    for model in (
        *(Area, AreaCode, AreaShape, Organisation, Helper, Post, Leadership, Stationing),
        *(Household, HouseholdMember, Person, InventoryItem),
        *(PackAdoption, PackVersion),
    )
)
"""Every table that a check reads."""


@dataclass(slots=True)
class Checked:
    """A workbook after its check: for whom it was made, and the `register_state` before it. While that is the same, it still
    holds."""

    reach: Reach
    register: TableState
    staged: Staged
    known: RegisterKeys
    plan: Plan
    left_out: list[tuple[str, Row]]
    of_nobody: list[tuple[str, Row]]
    """Members and items of which nothing says whose they are: nothing is entered without them."""


def register_state() -> TableState:
    """The change stamps of all that a check looks at: equal states, equal findings, whoever changed what in between."""
    return state_of(_REGISTER)


def check(batch: ImportBatch, *, at: datetime, report: Reporter = silent) -> ImportBatch:
    """Check a batch and keep what was found with it, with the error workbook if there is a fault.

    Raises `Refused` for a batch that was committed or laid aside.
    """
    check_for_commit(batch, at=at, report=report)
    return batch


def check_for_commit(batch: ImportBatch, *, at: datetime, report: Reporter = silent) -> Checked:
    """The same, and what a commit in the same process can go on with."""
    if batch.state in {BatchState.COMMITTED, BatchState.DISCARDED}:
        raise Refused("import.ended", _("This workbook has already been entered or discarded."))
    checked = examine(batch, reach_of_uploader(batch, at), at=at, report=report)
    keep_findings(batch, checked)
    if checked.staged.faults or checked.staged.notes:
        _keep_report(batch, checked.staged)
    batch.save()
    return checked


def keep_findings(batch: ImportBatch, checked: Checked) -> None:
    """Put what a check found onto the batch, which the caller saves."""
    batch.state = BatchState.FAULTY if checked.staged.faults else BatchState.CHECKED
    money = money_changes(checked.plan)
    batch.money = money.as_text()
    batch.summary = summary_of(checked.staged, checked.plan, checked.left_out)
    batch.summary["money_count"] = len(money.words)


def examine(batch: ImportBatch, reach: Reach, *, at: datetime, report: Reporter) -> Checked:
    """Read and check the batch's file against the register as it stands now, for somebody of this reach."""
    begun = register_state()
    today = timezone.localdate(at)
    with batch.file.open("rb") as source:
        staged = stage(source.file, batch.file_name, today=today, report=report)
    fill_absent(staged, reach)
    known = read_register_keys(reach)
    check_rules(staged, known, _pack(at), today=today)
    staged.put_in_order()
    left_out = leave_out(staged, known)
    plan = plan_of(staged, reach, report)
    return Checked(reach, begun, staged, known, plan, left_out, of_nobody(staged, known))


def reach_of_uploader(batch: ImportBatch, at: datetime) -> Reach:
    """A check speaks for whoever handed the workbook in; without a user that is the operator of the machine."""
    uploader = batch.uploaded_by
    return EVERYTHING if uploader is None else reach_of(actor_for(uploader, at=at))


def _pack(at: datetime) -> Pack | None:
    """The pack in force today; before any is adopted, the one registered last."""
    found = any_pack_in_force(timezone.localdate(at))
    return found[1] if found else latest_registered_pack()


def _keep_report(batch: ImportBatch, staged: Staged) -> None:
    with tempfile.TemporaryDirectory() as folder, translation.override("zh-hans"):
        target = Path(folder) / "errors.xlsx"
        with batch.file.open("rb") as source:
            write_error_workbook(source.file, target, staged.faults, staged.notes)
        with target.open("rb") as file:
            batch.report.save(f"{batch.sha256[:16]}-errors.xlsx", File(file), save=False)
