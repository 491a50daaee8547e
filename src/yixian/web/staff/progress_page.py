"""进展页: the same shares township by township, and open matters body by body, in their own order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.compensation.queries.progress import AccountProgress, account_progress
from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.queries.coverage_board import counted_in_reach
from yixian.kernel.actors import Actor
from yixian.matters.queries.matter_trends import matters_by_organisation
from yixian.registry.queries.areas import area_names
from yixian.web.matters.trend_page import OVERDUE_CHART
from yixian.web.request_actor import actor_of
from yixian.web.staff.leader_strip import leader_strip
from yixian.web.ui.cells import NUMBER, PERCENT
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class TownshipProgress:
    """A township by its name, with its accounts and how many of its households lack somebody."""

    name: str
    accounts: AccountProgress
    lacking: int

    def per_cent(self, count: int) -> int:
        """A count in whole per cent of its households."""
        return count * 100 // self.accounts.households if self.accounts.households else 0


TOWNSHIPS_CHART = Chart[TownshipProgress](
    name="progress-by-township",
    kind=ChartKind.BARS,
    title=_("By township"),
    unit=_("Per cent of households; townships stand in their own order"),
    table=Table[TownshipProgress](
        _("By township"),
        (
            Column("name", _("Township"), lambda row: row.name, place="lead"),
            Column("households", _("Households"), lambda row: row.accounts.households, NUMBER),
            Column("issued", _("With an account issued"), lambda row: row.accounts.issued, NUMBER),
            Column("agreed", _("Agreement signed"), lambda row: row.accounts.agreed, NUMBER),
            Column("lacking", _("Lack somebody"), lambda row: row.lacking, NUMBER),
        ),
        Empty(_("There are no households here.")),
        css="counts",
    ),
    label=lambda row: row.name,
    series=(
        Series(_("With an account issued"), lambda row: row.per_cent(row.accounts.issued)),
        Series(_("Agreement signed"), lambda row: row.per_cent(row.accounts.agreed)),
    ),
    kind_of_value=PERCENT,
    target=lambda _row: 100,
    target_name=_("all households"),
)


@require_GET
def progress_page(request: HttpRequest) -> HttpResponse:
    """The shares, and both charts over what the actor reaches. *Today* asks for the shares alone, because they take a moment."""
    actor, now = actor_of(request), timezone.now()
    strip = leader_strip(actor, may=request.may, at=now)  # type: ignore[attr-defined]
    if getattr(request, "htmx", False):
        return render(request, "staff/leader_strip.html", {"strip": strip, "is_part": True})
    context: dict[str, Any] = {
        "strip": strip,
        "townships_chart": TOWNSHIPS_CHART,
        "townships": _townships(actor, timezone.localdate(now)),
        "overdue_chart": OVERDUE_CHART,
        "organisations": matters_by_organisation(actor, at=now),
    }
    return render(request, "staff/progress.html", context)


def _townships(actor: Actor, on: date) -> list[TownshipProgress]:
    lacking: dict[str, int] = {}
    for home, has, count in counted_in_reach(actor, "", on):
        township = path_at(home, AreaLevel.TOWNSHIP)
        lacking[township] = lacking.get(township, 0) + (0 if has.cadre and has.member else count)
    found = account_progress(actor, on=on)
    names = area_names([row.township for row in found])
    return [TownshipProgress(names.get(row.township, ""), row, lacking.get(row.township, 0)) for row in found]
