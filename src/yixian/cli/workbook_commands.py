"""What `yixian import|export|template workbook` do, once the product is ready. Each returns the exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.cli.progress import TerminalProgress
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import NotFound, YixianError
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.registry.second_person import Document
from yixian.workbook.actions.check import check_for_commit
from yixian.workbook.actions.commit import commit, needs_second_person
from yixian.workbook.actions.export import export
from yixian.workbook.actions.propose import propose_batch
from yixian.workbook.actions.stage import stage
from yixian.workbook.models import ImportBatch
from yixian.workbook.queries import faults_of, notes_of, template_file

_ACTOR = system_actor("cli")
_SECOND_PERSON = 4
_SHOWN = 200
_SPANS = 40


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes what decides what is paid, and by which document: a user's name, its number, day and reason."""

    username: str
    document_no: str
    dated: date
    reason: str


def import_workbook(
    file: Path,
    check_only: bool,  # noqa: FBT001 - as the command line gives it
    partial: bool,  # noqa: FBT001
    report: Path | None,
    yes: bool,  # noqa: FBT001
    proposer: Proposer | None = None,
) -> int:
    """Stage, check, ask and enter, or propose; see the command's own words."""
    progress = TerminalProgress(_)
    now = timezone.now()
    try:
        actor = _ACTOR if proposer is None else _person(proposer.username, now)
        with file.open("rb") as content:
            batch = stage(File(content), file_name=file.name, actor=actor, at=now)
        checked = check_for_commit(batch, at=now, report=progress)
        progress.close()
        _tell(batch, partial=partial)
        faulty = bool(batch.summary["fault_count"])
        if report is not None and batch.report:
            with batch.report.open("rb") as kept:
                report.write_bytes(kept.read())
            click.echo(_("Error workbook: %s") % report)
        if check_only:
            return 1 if faulty else 0
        if faulty and not partial:
            click.echo(_("The workbook has errors: nothing was entered."), err=True)
            return 1
        if not (batch.summary["new_count"] or batch.summary["change_count"]):
            click.echo(_("Nothing to enter: the register already says all this."))
            return _closed(batch)
        if batch.money:
            return _propose(batch, proposer, partial=partial, actor=actor)
        if batch.summary["change_count"] and not yes and not _agreed():
            return 3
        commit(batch, partial=partial, actor=actor, at=timezone.now(), report=progress, checked=checked)
        progress.close()
    except YixianError as error:
        click.echo(str(error), err=True)
        return 1
    click.echo(_("Entered: %(new)s new rows, %(changed)s changed.") % _counts(batch))
    return _closed(batch)


def _person(username: str, now: datetime) -> Actor:
    """A user of the product with the roles that they hold today. Raises `NotFound` for nobody who may sign in."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound("user.not_found", gettext_lazy("There is no such user."))
    return actor_for(user, at=now)


def _propose(batch: ImportBatch, proposer: Proposer | None, *, partial: bool, actor: Actor) -> int:
    """Put what decides what is paid before a second person, who agrees on their own page; the exit code."""
    click.echo(_("%s changes decide what is paid, or to whom.") % batch.summary["money_count"])
    if proposer is None:
        click.echo(needs_second_person().sentence, err=True)
        click.echo(_("Say who proposes it, and by which document: --by, --document, --dated."), err=True)
        return _SECOND_PERSON
    document = Document(proposer.document_no, proposer.dated, proposer.reason)
    change = propose_batch(batch.pk, document, partial=partial, actor=actor, at=timezone.now())
    click.echo(
        _("Proposed as change %(number)s. It is entered when a second person agrees, on the page “Changes”.")
        % {"number": change.pk}
    )
    return _SECOND_PERSON


def export_workbook(file: Path) -> int:
    """Write the register to a file."""
    progress = TerminalProgress(_)
    count = export(file, actor=_ACTOR, at=timezone.now(), report=progress)
    progress.close()
    click.echo(_("%(count)s rows written to %(file)s") % {"count": count, "file": file})
    return 0


def template_workbook(file: Path) -> int:
    """Write an empty workbook to a file."""
    file.write_bytes(template_file().getvalue())
    click.echo(_("Template written to %s") % file)
    return 0


def _tell(batch: ImportBatch, *, partial: bool) -> None:
    """What the check found, sheet by sheet, then the errors, the changes and what would be left out."""
    for row in batch.summary["sheets"]:
        if row["rows"] or row["absent"]:
            click.echo(
                _(
                    "%(title)s: %(rows)s rows — %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
                    "%(absent)s in the register only"
                )
                % row
            )
    faults = faults_of(batch)
    for fault in faults[:_SHOWN]:
        value = f" “{fault.value}”" if fault.value else ""
        click.echo(f"{fault.place}{value}: {fault.message} {fault.advice}", err=True)
    if batch.summary["fault_count"]:
        click.echo(_("%s errors in all") % batch.summary["fault_count"], err=True)
    for note in notes_of(batch)[:_SHOWN]:
        click.echo(_("please check: %(place)s: %(message)s") % {"place": note.place, "message": note.message})
    if batch.summary["note_count"] > _SHOWN:
        click.echo(
            _("%s places to check in all; the error workbook names them") % batch.summary["note_count"]
        )
    if partial:
        for row in batch.summary["left_out"]:
            click.echo(_("left out: %(sheet)s row %(row)s (%(name)s)") % row, err=True)
    for change in batch.summary["changes"][:_SHOWN]:
        words = "; ".join("{field}: {old} → {new}".format(**word) for word in change["changes"])
        click.echo(f"{change['sheet']} {change['name']}: {words}")


def _closed(batch: ImportBatch) -> int:
    """The exit code; if something was left out, say last what, sheet by sheet, and that this is why the code is 1."""
    if not batch.summary["fault_count"]:
        return 0
    for row in batch.summary["sheets"]:
        if row["left_out"]:
            numbers = [one["row"] for one in batch.summary["left_out"] if one["sheet"] == row["title"]]
            words = {"title": row["title"], "count": row["left_out"], "rows": _spans(numbers)}
            click.echo(_("Left out of %(title)s: %(count)s rows: %(rows)s") % words, err=True)
    words = {"left_out": batch.summary["left_out_count"], "errors": batch.summary["fault_count"]}
    click.echo(
        _(
            "%(left_out)s rows were left out because of %(errors)s errors, hence exit code 1. Mend them and bring the "
            "same file in again: what is in the register already is passed over."
        )
        % words,
        err=True,
    )
    return 1


def _spans(numbers: list[int]) -> str:
    """Row numbers in order, runs drawn together: 3–5, 9; after many spans an ellipsis."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:_SPANS]]
    return ", ".join([*shown, "…"] if len(spans) > _SPANS else shown)


def _agreed() -> bool:
    """Whether somebody at a terminal says yes to changing known rows."""
    if not sys.stdin.isatty():
        click.echo(_("Known rows would change. Say --yes to enter them."), err=True)
        return False
    return click.confirm(_("Enter these changes?"))


def _counts(batch: ImportBatch) -> dict[str, int]:
    return {"new": batch.summary["new_count"], "changed": batch.summary["change_count"]}
