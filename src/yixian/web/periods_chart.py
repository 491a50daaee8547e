"""众声图: households by the weeks in which they first asked, drawn the same for the staff and for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.web.ui.cells import NUMBER
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.tables import Column, Empty, Table
from yixian.working_groups.signals.household_counts import CountPeriod


def _days(period: CountPeriod) -> str:
    return f"{period.first.isoformat()} – {period.last.isoformat()}"


PERIODS_CHART = Chart[CountPeriod](
    name="households-asking",
    kind=ChartKind.BARS,
    title=_("Households by the weeks in which they first asked"),
    unit=_("Households"),
    table=Table[CountPeriod](
        _("Households by the weeks in which they first asked"),
        (
            Column("weeks", _("Weeks"), _days, place="lead"),
            Column("households", _("Households"), lambda row: row.households, NUMBER),
        ),
        Empty(_("Fewer than ten households have asked.")),
        css="counts",
    ),
    label=_days,
    series=(Series(_("Households"), lambda row: row.households),),
    note=_(
        "Each household counts once, in the week in which it first asked. Weeks are put together until ten have asked. A matter "
        "without a name is a voice, and counts as no household. Matters about somebody in office are in no number."
    ),
)
"""Periods of ten households and more, as `CountPeriod` makes them: nothing smaller is ever drawn."""
