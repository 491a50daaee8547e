"""`yixian survey`: the forms of a pack's survey, and what comes back on them, without any database (实物调查)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from yixian.cli.policy_problems import grouped
from yixian.cli.survey_audit import odd, remeasure
from yixian.domain.policy import Pack, PackErrors
from yixian.engines.entitlements import load_pack
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.paper_form import TEMPLATE, form_date, paper_form
from yixian.engines.survey.submission_folder import read_folder, write_tables
from yixian.engines.survey.xlsform import xlsform
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Chinese or English."
)
_FAULTY = 1
_BAD_INPUT = 2
_NO_SURVEY = {
    "zh": "{pack} 里没有 survey.yaml：不知道要调查什么。",
    "en": "{pack} has no survey.yaml: nothing says what is surveyed.",
}
_READ = {
    "zh": "{sheets} 份表，{lines} 项，{superseded} 份已被更正，{problems} 个问题。",
    "en": "{sheets} sheets, {lines} items, {superseded} superseded, {problems} problems.",
}


@click.group()
def survey() -> None:
    """The survey on the ground: its forms from the pack, and what comes back (实物调查)."""


@survey.command()
@click.argument("pack", type=_FOLDER)
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
@_LANG
def form(pack: Path, out: Path, lang: str) -> None:
    """Write the forms of every sheet of the pack in folder PACK.

    Of each: NAME.xlsx (XLSForm), NAME.xml (XForm, for ODK Collect, KoboCollect and Enketo), NAME.zh.pdf and NAME.en.pdf (to
    fill in by hand). Exits 1 if the pack has a fault or no survey.
    """
    loaded = _loaded(pack, lang)
    out.mkdir(parents=True, exist_ok=True)
    for sheet in loaded.survey.sheets:
        book = workbook(xlsform(loaded, sheet))
        _write(out / f"{sheet.id}.xlsx", book)
        _write(out / f"{sheet.id}.xml", xform(book).encode())
        for language in ("zh", "en"):
            data = paper_form(loaded, sheet, language) | {"date": printed_date(form_date(loaded))}
            paper = render_pdf(PdfDocument(TEMPLATE, data))
            _write(out / f"{sheet.id}.{language}.pdf", paper)
        click.echo(f"{sheet.id}  {sheet.title(lang)}")


@survey.command()
@click.argument("pack", type=_FOLDER)
@click.option("--submissions", required=True, type=_FOLDER, help="One folder for each submission.")
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: f"{datetime.now():%Y-%m-%d}",  # noqa: DTZ005 - the surveyor's own day
    show_default="today",
    help="The day after which nothing can have been measured.",
)
@_LANG
def read(pack: Path, submissions: Path, out: Path, today: datetime, lang: str) -> None:
    """Read filled-in forms of the pack in folder PACK, checking every answer and calculating every quantity again.

    Writes items.csv, as `entitlements compute` takes it, measures.csv with everything as it was measured, sheets.csv and
    photo_lines.csv, as `survey odd` takes them, problems.csv (instance, question, message), and superseded.csv. A sheet with
    a problem is left out whole. Exits 1 if there is one, and 2 if the pack has a fault.
    """
    loaded = _loaded(pack, lang, code=_BAD_INPUT)
    result = read_folder(loaded, submissions, today.date())
    write_tables(loaded, result, out, lang)
    lines = sum(len(sheet.lines) for sheet in result.sheets.values())
    click.echo(
        _READ[lang].format(
            sheets=len(result.sheets),
            lines=lines,
            superseded=len(result.superseded),
            problems=len(result.problems),
        )
    )
    for name, problem in result.problems:
        click.echo(f"{name}: {problem.question}: {problem.message(lang)}", err=True)
    if result.problems:
        sys.exit(_FAULTY)


survey.add_command(odd)
survey.add_command(remeasure)


def _loaded(folder: Path, lang: str, code: int = _FAULTY) -> Pack:
    try:
        pack = load_pack(folder)
    except PackErrors as errors:
        _refuse([*grouped(folder, errors.problems, lang)], code)
    if not pack.survey:
        _refuse([_NO_SURVEY[lang].format(pack=pack.id)], code)
    return pack


def _refuse(lines: Sequence[str], code: int) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a form cut in two is worse than none."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
