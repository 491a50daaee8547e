"""走势图: the weeks of coverage as a chart — the share of all household-days on which a household was without somebody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.duty.queries.over_time import Week
from yixian.web.duty.board_tables import WEEKS
from yixian.web.ui.cells import SHARE
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.charts.weeks import month_of, week_from

WEEKS_CHART = Chart[Week](
    name="coverage-weeks",
    kind=ChartKind.COLUMNS,
    title=_("Households without somebody, week by week"),
    unit=_("Per cent of all household-days of a week: each household counts once for each day"),
    table=WEEKS,
    label=lambda week: week_from(week.monday),
    short=lambda week: month_of(week.monday),
    series=(
        Series(_("Nobody in some role"), lambda week: week.gap_percent, "bad"),
        Series(_("The township's lead stood in"), lambda week: week.lead_percent, "warn"),
    ),
    kind_of_value=SHARE,
    is_ahead=lambda week: week.is_ahead,
    note=_("From the first pairing on. Right of the dashed line stands what is announced."),
)
