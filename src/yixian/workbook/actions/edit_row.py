"""改登记: put one row of the register right where one reads it, or add one to a household.

It passes every check that a workbook passes. What money hangs on waits for a second person; the rest holds at once. Both say
why, and by which document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.job_reports import silent
from yixian.registry.actions.propose_change import Proposal, propose_change
from yixian.registry.choices import ChangeKind
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document, Overtaken, TwoPersons, overtaken_where_refused
from yixian.workbook.access import EVERYTHING, reach_of
from yixian.workbook.committing import apply_plan
from yixian.workbook.committing.context import Commit
from yixian.workbook.editable_rows import EditableRow, new_row, stored_row
from yixian.workbook.money_changes import money_changes
from yixian.workbook.row_check import CheckedRow, checked_row
from yixian.workbook.row_words import row_label, typed_of, words_of

_MAX_DOCUMENT = 120


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a row is changed, and by which document; that may be empty where no money hangs on it."""

    reason: str
    document_no: str = ""
    document_date: date | None = None

    def document(self) -> Document:
        """The document, which must be there. Raises `Invalid`."""
        if not self.document_no.strip():
            raise Invalid(
                "change.document",
                _("What is paid, or to whom, depends on this: name the document that shows it."),
                field="document_no",
            )
        if self.document_date is None:
            raise Invalid("change.empty", _("This must be filled in."), field="document_date")
        return Document(self.document_no, self.document_date, self.reason)

    def as_data(self) -> dict[str, object]:
        """The same for the ledger. Raises `Invalid` without a reason."""
        if not self.reason.strip():
            raise Invalid("change.empty", _("This must be filled in."), field="reason")
        number = self.document_no.strip()[:_MAX_DOCUMENT]
        day = f"（{self.document_date.isoformat()}）" if number and self.document_date else ""
        return {"reason": self.reason.strip(), **({"document": f"{number}{day}"} if number else {})}


@transaction.atomic
def edit_row(
    row: EditableRow, typed: Mapping[str, str], grounds: Grounds, *, actor: Actor, at: datetime
) -> ProposedChange | None:
    """Let a row say what was typed, by the names of its columns. The proposal where a second person must agree, else None:
    then it holds.

    Raises `Invalid` with the first fault at its field and all others as sentences, or without reason or document, and `Refused`
    where nothing would change.
    """
    today = timezone.localdate(at)
    checked = checked_row(row, typed, reach_of(actor), on=today)
    if not any(page.new or page.changed for page in checked.plan.values()):
        raise Refused("change.nothing", _("Nothing would change."))
    if not money_changes(checked.plan).words:
        apply_plan(checked.plan, Commit(None, actor, at, today, grounds=grounds.as_data()), silent)
        return None
    content = {
        "sheet": row.sheet,
        "number": "" if row.is_new else row.key,
        "before": {} if row.is_new else {name: typed_of(row, name) for name in checked.columns},
        "typed": {column.key: typed.get(column.key, "") for column in row.columns},
    }
    households = [row.household] if row.household is not None else []
    proposal = Proposal(
        ChangeKind.ROW,
        row_label(row, checked),
        content,
        words_of(row, checked),
        households,
        area_path=row.path,
    )
    return propose_change(proposal, grounds.document(), actor=actor, at=at)


def apply_row(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Enter an agreed row. Raises `Overtaken` where it stands otherwise than was proposed, or cannot be entered any more."""
    Household.objects.select_for_update().filter(proposed_changes=change).first()
    checked, today = _checked(change, at), timezone.localdate(at)
    grounds: dict[str, object] = {"reason": change.reason, "document": by.document}
    apply_plan(checked.plan, Commit(None, actor, at, today, by, grounds), silent)


def check_row(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` as `apply_row` does."""
    _checked(change, at)


def _checked(change: ProposedChange, at: datetime) -> CheckedRow:
    content = json.loads(change.content)
    with overtaken_where_refused():
        row = _row(content, change.households.first())
        _require_unchanged(row, content["before"])
        return checked_row(row, content["typed"], EVERYTHING, on=timezone.localdate(at))


def _row(content: Mapping[str, str], household: Household | None) -> EditableRow:
    if not content["number"] and household is not None:
        return new_row(content["sheet"], household)
    return stored_row(content["sheet"], content["number"], household)


def _require_unchanged(row: EditableRow, before: Mapping[str, str]) -> None:
    for name, old in before.items():
        stands = typed_of(row, name)
        if stands != old:
            values = {"place": row.key, "old": old or "—", "stands": stands or "—"}
            raise Overtaken(
                str(_("%(place)s: “%(old)s” was to be changed, but “%(stands)s” stands there now.")) % values
            )
