"""清单模板: an empty list to fill in, with Chinese heads, a row that says what to write, and the topics to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from yixian.engines.hotline.hotline_columns import COLUMNS, MAX_ROWS, TOPICS
from yixian.engines.hotline.hotline_tables import TOPICS_SHEET
from yixian.lazy_imports import xlsxwriter

_CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""One creation date for all, so that the same template is the same file."""

_WIDTHS = {"no": 20, "received_at": 20, "name": 12, "phone": 16, "place": 28, "text": 70, "topic": 14}
_TEXT = frozenset({"no", "phone"})


def write_template(*, topics: Sequence[str] = TOPICS) -> bytes:
    """The template as an .xlsx workbook; the same bytes for the same topics (at least one)."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "12345 热线来件清单", "created": _CREATED})
        header = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        needed = book.add_format({"bold": True, "bg_color": "#E8EEF4", "font_color": "#A61C1C", "border": 1})
        note = book.add_format({"italic": True, "font_color": "#555555", "text_wrap": True})
        forms = {
            "text": book.add_format({"text_wrap": True}),
            "received_at": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        } | {key: book.add_format({"num_format": "@"}) for key in _TEXT}
        page = book.add_worksheet("来件")
        for index, column in enumerate(COLUMNS):
            page.set_column(index, index, _WIDTHS[column.key], forms.get(column.key))
            page.write_string(
                0, index, column.zh + ("*" if column.required else ""), needed if column.required else header
            )
            page.write_string(1, index, column.note, note)
        page.freeze_panes(2, 1)
        listed = book.add_worksheet(TOPICS_SHEET)
        for row, topic in enumerate(topics):
            listed.write_string(row, 0, topic)
        place = [column.key for column in COLUMNS].index("topic")
        choices = {
            "validate": "list",
            "source": f"={TOPICS_SHEET}!$A$1:$A${len(topics)}",
            "error_title": "类别",
            "error_message": "请从下拉单里选。",
        }
        page.data_validation(2, place, MAX_ROWS + 1, place, choices)
    return buffer.getvalue()
