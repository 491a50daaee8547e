"""报告上纸: the facts as a PDF for the file, the same bytes for the same facts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixian.kernel.typesetting import Order, printed_date, typeset
from yixian.working_groups.report.facts import Facts
from yixian.working_groups.report.tables import Table, shown, tables_of

_TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(facts: Facts) -> bytes:
    """The report, printed."""
    return typeset(report_order(facts))


def report_order(facts: Facts) -> Order:
    """What is printed, in the language of the facts."""
    day = datetime.fromisoformat(facts["at"])
    summary, *tables = tables_of(facts)
    heard = facts["voices"]
    data = {
        "lang": facts["lang"],
        "title": facts["title"],
        "heading": _("Evidence report of a working group"),
        "date": printed_date(day),
        "missing_words": _("These characters are missing from the printer's case:"),
        "nothing": _("None."),
        "voices": voices_sentence(heard["households"], heard["villages"], heard["others"]),
        "bars": [[row[0], row[1], row[2]] for row in heard["stretches"]],
        "most": max((row[2] for row in heard["stretches"]), default=1),
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
    return Order(_TEMPLATE, data)


def voices_sentence(households: int, villages: int, others: int) -> str:
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


def _is_numeric(table: Table, column: int) -> bool:
    return any(isinstance(row[column], Decimal | int) for row in table.rows) and len(table.titles) > 2
