"""`yixian survey odd` and `yixian survey remeasure`: what looks odd in a survey, and whom to measure again (核查、盲复量)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import click

from yixian.cli.policy_problems import grouped
from yixian.domain.policy import Pack, PackErrors
from yixian.domain.written_numbers import WrittenNumberError, written_number
from yixian.engines.audit.photograph_files import PhotographFolder, read_photographs
from yixian.engines.audit.remeasurement import DRAWN_COLUMNS, draw_remeasurement, enough_sheets
from yixian.engines.audit.survey_questions import survey_questions, write_findings, write_rows
from yixian.engines.audit.survey_tables import read_sheets, read_survey_tables
from yixian.engines.audit.table_rows import TablesInvalid
from yixian.engines.entitlements import load_pack

_BAD_INPUT = 2
_MAX_NAMED = 100
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Chinese or English."
)
_ASKED = {
    "zh": "{items} 项、{sheets} 张表、{photographs} 张照片；{questions} 个疑点，{households} 户：{kinds}。",
    "en": "{items} items, {sheets} sheets, {photographs} photographs; {questions} questions, {households} households: {kinds}.",
}
_UNCHECKED = {"zh": "没有查：{kind}：{why}", "en": "not checked: {kind}: {why}"}
_DRAWN = {
    "zh": "{population} 张表里抽出 {drawn} 张。",
    "en": "{drawn} of {population} sheets are drawn.",
}
_BOUND = {
    "zh": "复量的 {drawn} 张里如果有 {found} 张不对：有 95% 的把握，{population} 张里不对的最多 {most} 张（{share:.2f}%）。",
    "en": "If {found} of the {drawn} are found wrong: at 95 %, at most {most} of the {population} are wrong ({share:.2f} %).",
}


class _Share(click.ParamType[Decimal]):
    """A share of one, as plain decimals."""

    name = "share"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The share; a message where it is none."""
        try:
            share = written_number(str(value))
        except WrittenNumberError:
            share = Decimal(-1)
        if not 0 < share < 1:
            self.fail(f"{value!r} is no share between 0 and 1, like 0.02", param, ctx)
        return share


@click.command()
@click.option("--items", required=True, type=_FILE, help="line_id, household_id, item_code[, quantity …]")
@click.option(
    "--sheets",
    required=True,
    type=_FILE,
    help="instance, household_id, measurer, second, at, lon, lat, parcel_mu[, sheet][, area_code][, cutoff]",
)
@click.option("--photos", type=_FOLDER, help="Photographs; a name begins with a line_id or an instance.")
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
@click.option("--pack", type=_FOLDER, help="The pack: units of items, tolerance of totals.")
@click.option("--cutoff", type=click.DateTime(["%Y-%m-%d"]), help="The cut-off day of the freeze notice.")
@click.option("--measures", type=_FILE, help="line_id, name, value: as `survey read` writes them.")
@click.option("--photo-lines", type=_FILE, help="photograph, line_id: as `survey read` writes them.")
@click.option("--totals", type=_FILE, help="area_code, map_mu[, item]: areas of the map.")
@click.option("--tolerance", type=_Share(), help="Share that totals may differ by; else the pack's.")
@_LANG
def odd(
    *,
    items: Path,
    sheets: Path,
    photos: Path | None,
    out: Path,
    pack: Path | None,
    cutoff: datetime | None,
    measures: Path | None,
    photo_lines: Path | None,
    totals: Path | None,
    tolerance: Decimal | None,
    lang: str,
) -> None:
    """Ask about what looks odd: questions.csv (household_id, line_id, kind, why), and unchecked.csv (kind, why).

    Photographs that stand for two lines, one thing claimed twice, items after the cut-off, areas above the parcel, last digits,
    totals beside the map. A question is no verdict: somebody goes and looks. Exits 2, with every bad row named and
    nothing written, if a table cannot be read.
    """
    loaded = _pack(pack, lang) if pack else None
    units = {code: item.unit for code, item in loaded.items.items()} if loaded else {}
    try:
        tables = read_survey_tables(
            items, sheets, measures=measures, totals=totals, photo_lines=photo_lines, units=units
        )
    except TablesInvalid as invalid:
        _refuse([fault.message(lang) for fault in invalid.faults])
    if tolerance is None and loaded:
        tolerance = loaded.survey.tolerances.get("total")
    folder = read_photographs(photos, tables) if photos else PhotographFolder((), (), ())
    found = survey_questions(tables, folder, cutoff=cutoff.date() if cutoff else None, tolerance=tolerance)
    write_findings(found, out, lang)
    kinds = Counter(one.kind for one in found.questions)
    click.echo(
        _ASKED[lang].format(
            items=len(tables.items),
            sheets=len(tables.sheets),
            photographs=len(folder.photographs),
            questions=len(found.questions),
            households=len({one.household_id for one in found.questions if one.household_id}),
            kinds=", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())) or "0",
        )
    )
    for one in found.unchecked:
        click.echo(_UNCHECKED[lang].format(kind=one.kind, why=one.why(lang)), err=True)


@click.command()
@click.option("--sheets", required=True, type=_FILE, help="As of `survey odd`.")
@click.option("--seed", required=True, help="A text made public before the draw, like a lottery's numbers.")
@click.option("--number", type=click.IntRange(min=1), help="How many to draw.")
@click.option(
    "--share", type=_Share(), help="Instead: draw so many that, if all are right, no larger share is wrong."
)
@click.option(
    "--found", type=click.IntRange(min=0), default=0, show_default=True, help="How many were found wrong."
)
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
@_LANG
def remeasure(
    *, sheets: Path, seed: str, number: int | None, share: Decimal | None, found: int, out: Path, lang: str
) -> None:
    """Draw sheets to be measured again by others: remeasure.csv (place, instance, household_id, sheet, not_by).

    Says what it proves of the whole survey, exactly, if so many of them are found wrong. The same seed draws the same
    sheets. Exits 2 if there are fewer sheets than are to be drawn.
    """
    if (number is None) == (share is None):
        raise click.UsageError("Give either --number or --share.")
    try:
        survey = read_sheets(sheets)
        drawn = draw_remeasurement(survey, number or enough_sheets(survey, share or Decimal(0)), seed)
        most = drawn.most_wrong(found)
    except TablesInvalid as invalid:
        _refuse([fault.message(lang) for fault in invalid.faults])
    except ValueError as error:
        _refuse([f"{sheets.name}: {error}"])
    out.mkdir(parents=True, exist_ok=True)
    write_rows(out / "remeasure.csv", DRAWN_COLUMNS, drawn.rows())
    values = {"population": drawn.population, "drawn": len(drawn.drawn), "found": found, "most": most}
    click.echo(_DRAWN[lang].format(**values))
    click.echo(_BOUND[lang].format(**values, share=100 * most / drawn.population))


def _pack(folder: Path, lang: str) -> Pack:
    try:
        return load_pack(folder)
    except PackErrors as errors:
        _refuse([*grouped(folder, errors.problems, lang)])


def _refuse(lines: Sequence[str]) -> NoReturn:
    for line in lines[:_MAX_NAMED]:
        click.echo(line, err=True)
    if len(lines) > _MAX_NAMED:
        click.echo(f"… +{len(lines) - _MAX_NAMED}", err=True)
    raise SystemExit(_BAD_INPUT)
