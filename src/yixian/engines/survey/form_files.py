"""调查表成文件: an XLSForm as a workbook (.xlsx), and as the XForm (.xml) that pyxform makes of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from yixian.engines.survey.xlsform import (
    CHOICE_COLUMNS,
    SETTING_COLUMNS,
    SURVEY_COLUMNS,
    Row,
    XlsForm,
)
from yixian.lazy_imports import xls2xform, xlsxwriter

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""What a workbook says of when it was made."""


def workbook(form: XlsForm) -> bytes:
    """The XLSForm as a workbook, the same bytes for the same form."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _LONG_AGO})
        _sheet(book, "survey", SURVEY_COLUMNS, form.survey)
        _sheet(book, "choices", CHOICE_COLUMNS, form.choices)
        _sheet(book, "settings", SETTING_COLUMNS, [form.settings])
    return stream.getvalue()


def xform(book: bytes) -> str:
    """The XForm of an XLSForm's workbook, as ODK Collect and Enketo take it."""
    found: str = xls2xform.convert(io.BytesIO(book), file_type=".xlsx", validate=False).xform
    return found


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate([{head: head for head in columns}, *rows]):
        for column, head in enumerate(columns):
            if row.get(head):
                sheet.write_string(number, column, row[head])
