"""入库: enter a checked workbook, whole or not at all — or, if asked, without its faulty rows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.ledger import Entry, record
from yixian.registry.second_person import TwoPersons
from yixian.workbook.access import reach_of
from yixian.workbook.actions.check import (
    Checked,
    examine,
    keep_findings,
    reach_of_uploader,
    register_state,
)
from yixian.workbook.committing import apply_plan
from yixian.workbook.committing.context import Commit
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.money_changes import money_changes
from yixian.workbook.queries import get_batch
from yixian.workbook.schema import sheet
from yixian.workbook.summary import summary_of

_TRIES = 3


class _RegisterChanged(Exception):
    """Somebody changed the register between the check and the transaction."""


def commit(
    batch: ImportBatch,
    *,
    partial: bool,
    actor: Actor,
    at: datetime,
    report: Reporter = silent,
    checked: Checked | None = None,
    by: TwoPersons | None = None,
) -> ImportBatch:
    """Check once more and enter the batch in one transaction.

    What decides what is paid, or to whom, is entered only as agreed ``by`` two persons (`yixian.workbook.actions.propose`);
    it is checked for whoever handed it in then, and for the actor otherwise.
    ``checked`` is a check made in this same process; it is made anew if the register changed since.

    Nothing is entered but what the check has shown: if the register changed meanwhile so that there are other
    differences, they are kept with the batch, to be looked at, and this raises `Refused`. It raises `Refused` as well if
    the batch was not checked, has faults (unless ``partial``), needs a second person or was entered before,
    and `NotFound` for a batch out of the actor's sight.
    """
    if by is None:
        get_batch(actor, batch.pk)
        reach = reach_of(actor)
    else:
        reach = reach_of_uploader(batch, at)
    batch.refresh_from_db()
    if batch.state not in {BatchState.CHECKED, BatchState.FAULTY}:
        raise Refused("import.not_checked", _("This workbook is not waiting to be entered."))
    for _try in range(_TRIES):
        if checked is None or checked.reach != reach or checked.register != register_state():
            checked = examine(batch, reach, at=at, report=report)
        _require_enterable(batch, checked, partial=partial)
        if by is None and money_changes(checked.plan).words:
            raise needs_second_person()
        try:
            return _enter(batch, checked, partial=partial, by=by, actor=actor, at=at, report=report)
        except _RegisterChanged:
            checked = None
    raise Refused("import.register_busy", _("The register is being changed all the time: try again later."))


def differs() -> Refused:
    """That other differences stand now than those shown."""
    return Refused(
        "import.differs",
        _("The register changed since the check: look at the differences again. Nothing was entered."),
    )


def needs_second_person() -> Refused:
    """That one person alone does not enter this."""
    return Refused(
        "import.second_person",
        _(
            "Some of this decides what is paid, or to whom: propose it with its document, and a second person agrees. "
            "Nothing was entered."
        ),
    )


def _require_enterable(batch: ImportBatch, checked: Checked, *, partial: bool) -> None:
    faults = checked.staged.faults
    if any(fault.rule.startswith("file.") for fault in faults):
        raise Refused("import.unreadable", _("The file cannot be read: nothing was entered."))
    summary = summary_of(checked.staged, checked.plan, checked.left_out)
    if (summary["digest"], summary["fault_count"]) != (
        batch.summary.get("digest"),
        batch.summary["fault_count"],
    ):
        keep_findings(batch, checked)
        batch.save(update_fields=["summary", "state", "money"])
        raise differs()
    if faults and not partial:
        raise Refused("import.faulty", _("The workbook has errors: nothing was entered."))
    for key, row in checked.of_nobody:
        raise Refused(
            "import.of_nobody",
            _(
                "The household of row %(row)s in the sheet “%(sheet)s” stands neither in the sheet “%(households)s” nor in "
                "the register: correct it there first. Nothing was entered."
            ),
            row=row.number,
            sheet=sheet(key).zh,
            households=sheet("households").zh,
        )


@transaction.atomic
def _enter(
    batch: ImportBatch,
    checked: Checked,
    *,
    partial: bool,
    by: TwoPersons | None,
    actor: Actor,
    at: datetime,
    report: Reporter,
) -> ImportBatch:
    _claim(batch, partial=partial, at=at)
    if checked.register != register_state():
        raise _RegisterChanged
    apply_plan(checked.plan, Commit(batch.pk, actor, at, timezone.localdate(at), by), report)
    counts = {key: {"new": len(plan.new), "changed": len(plan.changed)} for key, plan in checked.plan.items()}
    data = {"sha256": batch.sha256, "left_out": len(checked.left_out), "counts": counts}
    data |= by.as_data() if by else {}
    record(Entry("import.committed", "import_batch", batch.pk, batch.area_path, data), actor=actor, at=at)
    return batch


def _claim(batch: ImportBatch, *, partial: bool, at: datetime) -> None:
    """Mark the batch as entered; a second commit of the same batch finds nothing to claim."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state__in=[BatchState.CHECKED, BatchState.FAULTY])
    if not waiting.update(state=BatchState.COMMITTED, partial=partial, committed_at=at):
        raise Refused("import.ended", _("This workbook has already been entered or discarded."))
    batch.refresh_from_db()
