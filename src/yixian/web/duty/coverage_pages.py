"""看板: coverage today or on any day, over time and place by place; the three tiers, loads, leavings, hand-overs, requests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yixian.duty.choices import AbsenceKind
from yixian.duty.queries import (
    absences,
    coverage_board,
    handover_counts,
    latest_run,
    loads,
    requests,
    tiers,
    weeks,
)
from yixian.duty.queries.coverage_board import CoverageBoard
from yixian.registry.queries import area_chain, get_area
from yixian.web.duty.board_tables import COVERAGE, LOADS, CoverageRow
from yixian.web.duty.coverage_chart import WEEKS_CHART
from yixian.web.duty.place_and_day import requested_area, requested_day, sole_root
from yixian.web.request_actor import actor_of
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.file_names import file_name, own_place

_ORGANISATIONS_SHOWN = 8


@require_GET
def county_board(request: HttpRequest) -> HttpResponse:
    """The board of everything in reach."""
    return _board(request, sole_root(actor_of(request)))


@require_GET
def area_board(request: HttpRequest, area_id: int) -> HttpResponse:
    """The board of one place."""
    return _board(request, get_area(actor_of(request), area_id))


@require_GET
def over_time(request: HttpRequest) -> HttpResponse:
    """The weeks before and after today, drawn and as a table. Asked for by the board, because it takes a moment."""
    actor = actor_of(request)
    area, on = requested_area(request, actor), timezone.localdate()
    found = weeks(actor, on=on, area_path=area.path if area else "")
    context = {
        "weeks": found,
        "weeks_chart": WEEKS_CHART,
        "area": area,
        "any": any(week.total for week in found),
    }
    name = "duty/weeks.html" if getattr(request, "htmx", False) else "duty/weeks_page.html"
    return render(request, name, context)


@require_GET
def coverage_export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The board as a file: coverage place by place, and in a workbook also the loads of the bodies."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    shown = coverage_board(actor, area, on=on)
    name = area.label if area else gettext("Everything in reach")
    rows = [*_places(shown, on), CoverageRow(name, None, on, shown.whole)]
    found = loads(actor, on=on, area_path=area.path if area else "")
    called = file_name(gettext("People beside households"), area.label if area else own_place(actor), on=on)
    return table_file([Sheet(COVERAGE, [rows]), Sheet(LOADS, [found])], called, file_format)


def _places(shown: CoverageBoard, on: date) -> list[CoverageRow]:
    return [CoverageRow(row.area.label, row.area.pk, on, row.figures) for row in shown.places]


def _board(request: HttpRequest, area: Any) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    today, on = timezone.localdate(now), requested_day(request)
    path = area.path if area else ""
    away = absences(actor, on=today, at=now, area_path=path)
    found = loads(actor, on=on, area_path=path)
    run = latest_run(actor)
    shown = coverage_board(actor, area, on=on)
    context: dict[str, Any] = {
        "area": area,
        "chain": area_chain(area) if area else [],
        "on": on,
        "today": today,
        "board": shown,
        "coverage": COVERAGE,
        "places": _places(shown, on),
        "load_table": LOADS,
        "tiers": tiers(actor, path, on=on),
        "both": found[:2],
        "organisations": found[2 : 2 + _ORGANISATIONS_SHOWN],
        "more_organisations": max(0, len(found) - 2 - _ORGANISATIONS_SHOWN),
        "sudden": [row for row in away if row.kind == AbsenceKind.SUDDEN and row.covered_at is None],
        "leavings": [row for row in away if row.kind != AbsenceKind.SUDDEN],
        "handovers": handover_counts(actor, on=today, area_path=path),
        "requests": requests(actor, open_only=True, area_path=path),
        "shortages": [row for row in run.shortages if _touches(row.area, path)] if run else [],
    }
    return render(request, "duty/board.html", context)


def _touches(area: Any, path: str) -> bool:
    """Whether a shortage lies in the place, or around it."""
    return area is None or area.path.startswith(path) or path.startswith(area.path)
