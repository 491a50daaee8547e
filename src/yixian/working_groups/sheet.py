"""核查工作簿: a row for each thing to be measured at each drawn household, in a form that a clerk can fill in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

from yixian.domain.cells import plain
from yixian.domain.written_days import WrittenDayError, written_day
from yixian.engines.spreadsheets.archive import FileFault, open_archive
from yixian.engines.spreadsheets.page_form import PageTooLarge, UnreadablePage, column_letters, page_form
from yixian.kernel.errors import Invalid
from yixian.lazy_imports import xlsxwriter
from yixian.working_groups.choices import CheckOutcome
from yixian.working_groups.models import SampledHousehold, WorkingGroup
from yixian.working_groups.queries.checks import drawn_rows, lines_to_check, sample_of

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COLUMNS = 12
MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
_FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was filled in; ``row`` is its number in the sheet."""

    row: int
    order: int
    line_no: str
    outcome: str
    day: str
    measure: str
    rebuild: str
    timber: str
    wage: str
    words: str


def write_sheet(group: WorkingGroup, *, at: datetime) -> bytes:
    """The sheet of what is not checked yet; empty columns are to be filled in, and nothing recorded stands in it."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        page = book.add_worksheet(_("Checks"))
        bold = book.add_format({"bold": True})
        for column, title in enumerate(_titles()):
            page.write_string(0, column, title, bold)
        page.freeze_panes(1, 0)
        rows = [row for sampled in _open(group) for row in _rows(sampled, at)]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                page.write_string(number, column, plain(str(value)))
        outcomes = [str(one.label) for one in CheckOutcome]
        page.data_validation(1, 5, max(1, len(rows)), 5, {"validate": "list", "source": outcomes})
        page.set_column(0, COLUMNS - 1, 18)
    return written.getvalue()


def read_rows(content: bytes) -> Iterator[SheetRow]:
    """The rows of a filled-in sheet. Raises `Invalid` for a file that is none."""
    if len(content) > MAX_BYTES:
        raise Invalid("check.file", gettext_lazy("This is no sheet of checks."), field="file")
    try:
        with open_archive(io.BytesIO(content)) as archive:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            form = page_form(archive.page(book.sheet_names[0]))
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (FileFault, UnreadablePage, PageTooLarge, CalamineError, IndexError, ValueError, OSError) as error:
        raise Invalid("check.file", gettext_lazy("This is no sheet of checks."), field="file") from error
    for line, column in (*form.formulas, *form.errors):
        raise Invalid(
            "check.cell",
            gettext_lazy("There is a formula or an error in the cell %(cell)s: replace it by its value."),
            field="file",
            cell=f"{column_letters(column)}{line}",
        )
    if not rows or len(rows[0]) < COLUMNS or len(rows) > MAX_ROWS:
        raise Invalid("check.file", gettext_lazy("This is no sheet of checks."), field="file")
    for number, row in enumerate(rows[1:], _FIRST_ROW):
        if not any(str(cell).strip() for cell in row):
            continue
        cells = [_text(cell) for cell in row[:COLUMNS]]
        order = int(cells[0]) if cells[0].isascii() and cells[0].isdigit() else 0
        yield SheetRow(number, order, cells[3], *cells[5:12])


def outcome_of(label: str) -> CheckOutcome:
    """The outcome that a cell names, in words or by its code. Raises `Invalid` for none."""
    for one in CheckOutcome:
        if label in {one.value, str(one.label)}:
            return one
    raise Invalid("check.outcome", gettext_lazy("Choose what came of it from the list."), field="outcome")


def day_of(text: str) -> date:
    """The day that a cell names. Raises `Invalid` for none."""
    try:
        return written_day(text)
    except WrittenDayError as error:
        raise Invalid(
            "check.day", gettext_lazy("Give a day from the draw until today."), field="checked_on"
        ) from error


def _titles() -> list[str]:
    return [
        _("No."),
        _("Household"),
        _("Place"),
        _("Line"),
        _("Item"),
        _("Result of the check"),
        _("Day"),
        _("Measured"),
        _("Building a square metre anew, yuan"),
        _("Timber, yuan a cubic metre"),
        _("A builder's day, yuan"),
        _("What else is to be known"),
    ]


def _open(group: WorkingGroup) -> list[SampledHousehold]:
    sample = sample_of(group)
    if sample is None or not hasattr(sample, "draw"):
        return []
    return [row.sampled for row in drawn_rows(sample) if not row.outcome]


def _rows(sampled: SampledHousehold, at: datetime) -> Iterator[list[Any]]:
    home = sampled.household
    first = [sampled.order, home.household_no, home.area.label]
    lines = lines_to_check(sampled, at=at)
    for line in lines:
        yield [*first, line.line_no, f"{line.title} ({line.unit})"]
    if not lines:
        yield [*first, "", ""]


def _text(cell: Any) -> str:
    """A cell as it would be typed: numbers without a binary tail, days as ISO."""
    if isinstance(cell, float):
        number = Decimal(repr(cell)).normalize()
        return f"{number:f}"
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()
