"""单位看板: one body — where it is stationed, coverage there, its people's loads and ways, who of them is or will be away."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.duty.queries import absences, figures_of, helper_loads, loads, stationings_of_body
from yixian.registry.access import below
from yixian.registry.queries import body_helpers, get_body
from yixian.web.asking import actor_of
from yixian.web.duty.asked import asked_day
from yixian.web.ui.paging import page_of


@require_GET
def of_body(request: HttpRequest, body_id: int) -> HttpResponse:
    """The board of one body; coverage is that of the households in reach where it is stationed."""
    actor, now = actor_of(request), timezone.now()
    on = asked_day(request)
    body = get_body(actor, body_id)
    stationings = list(stationings_of_body(body, on=on))
    places = Q(pk__in=())
    for row in stationings:
        places |= below(row.area_path)
    page = page_of(body_helpers(actor, body, on=on), request.GET.get("page"), size=50)
    taken = helper_loads(actor, body, on=on)
    today = timezone.localdate(now)
    away = [row for row in absences(actor, on=today, at=now) if row.body_id == body.pk]
    context = {
        "body": body,
        "on": on,
        "today": today,
        "stationings": stationings,
        "figures": figures_of(actor, places, on=on) if stationings else None,
        "loads": loads(actor, on=on, body=body),
        "page": page,
        "people": [(row, taken.get(row.pk, 0)) for row in page.rows],
        "away": {row.helper_id: row for row in away},
    }
    return render(request, "duty/body.html", context)
