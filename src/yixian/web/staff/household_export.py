"""列表导出: a list of households as a spreadsheet or as a text table, in which nothing can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yixian.domain.cells import plain
from yixian.domain.money import format_fen
from yixian.lazy_imports import xlsxwriter

__all__ = ["TABLE_FORMATS", "plain", "write_table"]

TABLE_FORMATS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("text/csv; charset=utf-8", "csv"),
}

_WIDTHS = (18, 12, 16, 10, 16, 12, 12, 18)


def write_table(households: Iterable[Any], accounts: Mapping[int, Any], file_format: str) -> bytes:
    """The list with one row a household, in the reader's language. Amounts are texts, exact to the fen."""
    rows = (_cells(household, accounts.get(household.pk)) for household in households)
    return _spreadsheet(_headings(), rows) if file_format == "xlsx" else _text_table(_headings(), rows)


def _headings() -> list[str]:
    return [
        _("Household number"),
        _("Head of household"),
        _("Location"),
        _("Price zone"),
        _("Language"),
        _("Help needed"),
        _("Account"),
        _("Total, yuan"),
    ]


def _cells(household: Any, account: Any) -> list[str]:
    return [
        household.household_no,
        household.head.name if household.head else "",
        household.area.label,
        str(household.get_zone_display()),
        str(household.get_language_display()),
        str(household.difficulty),
        str(account.get_status_display()) if account else "",
        format_fen(account.total_fen) if account and account.total_fen is not None else "",
    ]


def _spreadsheet(headings: list[str], rows: Iterable[list[str]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Households"))
    sheet.freeze_panes(1, 0)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, heading, bold)
    for number, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, plain(cell))
    book.close()
    return buffer.getvalue()


def _text_table(headings: list[str], rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([plain(cell) for cell in cells] for cells in rows)
    return ("\ufeff" + text.getvalue()).encode()
