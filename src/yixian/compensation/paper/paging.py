"""页码: page numbers of account sheets, exact and yet quick.

A sheet of few lines is one page and says so outright; only longer ones have their pages counted by the compiler, which
costs it a second layout. Whether the short ones really were one page each is then checked against the document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from yixian.kernel.pdf_rendering import PdfDocument, page_count, render_pdf

_FEW_LINES = 14
_FEW_LINES_LARGE = 5

Sheet = dict[str, Any]


def set_statements(order: PdfDocument) -> bytes:
    """The sheets of a `statement_order` as a PDF in which every page says which of how many it is."""
    few = _FEW_LINES_LARGE if order.data["large"] else _FEW_LINES
    longer = [sheet for sheet in order.data["sheets"] if len(sheet["lines"]) > few]
    pdf = render_pdf(_counting(order, lambda sheet: len(sheet["lines"]) > few))
    if page_count(pdf) == _pages_if_short_ones_fit(order, longer):
        return pdf
    return render_pdf(_counting(order, lambda _sheet: True))


def _pages_if_short_ones_fit(order: PdfDocument, longer: list[Sheet]) -> int:
    pages = len(order.data["sheets"]) - len(longer)
    if longer:
        alone = replace(order, data={**order.data, "sheets": longer})
        pages += page_count(render_pdf(_counting(alone, lambda _sheet: True)))
    return pages


def _counting(order: PdfDocument, counted: Callable[[Sheet], bool]) -> PdfDocument:
    sheets = [{**sheet, "counted": counted(sheet)} for sheet in order.data["sheets"]]
    return replace(order, data={**order.data, "sheets": sheets})
