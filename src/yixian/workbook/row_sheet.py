"""大表: a worksheet that writes many rows of plain cells at once — the very bytes xlsxwriter writes, in a fifth of its time.

xlsxwriter looks at every cell through six functions, which for a county of two million cells takes half a minute. In its
``constant_memory`` mode a finished row is text in a file of its own; `write_rows` writes that text itself. It stands on
xlsxwriter's inside, so `tests/workbook/test_row_sheet.py` holds its bytes against those of xlsxwriter's own cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_FIRST_DAY = date(1899, 12, 31)
_LEAP_DAY_OF_1900 = 60
"""Spreadsheets count a 29 February 1900 that never was, so later days have one more."""


class RowSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet with `write_rows`; everything else as ever."""

    def write_rows(
        self, first: int, rows: Iterable[Sequence[object]], styles: Sequence[Format | None], day: Format
    ) -> int:
        """Write rows from row ``first`` (0 is the first) on and return how many; nothing may be written below before.

        Empty cells ("" and None) are left out. ``styles`` are the formats of the columns, ``day`` that of dates.
        """
        self._write_single_row(first)
        letters = [xl_col_to_name(index) for index in range(len(styles))]
        own = ["" if style is None else f' s="{style._get_xf_index()}"' for style in styles]  # noqa: SLF001
        write, number = self.row_data_fh.write, first
        self._serials: dict[date, str] = {}
        for number, row in enumerate(rows, first + 1):
            cells = [
                self._cell(f'r="{letters[index]}{number}"', own[index], value, day)
                for index, value in enumerate(row)
                if value is not None and value != ""
            ]
            if cells:
                write(f'<row r="{number}">{"".join(cells)}</row>')
        if number > first:
            self.previous_row = number
            self.dim_rowmax = max(self.dim_rowmax or 0, number - 1)
        return number - first

    def _cell(self, place: str, style: str, value: object, day: Format) -> str:
        if isinstance(value, str):
            return f'<c {place}{style} t="inlineStr"><is>{self._text(value)}</is></c>'
        if isinstance(value, date):
            return f'<c {place} s="{day._get_xf_index()}"><v>{self._serial(value)}</v></c>'  # noqa: SLF001
        if isinstance(value, int | Decimal):
            return f"<c {place}{style}><v>{_number(value)}</v></c>"
        return f'<c {place}{style} t="inlineStr"><is>{self._text(str(value))}</is></c>'

    def _text(self, text: str) -> str:
        text = text[: self.xls_strmax]
        if not text.isprintable():
            text = self._escape_control_characters(text)
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f"<t{space}>{escape(text, quote=False)}</t>"

    def _serial(self, day: date) -> str:
        found = self._serials.get(day)
        if found is None:
            found = self._serials[day] = _number(_serial_of(day))
        return found


def _serial_of(value: date) -> int:
    """The number by which a spreadsheet knows a day (a moment's time of day is never in our rows)."""
    day = value.date() if isinstance(value, datetime) else value
    days = (day - _FIRST_DAY).days
    return days + (days >= _LEAP_DAY_OF_1900)


def _number(value: Any) -> str:
    """A number as xlsxwriter writes it: at most sixteen digits."""
    return f"{value:.16G}"
