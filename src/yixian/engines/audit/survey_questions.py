"""核查一次调查: every check over the tables and photographs of a survey, and what comes of it as tables."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from yixian.engines.audit.after_cutoff import check_cutoff
from yixian.engines.audit.claimed_twice import check_claims
from yixian.engines.audit.findings import CLAIMED_TWICE, Findings, Unchecked
from yixian.engines.audit.parcel_areas import check_parcels, check_totals
from yixian.engines.audit.photo_twice import check_photographs
from yixian.engines.audit.photograph_files import PhotographFolder
from yixian.engines.audit.surveyed import SurveyTables
from yixian.engines.audit.terminal_digits import check_digits

QUESTION_COLUMNS = ("household_id", "line_id", "kind", "why")
UNCHECKED_COLUMNS = ("kind", "why")


def survey_questions(
    tables: SurveyTables, folder: PhotographFolder, *, cutoff: date | None, tolerance: Decimal | None
) -> Findings:
    """Every question about a survey, in the order of households and lines."""
    found = Findings(unchecked=tuple(_unmatched(tables)))
    found += check_photographs(folder)
    found += check_claims(tables)
    found += check_cutoff(tables, folder.photographs, cutoff)
    found += check_parcels(tables)
    found += check_digits(tables)
    found += check_totals(tables, tolerance)
    return Findings(tuple(sorted(set(found.questions))), found.unchecked)


def write_findings(found: Findings, out: Path, lang: str) -> None:
    """questions.csv and unchecked.csv into a folder, each whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    asked = ((one.household_id, one.line_id, one.kind, one.why(lang)) for one in found.questions)
    write_rows(out / "questions.csv", QUESTION_COLUMNS, asked)
    write_rows(
        out / "unchecked.csv", UNCHECKED_COLUMNS, ((one.kind, one.why(lang)) for one in found.unchecked)
    )


def write_rows(path: Path, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table as CSV; the file appears only when it is complete."""
    with tempfile.TemporaryDirectory(dir=path.parent) as staging:
        draft = Path(staging) / path.name
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heads)
            writer.writerows(rows)
        draft.replace(path)


def _unmatched(tables: SurveyTables) -> Iterable[Unchecked]:
    without = len(tables.items) - len(tables.sheet_by_line)
    if without:
        yield Unchecked(
            CLAIMED_TWICE,
            f"{without} 项不知道在哪张表上（instance 列；或者一户只有一张表；或者表里有 sheet 列）：和表有关的都没有查。",
            f"Of {without} items nothing says on which sheet they stand (a column instance; or one sheet of the household; or "
            "a column sheet of the sheets): nothing that hangs on the sheet was checked.",
        )
