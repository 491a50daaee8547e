"""写工作簿: the one workbook, with bilingual headers, drop-downs, an instruction sheet and the list of item codes.

Codes and numbers of cards are written as text, so that no spreadsheet cuts eighteen digits to fifteen. Every text is
written as text: nothing that somebody typed can become a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from yixian.engines.entitlements import Pack, unit_word
from yixian.kernel.job_reports import Reporter, silent
from yixian.lazy_imports import xlsxwriter
from yixian.workbook.cells_shown import shown
from yixian.workbook.row_text import write_rows
from yixian.workbook.schema import SHEETS, Column, Kind, Sheet

HEADER_ROWS = 2
INSTRUCTIONS = "说明"
ITEM_CODES = "指标代码"
_SPARE_ROWS = 2000
_CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""One creation date for all, so that the same content is the same file."""
_TEXT_KINDS = frozenset({Kind.CODE, Kind.ID_NUMBER, Kind.PHONE, Kind.PUBLIC_PHONE, Kind.ACCOUNT})


@dataclass(frozen=True, slots=True)
class _Formats:
    """The cell formats of one workbook."""

    header: Any
    head_required: Any
    second: Any
    text: Any
    day: Any
    title: Any
    wrapped: Any


def write_workbook(
    path: Path,
    rows: Mapping[str, Iterable[Mapping[str, object]]],
    *,
    pack: Pack | None = None,
    report: Reporter = silent,
) -> int:
    """Write rows (by sheet key; values typed as the register holds them) and return how many there were.

    A sheet without rows is written empty, with room and drop-downs for the clerk. ``pack`` supplies the item codes.
    """
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "移民安置工作簿", "created": _CREATED})
        formats = _formats(book)
        _write_instructions(book, formats)
        for number, sheet in enumerate(SHEETS):
            report(gettext_noop("Writing the workbook"), number, len(SHEETS))
            count += _write_sheet(book, formats, sheet, rows.get(sheet.key, ()))
        if pack is not None:
            _write_item_codes(book, formats, pack)
    report(gettext_noop("Writing the workbook"), len(SHEETS), len(SHEETS))
    return count


def _write_sheet(book: Any, formats: _Formats, sheet: Sheet, rows: Iterable[Mapping[str, object]]) -> int:
    page = book.add_worksheet(sheet.zh)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _width(column), formats.text if column.kind in _TEXT_KINDS else None)
    page.freeze_panes(HEADER_ROWS, 1)
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.zh, formats.head_required if column.required else formats.header)
    for index, column in enumerate(sheet.columns):
        page.write_string(1, index, column.en, formats.second)
    cells = ([shown(column, row.get(column.key)) for column in sheet.columns] for row in rows)
    styles = [formats.text if column.kind in _TEXT_KINDS else None for column in sheet.columns]
    count = write_rows(page, HEADER_ROWS, cells, styles, formats.day)
    last = max(HEADER_ROWS + count - 1, _SPARE_ROWS)
    for index, column in enumerate(sheet.columns):
        _add_list(page, column, index, last)
    page.autofilter(HEADER_ROWS - 1, 0, last, len(sheet.columns) - 1)
    return count


def _add_list(page: Any, column: Column, index: int, last: int) -> None:
    if column.kind in {Kind.CHOICE, Kind.YES_NO}:
        words = [zh for zh, _en in column.choices.values()]
        page.data_validation(
            HEADER_ROWS,
            index,
            last,
            index,
            {
                "validate": "list",
                "source": words,
                "error_title": column.zh,
                "error_message": column.help_zh[:200],
            },
        )


def _write_instructions(book: Any, formats: _Formats) -> None:
    page = book.add_worksheet(INSTRUCTIONS)
    for index, width in enumerate((14, 18, 22, 8, 30, 42, 42, 24)):
        page.set_column(index, index, width, formats.wrapped)
    page.write_string(0, 0, "填表说明 How to fill in this workbook", formats.title)
    for number, line in enumerate(_ADVICE, 1):
        page.write_string(number, 0, line)
    number = len(_ADVICE) + 2
    for index, word in enumerate(
        ("工作表", "列", "Column", "必填", "可填 Choices", "说明", "Explanation", "例 Example")
    ):
        page.write_string(number, index, word, formats.header)
    for sheet in SHEETS:
        for column in sheet.columns:
            number += 1
            words = "、".join(zh for zh, _en in column.choices.values())
            cells = (
                f"{sheet.zh} {sheet.en}", column.zh, column.en, "是" if column.required else "", words, column.help_zh,
                column.help_en, column.example,
            )  # fmt: skip
            for index, cell in enumerate(cells):
                page.write_string(number, index, cell, formats.wrapped)


def _write_item_codes(book: Any, formats: _Formats, pack: Pack) -> None:
    page = book.add_worksheet(ITEM_CODES)
    for index, width in enumerate((32, 32, 36, 12, 12)):
        page.set_column(index, index, width)
    page.freeze_panes(1, 0)
    for index, word in enumerate(("指标代码", "名称", "Name", "单位", "Unit")):
        page.write_string(0, index, word, formats.header)
    for number, item in enumerate(pack.items.values(), 1):
        cells = (
            item.code,
            item.name_zh,
            item.name_en,
            unit_word(pack, item.unit, "zh"),
            unit_word(pack, item.unit, "en"),
        )
        for index, cell in enumerate(cells):
            page.write_string(number, index, cell)


def _formats(book: Any) -> _Formats:
    header = {"bold": True, "bg_color": "#0f5c5c", "font_color": "#ffffff", "border": 1}
    return _Formats(
        header=book.add_format(header),
        head_required=book.add_format(header | {"bg_color": "#7a2e1f"}),
        second=book.add_format({"italic": True, "font_color": "#555555", "bottom": 1}),
        text=book.add_format({"num_format": "@"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        title=book.add_format({"bold": True, "font_size": 16}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _width(column: Column) -> int:
    return max(12, min(36, len(column.example) + 4, 36), len(column.zh) * 2 + 4)


_ADVICE = (
    "1. 深红色表头的列必填。每行一条，不要合并单元格，不要写公式。",
    "   Columns with a dark red head are required; one row each, no merged cells, no formulas.",
    "2. 编号、身份证号、账号按文本填写，全部用半角数字。",
    "   Write codes, ID numbers and accounts as text, in half-width digits.",
    "3. 日期写成 年-月-日，如 2024-06-10。 Write dates as YYYY-MM-DD.",
    "4. 同一编号再次导入就是更正：系统先给出差异，确认后才入库；表中没有的不会被删除。",
    "   The same number again is a correction: differences are shown first; what is absent is never deleted.",
    "5. 有任何错误时整本不入库，系统退回同一本工作簿，并在每行末尾写明错误和改法。",
    "   With any error nothing is applied, and the same workbook comes back with what to do at the end of each row.",
)
