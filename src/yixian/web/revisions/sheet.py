"""证据下载: what a draft would do, as a workbook with every household, and on paper for the file and the table."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.domain.cells import plain
from yixian.kernel.languages import language
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.lazy_imports import xlsxwriter
from yixian.revisions.queries import RevisionView, get_revision, revision_view
from yixian.web.paper.single import pdf
from yixian.web.request_actor import actor_of
from yixian.web.revisions.evidence import Evidence, EvidenceTable, evidence_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE = Path(__file__).with_name("evidence.typ")


@require_GET
def evidence(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The whole comparison as a workbook, for those who were not there."""
    view, found = _asked(request, revision_id)
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        sheets = _Sheets(book)
        for table in (found.summary, *found.tables, found.households):
            sheets.add(table)
    response = HttpResponse(written.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_name(view)}.xlsx"'
    return response


@require_GET
def evidence_paper(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The comparison on paper, with every household that would lose; those that gain stand in the workbook."""
    view, found = _asked(request, revision_id)
    return pdf(render_pdf(evidence_order(view, found)), f"{_name(view)}.pdf")


def evidence_order(view: RevisionView, found: Evidence) -> PdfDocument:
    """The paper in the language being spoken; the same comparison gives the same bytes."""
    if view.comparison is None:
        raise ValueError("evidence stands on a comparison")
    day = timezone.localdate(view.comparison.at)
    tables = [*found.tables, found.losing]
    data = {
        "lang": language(),
        "title": view.revision.title,
        "heading": _("What the draft would do"),
        "date": printed_date(day),
        "missing_words": _("These characters are missing from the printer's case:"),
        "rest": _("Households that gain, one by one: in the workbook of the same comparison."),
        "nobody": _("None."),
        "summary": [[str(name), _shown(value)] for name, value in found.summary.rows],
        "tables": [
            {
                "name": table.name,
                "titles": list(table.titles),
                "numeric": [_is_numeric(table, column) for column in range(len(table.titles))],
                "rows": [[_shown(value) for value in row] for row in table.rows],
            }
            for table in tables
        ],
    }
    return PdfDocument(_TEMPLATE, data)


def _asked(request: HttpRequest, revision_id: int) -> tuple[RevisionView, Evidence]:
    actor = actor_of(request)
    view = revision_view(get_revision(actor, revision_id))
    return view, evidence_of(actor, view)


def _name(view: RevisionView) -> str:
    return f"revision-{view.revision.pk}-draft-{view.draft.number}"


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value if value is not None else "—")


def _is_numeric(table: EvidenceTable, column: int) -> bool:
    return any(isinstance(row[column], Decimal | int) for row in table.rows)


class _Sheets:
    """Sheets of a workbook, each a table with a head that stays in view."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._money = book.add_format({"num_format": "#,##0.00"})

    def add(self, table: EvidenceTable) -> None:
        sheet = self._book.add_worksheet(table.name)
        for column, title in enumerate(table.titles):
            sheet.write_string(0, column, title, self._bold)
        sheet.freeze_panes(1, 0)
        widths = [len(title) for title in table.titles]
        for number, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(number, column, value, self._money)
                elif isinstance(value, int):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, plain(str(value)))
                widths[column] = max(widths[column], len(str(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(60, 4 + 2 * width))
