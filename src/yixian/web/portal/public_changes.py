"""变更公开: what many asked, what was found, what was decided, and who was answered — for everybody, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.web.library.price_list import prices_of_decision
from yixian.web.periods_chart import PERIODS_CHART
from yixian.working_groups.queries.public_changes import changes as all_changes
from yixian.working_groups.queries.public_changes import story


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Working groups with where they stand, and signals that have none."""
    return render(request, "working_groups/changes.html", {"changes": all_changes(at=timezone.now())})


@require_GET
def change(request: HttpRequest, group_id: int) -> HttpResponse:
    """One working group's story."""
    found = story(group_id, at=timezone.now())
    context = {
        "story": found,
        "periods_chart": PERIODS_CHART,
        "price_table": prices_of_decision(found.view.decision),
    }
    return render(request, "working_groups/change.html", context)
