"""证据下载: what a draft would do, as a workbook with every household, and on paper for the file and the table."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.kernel.languages import language
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.revisions.queries import get_revision, revision_view
from yixian.revisions.revision_read_models import RevisionView
from yixian.web.paper.single import pdf
from yixian.web.request_actor import actor_of
from yixian.web.revisions.evidence import Evidence, EvidenceTable, evidence_of
from yixian.web.ui.cells import NUMBER, Kind
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.file_names import file_name
from yixian.web.ui.tables import Column, Empty
from yixian.web.ui.tables import Table as Declared

_TEMPLATE = Path(__file__).with_name("evidence.typ")


@require_GET
def evidence(request: HttpRequest, revision_id: int) -> HttpResponseBase:
    """The whole comparison as a workbook, for those who were not there."""
    view, found = _asked(request, revision_id)
    tables = (found.summary, *found.tables, found.households)
    return table_file([sheet_of(table) for table in tables], _name(view), "xlsx")


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
    return file_name(
        view.revision.title,
        _("What the draft would do"),
        _("Draft %(number)s") % {"number": view.draft.number},
    )


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value if value is not None else "—")


def _is_numeric(table: EvidenceTable, column: int) -> bool:
    return any(isinstance(row[column], Decimal | int) for row in table.rows)


_TEXTS = Kind("", str, str, width=24)
_SUMS = Kind("right num", str, lambda yuan: yuan, "#,##0.00", 18)
_MIXED = Kind("", str, lambda value: value, "General", 40)


def sheet_of(table: EvidenceTable) -> Sheet:
    """A table of the evidence as a sheet: sums and counts are numbers, everything else is text."""
    columns = tuple(
        Column(str(place), title, itemgetter(place), _kind(table, place))
        for place, title in enumerate(table.titles)
    )
    return Sheet(Declared(table.name, columns, Empty("")), [table.rows])


def _kind(table: EvidenceTable, column: int) -> Kind:
    """The kind of a column by what stands in it; a column of several kinds is left as it is."""
    kinds = {type(row[column]) for row in table.rows if row[column] not in {None, ""}}
    if kinds <= {str}:
        return _TEXTS
    return {frozenset({Decimal}): _SUMS, frozenset({int}): NUMBER}.get(frozenset(kinds), _MIXED)
