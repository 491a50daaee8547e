"""账目页: what is in force, what was reckoned last, what is withheld and why; and having it reckoned again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yixian.compensation.queries import (
    account_totals,
    get_open_run,
    latest_calculation,
    open_runs,
    problems_of,
    withheld_households,
)
from yixian.kernel.jobs import ask
from yixian.policies.queries import pack_in_force
from yixian.registry.queries import first_forks, get_area
from yixian.registry.queries.areas import work_places
from yixian.web.request_actor import actor_of, posted_id
from yixian.web.ui.paging import page_of


@require_GET
def accounts_page(request: HttpRequest) -> HttpResponse:
    """The accounts of every place in reach, in sums."""
    actor, on = actor_of(request), timezone.localdate()
    roots = first_forks(actor)
    places = work_places(actor)
    context: dict[str, Any] = {
        "totals": [(area, account_totals(actor, area, on=on)) for area in roots],
        "run": latest_calculation(actor),
        "open_runs": open_runs(actor),
        "in_force": pack_in_force(places[0].path, on) if places else None,
        "places": places,
    }
    return render(request, "staff/accounts/page.html", context)


@require_POST
def calculate_accounts(request: HttpRequest) -> HttpResponse:
    """Ask for the accounts of a place to be reckoned."""
    actor = actor_of(request)
    area = get_area(actor, posted_id(request, "area"))
    job = ask("compensation.calculate", {"area_path": area.path}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


@require_POST
def resume_calculation(request: HttpRequest) -> HttpResponse:
    """Ask for a reckoning that was cut off to go on."""
    actor = actor_of(request)
    run = get_open_run(actor, posted_id(request, "run"))
    job = ask("compensation.resume", {"run_id": run.run_id}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


@require_GET
def withheld_list(request: HttpRequest) -> HttpResponse:
    """Households whose account is withheld, each with its reasons."""
    actor, on = actor_of(request), timezone.localdate()
    page = page_of(withheld_households(actor, on=on).order_by("household_no"), request.GET.get("page"))
    reasons = problems_of(actor, [row.pk for row in page.rows])
    rows = [(row, reasons.get(row.pk, [])) for row in page.rows]
    return render(request, "staff/accounts/withheld.html", {"page": page, "rows": rows})
