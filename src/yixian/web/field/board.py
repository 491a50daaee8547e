"""走访情况: how often households are visited against the rule, and who waits longest; the same as a table to take along."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.domain.cells import plain
from yixian.duty.queries import beside_many
from yixian.registry.access import Part, parts_for
from yixian.visits.queries import unvisited_longest, visit_board
from yixian.visits.rows import VisitFigures
from yixian.web.asking import actor_of


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board of the households in reach."""
    actor, today = actor_of(request), timezone.localdate()
    longest = list(unvisited_longest(actor, on=today))
    beside = beside_many([row.pk for row in longest if Part.DUTY in parts_for(actor, row)], on=today)
    context = {
        "board": visit_board(actor, on=today),
        "longest": [
            {
                "household": row,
                "days": None if row.last_on is None else (today - row.last_on).days,
                "beside": beside.get(row.pk, []),
            }
            for row in longest
        ],
        "today": today,
    }
    return render(request, "field/board.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Townships and bodies as a text table."""
    today = timezone.localdate()
    shown = visit_board(actor_of(request), on=today)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_titles())
    for kind, rows in ((_("Township"), shown.townships), (_("Body"), shown.bodies)):
        writer.writerows([kind, *_cells(row)] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="visits-{today}.csv"'
    return response


def _titles() -> list[str]:
    return [
        _("Kind"),
        _("Name"),
        _("Households"),
        _("Visited within the rule"),
        _("Share, per cent"),
        _("Never visited"),
        _("Days since the last visit, median"),
        _("Promises open"),
        _("Promises overdue"),
        _("Promises not kept"),
    ]


def _cells(row: VisitFigures) -> list[object]:
    return [
        plain(row.label),
        row.households,
        row.within,
        "" if row.per_cent is None else row.per_cent,
        row.never,
        "" if row.median_days is None else f"{row.median_days:g}",
        row.open,
        row.overdue,
        row.broken,
    ]
