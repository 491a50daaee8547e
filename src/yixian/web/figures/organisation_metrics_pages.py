"""机构数字页: every body's figures, and the matters behind one of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yixian.domain.cells import plain
from yixian.matters.figures.metrics_queries import OrganisationMetricsView, matters_behind, metrics_page
from yixian.matters.figures.organisation_metrics import MEASURES as NAMES
from yixian.web.figures.measures import GROUPS, MEASURES
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@dataclass(frozen=True, slots=True)
class MetricCell:
    """One figure of a body: its name, and how many."""

    measure: str
    label: str
    count: int


@require_GET
def metrics_table(request: HttpRequest) -> HttpResponse:
    """Every body that had anything in hand in the last year, in the county's own order: this is no ranking."""
    figures = metrics_page(actor_of(request))
    groups = [
        (title, [(name, MEASURES[name]) for name in names], _table(figures.rows, names) if figures else [])
        for title, names in GROUPS
    ]
    grounds = [
        (row.organisation, ground, count)
        for row in (figures.rows if figures else ())
        for ground, count in row.grounds.items()
    ]
    return render(
        request,
        "figures/organisation_metrics.html",
        {"figures": figures, "groups": groups, "grounds": grounds},
    )


@require_GET
def metrics_export(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    figures = metrics_page(actor_of(request))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [_("Body"), *(str(MEASURES[name]) for name in NAMES), *(str(one) for one in _DAYS.values())]
    )
    for row in figures.rows if figures else ():
        counts = [row.counts[name] for name in NAMES]
        writer.writerow([plain(row.organisation), *counts, *(getattr(row, name) for name in _DAYS)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="desks-{timezone.localdate()}.csv"'
    return response


_DAYS = {
    "median_days": gettext_lazy("days in hand, median"),
    "p90_days": gettext_lazy("of ten, nine within"),
    "median_working_days": gettext_lazy("working days, median"),
    "p90_working_days": gettext_lazy("of ten, nine within, working days"),
    "hand_overs_median": gettext_lazy("hand-overs a matter, median"),
    "hand_overs_most": gettext_lazy("hand-overs a matter, most"),
}


@require_GET
def metrics_matters(request: HttpRequest, organisation_id: int, measure: str) -> HttpResponse:
    """The matters that make up one figure, as far as the reader may see them."""
    organisation, rows = matters_behind(actor_of(request), organisation_id, measure, at=timezone.now())
    context: dict[str, Any] = {
        "organisation": organisation,
        "measure": MEASURES[measure],
        "page": page_of(rows, request.GET.get("page")),
    }
    return render(request, "figures/behind.html", context)


def _table(
    rows: tuple[OrganisationMetricsView, ...], names: tuple[str, ...]
) -> list[tuple[OrganisationMetricsView, list[MetricCell]]]:
    """Rows of the bodies of which there is anything in a group."""
    found = [
        (row, [MetricCell(name, str(MEASURES[name]), row.counts[name]) for name in names]) for row in rows
    ]
    return [(row, cells) for row, cells in found if any(cell.count for cell in cells)]
