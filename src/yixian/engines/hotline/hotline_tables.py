"""清单文件: a workbook or a text table as rows of raw cells, with the faults of its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from yixian.engines.hotline.hotline_columns import MAX_ROWS
from yixian.engines.hotline.hotline_faults import HotlineFault, fault
from yixian.engines.spreadsheets.archive import FIRST_DAY, Archive, FileFault, open_archive
from yixian.engines.spreadsheets.page_form import (
    PageForm,
    PageTooLarge,
    UnreadablePage,
    column_letters,
    page_form,
)

MAX_BYTES = 50 * 1024 * 1024
TOPICS_SHEET = "类别"
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_CELLS = 2_000_000
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DELIMITERS = ",\t;，"
_KINDS = {"file.not_workbook": "file.kind", "file.unusual": "file.kind"}


@dataclass(slots=True)
class HotlineTable:
    """Rows of raw cells by their row numbers, the first of them the heads; faults of the form, and the rows they spoil.

    ``first_day`` is the day from which bare numbers count days.
    """

    rows: list[tuple[int, Sequence[Any]]] = field(default_factory=list)
    faults: list[HotlineFault] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    first_day: date = FIRST_DAY

    def refuse(self, rule: str, **values: Any) -> HotlineTable:
        """The same with a fault of the whole file and no rows."""
        self.rows.clear()
        self.faults.append(fault(rule, **values))
        return self


def table_of(content: bytes) -> HotlineTable:
    """The table that a file holds. Never raises for a bad file."""
    if len(content) > MAX_BYTES:
        return HotlineTable().refuse("file.too_large")
    if content.startswith((_ZIP, _OLE)):
        return _limited(_workbook_table(content))
    return _limited(_text_table(content))


def _limited(table: HotlineTable) -> HotlineTable:
    count = len(table.rows) - 1
    if count > MAX_ROWS + 1:  # the template's row of notes is none of them
        return table.refuse("file.rows", rows=count, most=MAX_ROWS)
    if not table.rows and not table.faults:
        return table.refuse("file.empty")
    return table


def _workbook_table(content: bytes) -> HotlineTable:
    try:
        with open_archive(io.BytesIO(content), unpacked=_MAX_UNPACKED) as archive:
            return _first_sheet(CalamineWorkbook.from_filelike(io.BytesIO(content)), archive)
    except FileFault as error:
        return HotlineTable().refuse(_KINDS.get(error.rule, error.rule))
    except (UnreadablePage, CalamineError):
        return HotlineTable().refuse("file.kind")
    except PageTooLarge:
        return HotlineTable().refuse("file.too_large")


def _first_sheet(book: Any, archive: Archive) -> HotlineTable:
    first, *others = [name for name in book.sheet_names if archive.has_cells(name)] or book.sheet_names[:1]
    table = HotlineTable(first_day=archive.first_day)
    form = page_form(archive.page(first), most_cells=_MAX_CELLS)
    grid = book.get_sheet_by_name(first).to_python(skip_empty_area=False)
    spoiled = {number for number, _column in (*form.formulas, *form.errors)}
    table.rows = [
        (number, row)
        for number, row in enumerate(grid, 1)
        if number in spoiled or any(not _is_empty(cell) for cell in row)
    ]
    headers = table.rows[0][1] if table.rows else ()
    _note_form(table, form, headers)
    table.faults += [fault("sheet.other", sheet=name) for name in others if name != TOPICS_SHEET]
    return table


def _note_form(table: HotlineTable, form: PageForm, headers: Sequence[Any]) -> None:
    for rule, places in (("cell.formula", form.formulas), ("cell.error", form.lone_errors)):
        for row, column in places:
            table.spoiled.add(row)
            header = str(headers[column]).strip() if column < len(headers) else ""
            table.faults.append(fault(rule, row=row, column=header, letter=column_letters(column)))
    for merged in form.merged:
        table.spoiled.update(range(merged.first, min(merged.last, merged.first + _MAX_CELLS) + 1))
        header = str(headers[merged.column]).strip() if merged.column < len(headers) else ""
        table.faults.append(
            fault(
                "cell.merged",
                row=merged.first,
                column=header,
                letter=column_letters(merged.column),
                value=merged.range,
            )
        )


def _text_table(content: bytes) -> HotlineTable:
    text = _decoded(content)
    if text is None:
        return HotlineTable().refuse("file.encoding")
    if "\x00" in text:
        return HotlineTable().refuse("file.kind")
    table = HotlineTable()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(not _is_empty(cell) for cell in row):
                table.rows.append((number, row))
    except csv.Error:
        table.faults.append(fault("file.quotes", row=number + 1))
        table.spoiled.add(number + 1)
    return table


def _decoded(content: bytes) -> str | None:
    """UTF-8 if it is that, else GB 18030; UTF-16 where it begins so, as spreadsheets save “Unicode text”."""
    names = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """What parts the heads: a comma, unless another sign stands there more often."""
    headers = next((line for line in text.split("\n") if line.strip()), "")
    return max(_DELIMITERS, key=headers.count)


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
