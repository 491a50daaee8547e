"""单位看板: one body — where it is stationed, coverage there, its people's loads and ways, who of them is or will be away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.duty.duty_read_models import AbsenceView
from yixian.duty.queries import (
    absences,
    figures_of,
    helper_loads,
    load_order,
    loads,
    stationings_of_organisation,
)
from yixian.kernel.result_sets import ResultSet
from yixian.registry.access import below
from yixian.registry.queries import get_organisation, organisation_helper_list
from yixian.registry.register_read_models import HelperRow
from yixian.web.duty.board_tables import LOADS
from yixian.web.duty.place_and_day import DAY, day_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import RIGHT
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class HelperOnBoard:
    """One of a body's people: how many households they stand beside, and when they are or will be away."""

    helper: HelperRow
    load: int
    absence: AbsenceView | None


def _people(query: ListQuery) -> ResultSet[HelperOnBoard]:
    actor, organisation, on = query.actor, query.subject, day_of(query)
    taken = helper_loads(actor, organisation, on=on)
    away = {
        row.helper_id: row
        for row in absences(actor, on=query.on, at=query.at)
        if row.organisation_id == organisation.pk
    }
    found = organisation_helper_list(actor, organisation, on=on).offering(load=load_order(on=on))
    return found.reading(
        lambda rows: [HelperOnBoard(row, taken.get(row.pk, 0), away.get(row.pk)) for row in rows]
    )


def _around(query: ListQuery) -> Mapping[str, Any]:
    """The board above the list; coverage is that of the households in reach where the body is stationed."""
    organisation, on = query.subject, day_of(query)
    stationings = list(stationings_of_organisation(organisation, on=on))
    places = Q(pk__in=())
    for row in stationings:
        places |= below(row.area_path)
    return {
        "organisation": organisation,
        "stationings": stationings,
        "figures": figures_of(query.actor, places, on=on) if stationings else None,
        "load_table": LOADS,
        "loads": loads(query.actor, on=on, organisation=organisation),
    }


PEOPLE = ListPage(
    url="staff:duty_organisation",
    title=_("Its people"),
    table=Table[HelperOnBoard](
        _("Its people"),
        (
            Column(
                "name",
                _("Name"),
                lambda row: row.helper.name,
                link=lambda row: address_of("staff:helper", row.helper.pk),
                place="lead",
            ),
            Column("kind", _("Kind"), lambda row: row.helper.kind_label),
            Column(
                "load", _("Households of places"), lambda row: f"{row.load:,} / {row.helper.places:,}", RIGHT
            ),
            Column(
                "away",
                _("Away"),
                lambda row: row.absence and f"{row.absence.kind_label} {row.absence.valid_from.isoformat()}",
                link=lambda row: (
                    reverse("staff:duty_absence", args=[row.absence.absence_id]) if row.absence else ""
                ),
                unsorted="worked out for the day",
            ),
        ),
        Empty(_("Nobody is in service here today.")),
        css="",
    ),
    subject=lambda query: get_organisation(query.actor, query.kwargs["organisation_id"]),
    rows=_people,
    counted=lambda n: ngettext("%(number)s person", "%(number)s people", n) % {"number": f"{n:,}"},
    around=(DAY,),
    page_size=50,
    template="duty/organisation.html",
    context=_around,
)
