"""诉求走势的页面: matters in and out week by week, and what is overdue by body, as charts with their tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.matters.queries.matter_trends import (
    MatterWeek,
    OrganisationMatters,
    matter_weeks,
    matters_by_organisation,
)
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import DATE, NUMBER
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.charts.weeks import first_in_month, week_from
from yixian.web.ui.tables import Column, Empty, Table

_NONE = Empty(_("No matter here"), _("What you may see of matters is counted here, and nothing else."))

WEEKS_CHART = Chart[MatterWeek](
    name="matters-by-week",
    kind=ChartKind.LINES,
    title=_("In and out, week by week"),
    unit=_("Matters a week; the last week is not over"),
    table=Table[MatterWeek](
        _("In and out, week by week"),
        (
            Column("week", _("Week from"), lambda row: row.monday, DATE, place="lead"),
            Column("received", _("Received"), lambda row: row.received, NUMBER),
            Column("closed", _("Closed"), lambda row: row.closed, NUMBER),
        ),
        _NONE,
        css="counts",
    ),
    label=lambda row: week_from(row.monday),
    short=lambda row: first_in_month(row.monday),
    series=(
        Series(_("Received"), lambda row: row.received),
        Series(_("Closed"), lambda row: row.closed),
    ),
)
OVERDUE_CHART = Chart[OrganisationMatters](
    name="matters-by-body",
    kind=ChartKind.BARS,
    title=_("Open and overdue, by body"),
    unit=_("Matters; bodies stand in their own order, this is no ranking"),
    table=Table[OrganisationMatters](
        _("Open and overdue, by body"),
        (
            Column(
                "organisation",
                _("Body"),
                lambda row: row.organisation.label,
                link=lambda row: address_of("staff:organisation", row.organisation.pk),
                place="lead",
            ),
            Column("open", _("Open"), lambda row: row.open, NUMBER),
            Column("overdue", _("Overdue"), lambda row: row.overdue, NUMBER),
        ),
        _NONE,
        css="counts",
    ),
    label=lambda row: row.organisation.label,
    series=(
        Series(_("Open"), lambda row: row.open),
        Series(_("Overdue"), lambda row: row.overdue, "bad"),
    ),
)


@require_GET
def trend_page(request: HttpRequest) -> HttpResponse:
    """Both charts over the matters that the actor may see."""
    actor, now = actor_of(request), timezone.now()
    context = {
        "week_chart": WEEKS_CHART,
        "weeks": matter_weeks(actor, at=now),
        "overdue_chart": OVERDUE_CHART,
        "organisations": matters_by_organisation(actor, at=now),
    }
    return render(request, "matters/trends.html", context)
