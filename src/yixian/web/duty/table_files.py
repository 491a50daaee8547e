"""表格文件: tables of this room as a workbook with a sheet each, or one table as text, in which nothing acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from yixian.domain.cells import plain
from yixian.lazy_imports import xlsxwriter
from yixian.web.ui.exports import FORMATS

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A title, headings, and rows of texts and whole numbers."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def table_response(tables: Sequence[ExportTable], file_name: str, file_format: str) -> HttpResponse:
    """The tables as a file to save. A text file holds the first alone."""
    kind, suffix = FORMATS[file_format], file_format
    content = _workbook(tables) if file_format == "xlsx" else _text(tables[0])
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{suffix}"'
    return response


def _workbook(tables: Sequence[ExportTable]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for table in tables:
        sheet = book.add_worksheet(table.title[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 24, text)
        sheet.set_column(1, max(len(table.headings) - 1, 1), 16)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, bold)
        for number, cells in enumerate(table.rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, plain(cell or ""), text)
    book.close()
    return buffer.getvalue()


def _text(table: ExportTable) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.headings)
    writer.writerows(
        [plain(cell) if isinstance(cell, str) else cell for cell in cells] for cells in table.rows
    )
    return ("\ufeff" + text.getvalue()).encode()
