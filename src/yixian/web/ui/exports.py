"""导出: tables as Excel or CSV — numbers as numbers, sums of money too, and no cell that a spreadsheet could run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override

from yixian.domain.cells import plain
from yixian.lazy_imports import xlsxwriter
from yixian.web.ui.cells import FileValue
from yixian.web.ui.file_names import to_save
from yixian.web.ui.tables import Table

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}

Batches = Iterable[Iterable[Any]]
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_MAX_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and its rows, a batch at a time."""

    table: Table[Any]
    batches: Batches


def table_file(sheets: list[Sheet], name: str, file_format: str) -> HttpResponseBase:
    """The sheets as a file to save, called ``name`` (`file_name`) and its suffix. A text file holds the first sheet alone.

    CSV begins with a byte-order mark, without which Excel takes Chinese for something else. Raises `Http404` for other
    formats than those of `FORMATS`.
    """
    if file_format not in FORMATS:
        raise Http404
    called = f"{name}.{file_format}"
    if file_format == "xlsx":
        return FileResponse(
            _workbook(sheets), as_attachment=True, filename=called, content_type=FORMATS["xlsx"]
        )
    return to_save(StreamingHttpResponse(_text(sheets[0]), content_type=FORMATS["csv"]), called)


def text_link(table: Table[Any], rows: Iterable[Any]) -> str:
    """A text table as an address that holds it: what a page has shown already is saved without asking for it again."""
    return f"data:text/csv;charset=utf-8,{quote(''.join(_text(Sheet(table, [rows]))))}"


class _Line:
    """A file for the csv writer that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _text(sheet: Sheet) -> Iterator[str]:
    """The lines of a text table. They are made after the view has ended: in the language it spoke."""
    language = get_language()
    columns = sheet.table.in_file
    line: Callable[[Iterable[Any]], str] = csv.writer(_Line()).writerow
    yield "\ufeff" + line([plain(str(column.file_heading or column.heading)) for column in columns])
    for batch in sheet.batches:
        with override(language):
            lines = [line([_as_text(column.filed(row)) for column in columns]) for row in batch]
        yield "".join(lines)


def _as_text(value: FileValue) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else str(value)


def _workbook(sheets: list[Sheet]) -> io.BytesIO:
    kept = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        for sheet in sheets:
            _write(book, sheet)
    kept.seek(0)
    return kept


def _write(book: Any, sheet: Sheet) -> None:
    columns = sheet.table.in_file
    page = book.add_worksheet(_NOT_IN_SHEET_NAMES.sub(" ", str(sheet.table.caption))[:_MAX_SHEET_NAME])
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    formats = [book.add_format({"num_format": column.kind.excel}) for column in columns]
    for place, (column, form) in enumerate(zip(columns, formats, strict=True)):
        page.set_column(place, place, column.kind.width, form)
        page.write_string(0, place, plain(str(column.file_heading or column.heading)), bold)
    rows = (row for batch in sheet.batches for row in batch)
    for number, row in enumerate(rows, start=1):
        for place, (column, form) in enumerate(zip(columns, formats, strict=True)):
            _write_cell(page, number, place, column.filed(row), form)


def _write_cell(page: Any, number: int, place: int, value: FileValue, form: Any) -> None:
    if value is None:
        page.write_blank(number, place, None, form)
    elif isinstance(value, str):
        page.write_string(number, place, plain(value), form)
    elif isinstance(value, date):
        page.write_datetime(number, place, value, form)
    else:
        page.write_number(number, place, value, form)
