"""地图: the places below one, or the households of a village, with those marked where somebody is missing; beside it a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yixian.domain.areas import AreaLevel
from yixian.duty.queries import coverage_board
from yixian.duty.queries.coverage_board import BOTH, LEAD, NOBODY, ONE, PlaceFigures
from yixian.duty.queries.geography import HelperPoint, HouseholdPoint, points_of
from yixian.kernel.actors import Actor
from yixian.registry.queries import area_chain
from yixian.web.area_map import AreaMap
from yixian.web.duty.board_tables import PLACES_ON_MAP, CoverageRow
from yixian.web.duty.place_and_day import DAY, requested_area, requested_day
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import NAMES, Badge, soft
from yixian.web.ui.filters import Toggle, asked_for
from yixian.web.ui.maps import MapMark
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {BOTH: "good", NOBODY: "bad"}
_LOOKS = {BOTH: "good", ONE: "warn", LEAD: "warn", NOBODY: "bad"}

_ALL = Toggle("all", gettext_lazy("Also where nobody is missing"))
_CLOSE = {AreaLevel.VILLAGE, AreaLevel.GROUP}
"""Where single households are shown; above, the places below."""

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
        Column(
            "helpers", gettext_lazy("Beside them"), lambda row: row.helpers, NAMES, unsorted="several people"
        ),
    ),
    Empty(gettext_lazy("No household here lacks anybody.")),
    css="",
    sorted_by="homes",
)

_PLACES_LEGEND = [
    ("bad", gettext_lazy("some have nobody at all")),
    ("warn", gettext_lazy("one of the two is missing, or only the township's lead is there")),
    ("good", gettext_lazy("both beside every household")),
]
_HOUSEHOLDS_LEGEND = [
    ("bad", gettext_lazy("nobody at all")),
    _PLACES_LEGEND[1],
    ("good", gettext_lazy("both beside them")),
    ("person", gettext_lazy("who stands beside one of them")),
]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The map's page: problems first, everything on request."""
    actor, on = actor_of(request), requested_day(request)
    area = requested_area(request, actor)
    is_all = bool(asked_for(request, _ALL)["all"])
    context: dict[str, Any] = {
        "area": area,
        "chain": area_chain(area) if area else [],
        "on": on,
        "is_all": is_all,
        "around": [one.html(request.GET.get(one.name, ""), actor) for one in (DAY, _ALL)],
        "place_table": PLACES_ON_MAP,
        "household_table": HOUSEHOLDS,
    }
    close = area is not None and area.level in _CLOSE
    context |= (
        _households(actor, area, on, is_all=is_all) if close else _places(actor, area, on, is_all=is_all)
    )
    return render(request, "duty/map.html", context)


def _places(actor: Actor, area: Any, on: date, *, is_all: bool) -> dict[str, Any]:
    found = coverage_board(actor, area, on=on).places
    shown = [row for row in found if is_all or row.figures.uncovered]
    ground = AreaMap(actor, area, [row.area for row in found], on=on)
    largest = max((row.figures.uncovered for row in found), default=0) or 1
    marks = [
        MapMark(
            at,
            _said(row),
            _address(row, on, is_all=is_all),
            _look(row),
            str(row.figures.uncovered),
            row.figures.uncovered / largest,
        )
        for row in shown
        if (at := ground.shape(row.area).seat)
    ]
    return {
        "map": ground.view("coverage-map", _("Map of coverage"), marks, _PLACES_LEGEND),
        "places": [CoverageRow(row.area.label, row.area.pk, on, row.figures) for row in shown],
        "count": len(shown),
        "whole": len(found),
    }


def _look(row: PlaceFigures) -> str:
    if row.figures.nobody:
        return "bad"
    return "warn" if row.figures.uncovered else "good"


def _said(row: PlaceFigures) -> str:
    return _("%(place)s: %(households)s households, %(uncovered)s lack somebody") % {
        "place": row.area.label,
        "households": row.figures.households,
        "uncovered": row.figures.uncovered,
    }


def _address(row: PlaceFigures, on: date, *, is_all: bool) -> str:
    return f"{reverse('staff:duty_map')}?area={row.area.pk}&day={on}{'&all=1' if is_all else ''}"


def _households(actor: Actor, area: Any, on: date, *, is_all: bool) -> dict[str, Any]:
    households, helpers = points_of(actor, area, on=on)
    short = [row for row in households if row.state != BOTH]
    shown = households if is_all else short
    ids = {pk for row in shown for pk in row.helper_ids}
    ground = AreaMap(actor, area, [], on=on)
    marks = [*(_helper(row) for row in helpers if row.helper_id in ids), *(_household(row) for row in shown)]
    return {
        "map": ground.view(
            "coverage-map", _("Map of coverage"), [one for one in marks if one], _HOUSEHOLDS_LEGEND
        ),
        "households": short,
        "count": len(short),
        "whole": len(households),
        "is_close": True,
    }


def _words() -> dict[str, str]:
    """The states in words."""
    return {
        BOTH: _("Both beside them"),
        ONE: _("One of the two is missing"),
        LEAD: _("Only the township's lead"),
        NOBODY: _("Nobody at all"),
    }


def _household(row: HouseholdPoint) -> MapMark | None:
    if row.lon is None or row.lat is None:
        return None
    words = f"{row.name} {row.household_no} · {_words()[row.state]}"
    return MapMark(
        (row.lon, row.lat), words, reverse("staff:household", args=[row.household_id]), _LOOKS[row.state]
    )


def _helper(row: HelperPoint) -> MapMark | None:
    if row.lon is None or row.lat is None:
        return None
    words = _("%(name)s, %(role)s: %(load)s households, %(free)s places free") % {
        "name": row.name,
        "role": row.kind_label,
        "load": row.load,
        "free": row.free,
    }
    return MapMark((row.lon, row.lat), words, reverse("staff:helper", args=[row.helper_id]), "person")
