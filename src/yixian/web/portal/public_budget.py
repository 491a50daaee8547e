"""公开概算: what each head holds and what it is expected to come to, for everybody; sums by head only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.budget.queries import public_allocations
from yixian.compensation.queries import budget_head_board
from yixian.web.budget_head_table import HEADS, HEADS_CHART


@require_GET
def budget(request: HttpRequest) -> HttpResponse:
    """Every budget in force."""
    today = timezone.localdate()
    boards = [budget_head_board(allocation.area, today) for allocation in public_allocations(today)]
    return render(
        request, "budget/public.html", {"boards": boards, "budget_heads": HEADS, "heads_chart": HEADS_CHART}
    )
