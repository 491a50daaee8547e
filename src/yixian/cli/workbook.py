"""`yixian import|export|template workbook`: the county's spreadsheet in and out, exactly as on the pages."""

from __future__ import annotations

import importlib
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from yixian.cli.product import open_home, prepare

_HOME = click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Home folder (default ./var)."
)


@click.group(name="import")
def import_() -> None:
    """Bring a workbook into the register."""


@click.group()
def export() -> None:
    """Take the register out."""


@click.group()
def template() -> None:
    """Write an empty workbook to fill in."""


@import_.command(name="workbook")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check-only", is_flag=True, help="Say what is wrong and what would change, and stop.")
@click.option(
    "--partial", is_flag=True, help="Leave faulty rows, and all that depends on them, out; enter the rest."
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the error workbook here."
)
@click.option("--yes", is_flag=True, help="Enter changes to known rows without asking.")
@click.option(
    "--by",
    default="",
    help="The user of the bureau who hands it in, and proposes what a second person agrees to.",
)
@click.option("--document", default="", help="With --by: number of the document on which the changes rest.")
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="With --by: day of that document.")
@click.option("--reason", default="", help="With --by: why it changes what stands (else the file's name).")
@_HOME
def import_workbook(
    file: Path,
    *,
    check_only: bool,
    partial: bool,
    report: Path | None,
    yes: bool,
    by: str,
    document: str,
    dated: datetime | None,
    reason: str,
    home: Path | None,
) -> None:
    """Check FILE and enter it, whole or not at all.

    Exits 1 if there are errors (each is named by sheet, row and column; nothing is entered unless --partial), and 3 if
    it would change known rows and nobody is there to say yes.

    What decides what is paid, or to whom (quantities, eligibility, bank accounts, ID numbers of known households, and new
    households once there are accounts), is never entered by one person. With --by, --document and --dated it is
    proposed, and a second person agrees to it after signing in, under "Changes"; this exits 4, as it does without them.
    """
    if bool(by) != bool(document and dated):
        raise click.UsageError("--by, --document and --dated belong together.")
    commands = _commands(home)
    proposer = commands.Proposer(by, document, dated.date(), reason or file.name) if by and dated else None
    raise SystemExit(commands.import_workbook(file, check_only, partial, report, yes, proposer))


@export.command(name="workbook")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_HOME
def export_workbook(file: Path, home: Path | None) -> None:
    """Write the whole register to FILE. Every household in it is noted as read."""
    raise SystemExit(_commands(home).export_workbook(file))


@template.command(name="workbook")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_HOME
def template_workbook(file: Path, home: Path | None) -> None:
    """Write an empty workbook with heads, drop-downs and instructions to FILE."""
    raise SystemExit(_commands(home).template_workbook(file))


def _commands(home: Path | None) -> Any:
    """The module that does the work: it needs the product to be ready before it can be loaded."""
    open_home(home)
    prepare()
    return importlib.import_module("yixian.cli.workbook_commands")
