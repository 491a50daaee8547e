"""概算总览: every head with what is approved, agreed and expected; the history; and the same as a table to take along."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.budget.access import APPROVERS, PROPOSERS
from yixian.budget.choices import BudgetKind, BudgetStatus
from yixian.budget.queries import amounts_of, before, budget_versions, get_budget_version, status_of
from yixian.compensation.queries import budget_head_board
from yixian.domain.cells import plain
from yixian.domain.money import format_fen
from yixian.kernel.languages import language
from yixian.registry.queries.areas import work_places
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@require_GET
def budget_board(request: HttpRequest) -> HttpResponse:
    """The heads of one place, and everything that was entered for it."""
    actor, today = actor_of(request), timezone.localdate()
    places = work_places(actor)
    area = _chosen(request, places)
    shown = budget_head_board(area, today) if area else None
    page = page_of(budget_versions(actor), request.GET.get("page"))
    context = {
        "places": places,
        "area": area,
        "board": shown,
        "page": page,
        "entries": [(row, status_of(row, today)) for row in page.rows],
        "may_enter": actor.has_any(PROPOSERS),
    }
    return render(request, "budget/board.html", context)


@require_GET
def budget_export(request: HttpRequest) -> HttpResponse:
    """The board as a text table, in yuan."""
    area = _chosen(request, work_places(actor_of(request)))
    text = io.StringIO()
    writer = csv.writer(text)
    titles = (
        _("Budget head"),
        _("Approved, yuan"),
        _("Added by decision, yuan"),
        _("Agreed, yuan"),
        _("Expected, yuan"),
        _("Left, yuan"),
    )
    writer.writerow(titles)
    if area:
        shown = budget_head_board(area, timezone.localdate())
        for row in [*shown.rows, shown.total]:
            sums = (row.approved_fen, row.added_fen, row.committed_fen, row.forecast_fen, row.left_fen)
            writer.writerow(
                [plain(row.title), *("" if fen is None else format_fen(fen).replace(",", "") for fen in sums)]
            )
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="budget-{timezone.localdate()}.csv"'
    return response


@require_GET
def budget_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """One entry: its sums beside those before it, who entered it, and what can be done with it."""
    actor, today = actor_of(request), timezone.localdate()
    entry = get_budget_version(actor, version_id)
    status = status_of(entry, today)
    earlier = before(entry) if entry.kind == BudgetKind.WHOLE else None
    earlier_fen = {budget_head.code: fen for budget_head, fen in amounts_of(earlier)} if earlier else {}
    rows = [
        (budget_head.title(language()), fen, earlier_fen.get(budget_head.code) if earlier else None)
        for budget_head, fen in amounts_of(entry)
    ]
    waiting = status == BudgetStatus.WAITING
    context = {
        "entry": entry,
        "status": status,
        "earlier": earlier,
        "rows": [(title, fen, old, None if old is None else fen - old) for title, fen, old in rows],
        "total": sum(fen for _title, fen, _old in rows),
        "may_confirm": waiting and actor.has_any(APPROVERS) and entry.proposed_by_id != actor.user_id,
        "may_take_back": waiting and actor.has_any(PROPOSERS),
    }
    return render(request, "budget/version.html", context)


def _chosen(request: HttpRequest, places: list[Any]) -> Any:
    wanted = request.GET.get("area", "")
    return next((one for one in places if str(one.pk) == wanted), places[0] if places else None)
