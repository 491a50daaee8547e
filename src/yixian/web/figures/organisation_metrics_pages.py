"""机构数字页: every body's figures, and the matters behind one of them."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.matters.figures.metrics_queries import (
    OrganisationMetricsView,
    matters_behind,
    measured_organisation,
    metrics_page,
)
from yixian.matters.figures.organisation_metrics import MEASURES as NAMES
from yixian.matters.matter_read_models import MatterRow
from yixian.web.figures.measures import GROUPS, MEASURES
from yixian.web.matters.matter_list import NUMBER_OF_MATTER, RECEIVED, STATE
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import DECIMAL, NUMBER, Badge, Text
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.file_names import file_name, own_place
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_NOTHING = Empty(_("Nothing of this happened."))
_ORGANISATION = Column[OrganisationMetricsView](
    "organisation", _("Body"), lambda row: row.organisation, place="lead"
)


def _measure(name: str) -> Column[OrganisationMetricsView]:
    return Column(
        name,
        MEASURES[name],
        lambda row: row.counts[name],
        NUMBER,
        link=lambda row: (
            reverse("staff:matter_metrics_matters", args=[row.organisation_id, name])
            if row.counts[name]
            else ""
        ),
    )


def _figure(name: str, heading: Text) -> Column[OrganisationMetricsView]:
    return Column(name, heading, lambda row: getattr(row, name), DECIMAL)


_MEDIAN_DAYS = _figure("median_days", _("days in hand, median"))
_P90_DAYS = _figure("p90_days", _("of ten, nine within"))
_WORKING_DAYS = _figure("median_working_days", _("working days, median"))
_DERIVED: tuple[tuple[Column[OrganisationMetricsView], ...], ...] = (
    (_figure("first_kept", _("of the first asked, %")),),
    (_MEDIAN_DAYS, _P90_DAYS, _WORKING_DAYS, _figure("in_time", _("limits kept, %"))),
    (),
)
"""What is worked out of the counts of each of `GROUPS`."""

_TABLES = [
    (
        names,
        Table(title, (_ORGANISATION, *map(_measure, names), *derived), _NOTHING, css="desk-table"),
    )
    for (title, names), derived in zip(GROUPS, _DERIVED, strict=True)
]
_FILE = Table(
    _("Hand-offs and delays"),
    (
        _ORGANISATION,
        *map(_measure, NAMES),
        _MEDIAN_DAYS,
        _P90_DAYS,
        _WORKING_DAYS,
        _figure("p90_working_days", _("of ten, nine within, working days")),
        _figure("hand_overs_median", _("hand-overs a matter, median")),
        _figure("hand_overs_most", _("hand-overs a matter, most")),
    ),
    _NOTHING,
)
"""In the bodies' own order: no table of them can be sorted, for this is no ranking."""


@require_GET
def metrics_table(request: HttpRequest) -> HttpResponse:
    """Every body that had anything in hand in the last year, in the county's own order: this is no ranking."""
    figures = metrics_page(actor_of(request))
    rows = figures.rows if figures else ()
    groups = [
        (table, [row for row in rows if any(row.counts[name] for name in names)]) for names, table in _TABLES
    ]
    grounds = [(row.organisation, ground, count) for row in rows for ground, count in row.grounds.items()]
    return render(
        request,
        "figures/organisation_metrics.html",
        {"figures": figures, "groups": groups, "grounds": grounds},
    )


@require_GET
def metrics_export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The same as a file."""
    actor = actor_of(request)
    figures = metrics_page(actor)
    rows = figures.rows if figures else ()
    name = file_name(_("Hand-offs and delays"), own_place(actor), on=timezone.localdate())
    return table_file([Sheet(_FILE, [rows])], name, file_format)


def _overdue(row: MatterRow) -> str:
    return Badge(_("overdue"), "bad").__html__() if row.is_overdue else ""


def _title(query: ListQuery) -> str:
    return f"{query.subject}: {MEASURES[query.kwargs['measure']]}"


BEHIND = ListPage[MatterRow](
    url="staff:matter_metrics_matters",
    title=_("Matters"),
    titled=_title,
    lead=_("The matters behind this number, as far as you may see them."),
    table=Table(
        _("Matters"),
        (
            NUMBER_OF_MATTER,
            Column("topic", _("About"), lambda row: row.topic_label),
            Column("place", _("Location"), lambda row: row.area),
            RECEIVED,
            replace(STATE, under=_overdue),
            Column("holder", _("In whose hands"), lambda row: row.holder),
        ),
        Empty(_("None of them that you may see.")),
    ),
    rows=lambda query: matters_behind(query.actor, **query.kwargs, at=query.at),
    counted=lambda n: ngettext("%(number)s matter", "%(number)s matters", n) % {"number": f"{n:,}"},
    template="figures/behind.html",
    subject=lambda query: measured_organisation(query.actor, **query.kwargs),
)
