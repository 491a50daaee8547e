"""报告成册: the same tables as a workbook, with exact numbers, the same bytes for the same facts."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from yixian.domain.cells import plain
from yixian.lazy_imports import xlsxwriter
from yixian.working_groups.report.report_facts import Facts
from yixian.working_groups.report.report_tables import ReportTable, tables_of

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST = 60


def report_workbook(facts: Facts) -> bytes:
    """The report as an .xlsx file, one sheet a table."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        book.set_properties({"title": facts["title"], "created": datetime.fromisoformat(facts["at"])})
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        for table in tables_of(facts):
            _add(book.add_worksheet(table.name), table, bold, money)
    return written.getvalue()


def _add(sheet: Any, table: ReportTable, bold: Any, money: Any) -> None:
    for column, title in enumerate(table.titles):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    widths = [len(title) for title in table.titles]
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, column, value, money)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, plain(str(value)))
            widths[column] = max(widths[column], len(str(value)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(_WIDEST, 4 + 2 * width))
