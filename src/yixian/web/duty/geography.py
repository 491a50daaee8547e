"""地图: villages as circles, or the households and helpers of a place as points; the table below says the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yixian.domain.areas import AreaLevel
from yixian.duty.queries.coverage_board import BOTH, LEAD, NOBODY, ONE
from yixian.duty.queries.geography import HelperPoint, HouseholdPoint, VillagePoint, points_of, villages_of
from yixian.kernel.actors import Actor
from yixian.registry.queries import area_chain, area_children
from yixian.web.duty.board_tables import VILLAGES, CoverageRow
from yixian.web.duty.place_and_day import requested_area, requested_day
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import NAMES, Badge, soft
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {BOTH: "good", NOBODY: "bad"}

HOUSEHOLDS = Table[HouseholdPoint](
    gettext_lazy("Households"),
    (
        Column(
            "name",
            gettext_lazy("Household"),
            lambda row: row.name or row.household_no,
            link=lambda row: address_of("staff:household", row.household_id),
            under=lambda row: soft(row.household_no),
            place="lead",
        ),
        Column("place", gettext_lazy("Location"), lambda row: row.place),
        Column(
            "state",
            gettext_lazy("Coverage"),
            lambda row: Badge(_words()[row.state], _TONES.get(row.state, "warn")),
            place="labelled",
        ),
        Column("helpers", gettext_lazy("Beside them"), lambda row: row.helpers, NAMES),
    ),
    Empty(gettext_lazy("No households here.")),
    css="",
)

_CLOSE = {AreaLevel.TOWNSHIP, AreaLevel.VILLAGE, AreaLevel.GROUP}
"""Where single households and helpers are shown; above, villages."""


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The map's page with its legend and its table."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    close = area is not None and area.level in _CLOSE
    context: dict[str, Any] = {
        "area": area,
        "chain": area_chain(area) if area else [],
        "children": list(area_children(actor, area)) if area and area.level != AreaLevel.GROUP else [],
        "on": on,
        "close": close,
        "village_table": VILLAGES,
        "villages": [
            CoverageRow(row.area.label, row.area.pk, on, row.figures)
            for row in villages_of(actor, area, on=on)
        ],
        "household_table": HOUSEHOLDS,
        "households": points_of(actor, area, on=on)[0]
        if area and area.level in _CLOSE - {AreaLevel.TOWNSHIP}
        else [],
    }
    return render(request, "duty/map.html", context)


@require_GET
def features(request: HttpRequest) -> HttpResponse:
    """What is on the map, as GeoJSON (RFC 7946)."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    close = area is not None and area.level in _CLOSE
    found = _close(actor, area, on) if close else [_village(row) for row in villages_of(actor, area, on=on)]
    return JsonResponse({"type": "FeatureCollection", "features": [one for one in found if one]})


def _words() -> dict[str, str]:
    """The states in words."""
    return {
        BOTH: _("Both beside them"),
        ONE: _("One of the two is missing"),
        LEAD: _("Only the township's lead"),
        NOBODY: _("Nobody at all"),
    }


def _close(actor: Actor, area: Any, on: Any) -> list[dict[str, Any] | None]:
    households, helpers = points_of(actor, area, on=on)
    words = _words()
    return [*(_helper(row) for row in helpers), *(_household(row, words) for row in households)]


def _village(row: VillagePoint) -> dict[str, Any] | None:
    figures = row.figures
    label = _("%(place)s: %(households)s households, %(uncovered)s lack somebody") % {
        "place": row.area.label,
        "households": figures.households,
        "uncovered": figures.uncovered,
    }
    return _feature(
        row.lon,
        row.lat,
        {
            "kind": "village",
            "label": label,
            "name": row.area.label,
            "state": row.state,
            "households": figures.households,
            "address": f"{reverse('staff:duty_map')}?area={row.area.pk}",
        },
    )


def _household(row: HouseholdPoint, words: dict[str, str]) -> dict[str, Any] | None:
    return _feature(
        row.lon,
        row.lat,
        {
            "kind": "household",
            "label": f"{row.name} {row.household_no} · {words[row.state]}",
            "state": row.state,
            "helpers": row.helper_ids,
            "address": reverse("staff:household", args=[row.household_id]),
        },
    )


def _helper(row: HelperPoint) -> dict[str, Any] | None:
    label = _("%(name)s, %(role)s: %(load)s households, %(free)s places free") % {
        "name": row.name,
        "role": row.kind_label,
        "load": row.load,
        "free": row.free,
    }
    return _feature(
        row.lon,
        row.lat,
        {
            "kind": "helper",
            "role": row.kind,
            "id": row.helper_id,
            "label": label,
            "free": row.free,
            "address": reverse("staff:helper", args=[row.helper_id]),
        },
    )


def _feature(lon: float | None, lat: float | None, properties: dict[str, Any]) -> dict[str, Any] | None:
    if lon is None or lat is None:
        return None
    point = {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
    return {"type": "Feature", "geometry": point, "properties": properties}
