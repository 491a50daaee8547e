"""报告上纸: the facts as a PDF for the file, the same bytes for the same facts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.working_groups.report.report_facts import Facts
from yixian.working_groups.report.report_tables import ReportTable, shown, tables_of

_TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(facts: Facts) -> bytes:
    """The report, printed."""
    return render_pdf(report_document(facts))


def report_document(facts: Facts) -> PdfDocument:
    """What is printed, in the language of the facts."""
    day = datetime.fromisoformat(facts["at"])
    summary, *tables = tables_of(facts)
    tally = facts["similar_matters"]
    data = {
        "lang": facts["lang"],
        "title": facts["title"],
        "heading": _("Evidence report of a working group"),
        "date": printed_date(day),
        "missing_words": _("These characters are missing from the printer's case:"),
        "nothing": _("None."),
        "similar_matters": household_count_sentence(tally["households"], tally["villages"], tally["others"]),
        "bars": [[row[0], row[1], row[2]] for row in tally["count_periods"]],
        "most": max((row[2] for row in tally["count_periods"]), default=1),
        "summary": [[str(name), shown(value)] for name, value in summary.rows],
        "tables": [
            {
                "name": table.name,
                "titles": list(table.titles),
                "numeric": [_is_numeric(table, column) for column in range(len(table.titles))],
                "rows": [[shown(value) for value in row] for row in table.rows],
            }
            for table in tables
        ],
        "nobody": _(
            "This report names no household. Of those who asked, fewer than ten are never counted apart."
        ),
    }
    return PdfDocument(_TEMPLATE, data)


def household_count_sentence(households: int, villages: int, others: int) -> str:
    """How many asked, in a sentence; that they are few where there are fewer than ten."""
    if not households:
        return _("Fewer than ten households have asked so far.")
    told = ngettext(
        "%(households)s households in %(villages)s village ask the same under this clause.",
        "%(households)s households in %(villages)s villages ask the same under this clause.",
        villages,
    ) % {"households": households, "villages": villages}
    if not others:
        return told
    more = _("Besides, at least %(others)s matters that name no household.") % {"others": others}
    return f"{told} {more}" if told.endswith(".") else f"{told}{more}"


def _is_numeric(table: ReportTable, column: int) -> bool:
    return any(isinstance(row[column], Decimal | int) for row in table.rows) and len(table.titles) > 2
