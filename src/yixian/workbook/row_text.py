"""成行写入: many rows of plain cells written at once — the very bytes xlsxwriter writes, in a fifth of its time.

xlsxwriter looks at every cell through six functions, which for a county of two million cells takes half a minute. In its
``constant_memory`` mode a finished row is text in a file of its own; `write_rows` writes that text itself. It stands on
xlsxwriter's inside, so `tests/workbook/test_row_text.py` holds its bytes against those of xlsxwriter's own cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from yixian.lazy_imports import xlsxwriter

_FIRST_DAY = date(1899, 12, 31)
_LEAP_DAY_OF_1900 = 60
"""Spreadsheets count a 29 February 1900 that never was, so later days have one more."""


def write_rows(
    page: Any, first: int, rows: Iterable[Sequence[object]], styles: Sequence[Any], day: Any
) -> int:
    """Write rows to a worksheet of a ``constant_memory`` workbook, from row ``first`` (0 is the first) on; how many there were.

    Empty cells ("" and None) are left out. ``styles`` are the formats of the columns (None for none), ``day`` that of dates.
    Whatever stands above must be written before, and nothing may be written below afterwards.
    """
    page._write_single_row(first)  # noqa: SLF001 - see above
    heads = [
        (f'<c r="{xlsxwriter.utility.xl_col_to_name(index)}', "" if style is None else _style(style))
        for index, style in enumerate(styles)
    ]
    write, of_days, number = page.row_data_fh.write, _style(day), first
    for number, row in enumerate(rows, first + 1):
        cells = [
            f'{head}{number}"{_cell(page, value, style, of_days)}</c>'
            for (head, style), value in zip(heads, row, strict=True)
            if value is not None and value != ""
        ]
        if cells:
            write(f'<row r="{number}">{"".join(cells)}</row>')
    if number > first:
        page.previous_row, page.dim_rowmax = number, number - 1
    return number - first


def _style(style: Any) -> str:
    return f' s="{style._get_xf_index()}"'  # noqa: SLF001


def _cell(page: Any, value: object, style: str, of_days: str) -> str:
    """What follows a cell's place."""
    if isinstance(value, date):
        return f"{of_days}><v>{_serial(value)}</v>"
    if isinstance(value, int | Decimal):
        return f"{style}><v>{value:.16G}</v>"
    text = str(value)[: page.xls_strmax]
    if not text.isprintable():
        text = page._escape_control_characters(text)  # noqa: SLF001
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'{style} t="inlineStr"><is><t{space}>{escape(text, quote=False)}</t></is>'


@lru_cache(maxsize=4096)
def _serial(value: date) -> str:
    """The number by which a spreadsheet knows a day (a moment's time of day never stands in our rows)."""
    day = value.date() if isinstance(value, datetime) else value
    days = (day - _FIRST_DAY).days
    return f"{days + (days >= _LEAP_DAY_OF_1900):.16G}"
