"""错误工作簿: the same workbook back, with what is wrong and what to do at the end of each faulty row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook

from yixian.engines.spreadsheets.archive import FileFault, open_archive
from yixian.engines.spreadsheets.page_form import PageTooLarge, UnreadablePage, page_form
from yixian.lazy_imports import xlsxwriter
from yixian.workbook.import_faults import ImportFault, sheet_title
from yixian.workbook.schema import Sheet
from yixian.workbook.workbook_reader import SHEET_NAMES, SUMMARY, header_of, is_report_column

_ERRORS = "错误"
_HEADS = (("工作表", 14), ("行", 8), ("列", 18), ("现值", 28), ("错误", 48), ("怎么改", 60))


def write_error_workbook(
    source: BinaryIO, target: Path, faults: list[ImportFault], notes: list[ImportFault]
) -> None:
    """Write the report: a summary of everything, and each sheet with its faults at the end of their rows.

    Notes stand in the summary only. Without a fault, or if the source is no workbook, the summary is all there is.
    """
    by_sheet: dict[str, list[ImportFault]] = defaultdict(list)
    for fault in faults:
        by_sheet[fault.sheet].append(fault)
    with xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False}) as book:
        marks = {
            "head": book.add_format({"bold": True, "bg_color": "#7a2e1f", "font_color": "#ffffff"}),
            "bad": book.add_format({"bg_color": "#ffd9d2"}),
            "bad_day": book.add_format({"bg_color": "#ffd9d2", "num_format": "yyyy-mm-dd"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "told": book.add_format({"font_color": "#7a2e1f"}),
        }
        _write_summary(book, marks, [*faults, *notes])
        refused = {fault.sheet for fault in faults if fault.rule == "sheet.too_large"}
        for name, sheet, grid in _grids(source, refused) if faults else ():
            _write_sheet(book, marks, name, sheet, grid, by_sheet[sheet.key])


def fault_advice(fault: ImportFault) -> str:
    """A fault with its advice, after the column it is about."""
    return (
        f"{fault.header}：{fault.message} {fault.advice}"
        if fault.header
        else f"{fault.message} {fault.advice}"
    )


def _grids(source: BinaryIO, refused: set[str]) -> Iterator[tuple[str, Sheet, list[list[Any]]]]:
    """The workbook's known sheets, as far as they can be read; what was refused for its size is not unpacked again."""
    try:
        with open_archive(source) as archive:
            source.seek(0)
            book = CalamineWorkbook.from_filelike(source)
            for name in book.sheet_names:
                sheet = SHEET_NAMES.get(name.strip())
                if sheet is not None and sheet.key not in refused and _is_readable(archive.page(name)):
                    yield name, sheet, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except FileFault:
        return


def _is_readable(page: bytes) -> bool:
    try:
        page_form(page)
    except (PageTooLarge, UnreadablePage):
        return False
    return True


def _write_summary(book: Any, marks: dict[str, Any], faults: list[ImportFault]) -> None:
    page = book.add_worksheet(SUMMARY)
    for index, (word, width) in enumerate(_HEADS):
        page.set_column(index, index, width)
        page.write_string(0, index, word, marks["head"])
    for number, fault in enumerate(faults, 1):
        page.write_string(number, 0, sheet_title(fault.sheet))
        page.write_number(number, 1, fault.row)
        page.write_string(number, 2, fault.header)
        page.write_string(number, 3, fault.value)
        page.write_string(number, 4, fault.message)
        page.write_string(number, 5, fault.advice)


def _write_sheet(
    book: Any,
    marks: dict[str, Any],
    name: str,
    sheet: Sheet,
    grid: list[list[Any]],
    faults: list[ImportFault],
) -> None:
    page = book.add_worksheet(name)
    headers = [header_of(cell) for cell in grid[0]] if grid else []
    keys = {name: column.key for column in sheet.columns for name in (column.zh, column.en, column.key)}
    columns = [keys.get(header, header) for header in headers]
    width = next((index for index, header in enumerate(headers) if is_report_column(header)), len(headers))
    wrong: dict[int, list[ImportFault]] = defaultdict(list)
    for fault in faults:
        wrong[max(fault.row, 1)].append(fault)
    page.set_column(width, width, 80)
    for number, cells in enumerate(grid, 1):
        bad = {fault.column for fault in wrong[number]} if number > 1 else set()
        for index, cell in enumerate(cells):
            if not is_report_column(headers[index]):
                _write_cell(page, number - 1, index, cell, marks, bad=columns[index] in bad)
        if wrong[number]:
            told_first = f"{_ERRORS}：" if number == 1 else ""
            sentences = told_first + "；".join(fault_advice(fault) for fault in wrong[number])
            page.write_string(number - 1, width, sentences, marks["told"])
        elif number == 1:
            page.write_string(0, width, _ERRORS, marks["head"])


def _write_cell(page: Any, row: int, column: int, cell: Any, marks: dict[str, Any], *, bad: bool) -> None:
    form = marks["bad"] if bad else None
    if cell is None or cell == "":
        if bad:
            page.write_blank(row, column, None, form)
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, form)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, form)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, marks["bad_day"] if bad else marks["day"])
    else:
        page.write_string(row, column, str(cell), form)
