"""看板: coverage today or on any day, over time and place by place; the three tiers, loads, leavings, hand-overs, requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.duty.choices import AbsenceKind
from yixian.duty.queries import (
    absences,
    assigned_helpers_of_many,
    coverage_board,
    handover_counts,
    latest_run,
    loads,
    requests,
    tiers,
    uncovered_households,
    weeks,
)
from yixian.kernel.actors import Actor
from yixian.registry.access import Part, parts_for
from yixian.registry.queries import area_chain, get_area
from yixian.web.duty.place_and_day import requested_area, requested_day, sole_root
from yixian.web.duty.table_files import ExportTable, table_response
from yixian.web.duty.weeks_chart import chart
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of

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
    context = {"weeks": found, "chart": chart(found), "area": area, "any": any(week.total for week in found)}
    name = "duty/weeks.html" if getattr(request, "htmx", False) else "duty/weeks_page.html"
    return render(request, name, context)


@require_GET
def load_list(request: HttpRequest) -> HttpResponse:
    """Loads and distances of every body that works in a place."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    found = loads(actor, on=on, area_path=area.path if area else "")
    context = {
        "area": area,
        "on": on,
        "both": found[:2],
        "page": page_of(found[2:], request.GET.get("page"), size=50),
    }
    return render(request, "duty/loads.html", context)


@require_GET
def uncovered(request: HttpRequest) -> HttpResponse:
    """The complete list of the households of a place that lack somebody on a day."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    rows = uncovered_households(actor, on=on, area_path=area.path if area else "").order_by("household_no")
    page = page_of(rows, request.GET.get("page"))
    assigned_helpers = _assigned_helpers(actor, page.rows, on)
    context = {
        "area": area,
        "on": on,
        "page": page,
        "rows": [(row, assigned_helpers.get(row.pk, [])) for row in page.rows],
    }
    return render(request, "duty/uncovered.html", context)


@require_GET
def coverage_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The board as a file: coverage place by place, and in a workbook also the loads of the bodies."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    shown = coverage_board(actor, area, on=on)
    name = area.label if area else _("Everything in reach")
    rows = [(row.area.label, row.figures) for row in shown.places]
    coverage = ExportTable(
        _("Coverage"),
        _coverage_headings(),
        [[label, str(on), *_cells(figures)] for label, figures in [*rows, (name, shown.whole)]],
    )
    return table_response([coverage, _load_table(actor, area, on)], f"coverage-{on}", file_format)


def _board(request: HttpRequest, area: Any) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    today, on = timezone.localdate(now), requested_day(request)
    path = area.path if area else ""
    away = absences(actor, on=today, at=now, area_path=path)
    found = loads(actor, on=on, area_path=path)
    run = latest_run(actor)
    context: dict[str, Any] = {
        "area": area,
        "chain": area_chain(area) if area else [],
        "on": on,
        "today": today,
        "board": coverage_board(actor, area, on=on),
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


def _assigned_helpers(actor: Actor, rows: Sequence[Any], on: date) -> dict[int, list[Any]]:
    return assigned_helpers_of_many([row.pk for row in rows if Part.DUTY in parts_for(actor, row)], on=on)


def _coverage_headings() -> list[str]:
    return [
        _("Place"),
        _("Day"),
        _("Households"),
        _("With a cadre"),
        _("With a party member"),
        _("With both"),
        _("One of the two is missing"),
        _("Only the township's lead"),
        _("Nobody at all"),
    ]


def _cells(figures: Any) -> list[int]:
    return [
        figures.households,
        figures.with_cadre,
        figures.with_member,
        figures.both,
        figures.one,
        figures.lead,
        figures.nobody,
    ]


def _load_table(actor: Actor, area: Any, on: date) -> ExportTable:
    headings = [
        _("Body"),
        _("Kind"),
        _("Helpers"),
        _("Households beside them"),
        _("Places in all"),
        _("Load, half have at most"),
        _("Load, nine in ten have at most"),
        _("Load, the most"),
        _("Way in metres, half are at most"),
        _("Way in metres, nine in ten are at most"),
        _("Way in metres, the longest"),
    ]
    rows = [
        [
            row.organisation.label if row.organisation else _("All bodies"),
            row.kind_label,
            row.helpers,
            row.households,
            row.places,
            row.load.p50,
            row.load.p90,
            row.load.most,
            row.way.p50,
            row.way.p90,
            row.way.most,
        ]
        for row in loads(actor, on=on, area_path=area.path if area else "")
    ]
    return ExportTable(_("Loads and ways"), headings, rows)
