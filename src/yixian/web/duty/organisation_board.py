"""单位看板: one body — where it is stationed, coverage there, its people's loads and ways, who of them is or will be away."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.duty.queries import absences, figures_of, helper_loads, loads, stationings_of_organisation
from yixian.registry.access import below
from yixian.registry.queries import get_organisation, organisation_helpers
from yixian.web.duty.board_tables import LOADS
from yixian.web.duty.place_and_day import requested_day
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@require_GET
def organisation_board(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """The board of one body; coverage is that of the households in reach where it is stationed."""
    actor, now = actor_of(request), timezone.now()
    on = requested_day(request)
    organisation = get_organisation(actor, organisation_id)
    stationings = list(stationings_of_organisation(organisation, on=on))
    places = Q(pk__in=())
    for row in stationings:
        places |= below(row.area_path)
    page = page_of(organisation_helpers(actor, organisation, on=on), request.GET.get("page"), size=50)
    taken = helper_loads(actor, organisation, on=on)
    today = timezone.localdate(now)
    away = [row for row in absences(actor, on=today, at=now) if row.organisation_id == organisation.pk]
    context = {
        "organisation": organisation,
        "on": on,
        "today": today,
        "stationings": stationings,
        "figures": figures_of(actor, places, on=on) if stationings else None,
        "load_table": LOADS,
        "loads": loads(actor, on=on, organisation=organisation),
        "page": page,
        "people": [(row, taken.get(row.pk, 0)) for row in page.rows],
        "away": {row.helper_id: row for row in away},
    }
    return render(request, "duty/organisation.html", context)
