"""挂乡与驻村: leaders of a township and bodies stationed in a place, with their history, and every change of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.domain.areas import AreaLevel
from yixian.duty.queries import leadership_history, stationing_history, stationings_of_area, tiers
from yixian.duty.queries.leaders import is_to_come
from yixian.registry.queries import area_chain, get_area
from yixian.web.duty.leader_step_pages import STEPS
from yixian.web.duty.place_and_day import requested_area, requested_day
from yixian.web.request_actor import actor_of


@require_GET
def leaders_overview(request: HttpRequest) -> HttpResponse:
    """Every township in reach with its three tiers, those where something is missing first."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    found = tiers(actor, area.path if area else "", on=on)
    return render(request, "duty/leaders/list.html", {"area": area, "on": on, "tiers": found})


@require_GET
def area_leaders(request: HttpRequest, area_id: int) -> HttpResponse:
    """Those of one place."""
    actor, on = actor_of(request), timezone.localdate()
    area = get_area(actor, area_id)
    leaders, stations = list(leadership_history(area)), list(stationing_history(area))
    context = {
        "area": area,
        "chain": area_chain(area),
        "is_township": area.level == AreaLevel.TOWNSHIP,
        "above": [row for row in stationings_of_area(area, on=on) if row.area_id != area.pk],
        "leader_history": leaders,
        "station_history": stations,
        "to_come": {row.pk for row in leaders if is_to_come(row, on)},
        "stations_to_come": {row.pk for row in stations if is_to_come(row, on)},
        "offered": STEPS.named(request, area, area),
    }
    return render(request, "duty/leaders/page.html", context)
