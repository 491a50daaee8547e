"""走访情况: how often households are visited against the rule, and who waits longest; the same as a table to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.duty.queries import assigned_helpers_of_many
from yixian.kernel.actors import Actor
from yixian.kernel.result_sets import ResultSet
from yixian.registry.access import Part, as_reaching, parts_for
from yixian.visits.access import REMINDERS
from yixian.visits.queries import (
    VisitWeek,
    assigned_organisations,
    longest_unvisited,
    visit_board,
    visit_weeks,
    visits_by_organisation,
)
from yixian.visits.queries.reminders import latest_reminders
from yixian.visits.visit_read_models import VisitFigures
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import DATE, DECIMAL, NAMES, NUMBER, PERCENT, Badge, Text, share
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.charts.weeks import first_in_month
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.file_names import file_name, own_place
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where

FIGURES: tuple[Column[VisitFigures], ...] = (
    Column("households", _("Households"), lambda row: row.households, NUMBER),
    Column(
        "within",
        _("Within the rule"),
        lambda row: row.within,
        NUMBER,
        under=lambda row: share(row.per_cent),
        file_heading=_("Visited within the rule"),
    ),
    Column("share", _("Share, per cent"), lambda row: row.per_cent, NUMBER, where=Where.FILE),
    Column("never", _("Never"), lambda row: row.never, NUMBER, file_heading=_("Never visited")),
    Column(
        "median",
        _("Median days"),
        lambda row: row.median_days,
        DECIMAL,
        file_heading=_("Days since the last visit, median"),
    ),
    Column("open", _("Promises open"), lambda row: row.open, NUMBER),
    Column(
        "overdue",
        _("Overdue promises"),
        lambda row: row.overdue,
        NUMBER,
        file_heading=_("Promises overdue"),
    ),
    Column(
        "broken",
        _("Promises not kept"),
        lambda row: row.broken,
        NUMBER,
        file_heading=_("Promises not kept"),
    ),
)
"""Figures of a place or a body, which stand in their own order: no table of them can be sorted, for this is no ranking."""


def _named(heading: Text) -> Column[VisitFigures]:
    return Column("label", heading, lambda row: row.label, place="lead")


@dataclass(frozen=True, slots=True)
class UnvisitedRow:
    """A household that waits long: days since its last visit (None: never visited), and who stands beside it."""

    household: Any
    days: int | None
    assigned_helpers: Sequence[str]
    reminded_on: date | None
    may_be_reminded: bool

    @property
    def place(self) -> str:
        """Its group and its address."""
        return " · ".join(part for part in (self.household.area.label, self.household.address) if part)


def _last_visit(row: UnvisitedRow) -> str | Badge:
    if row.days is None:
        return Badge(_("never"), "warn")
    return ngettext("%(n)s day ago", "%(n)s days ago", row.days) % {"n": row.days}


def _reminder(row: UnvisitedRow) -> Text | None:
    """The day of the latest reminder; else the words of the link, for those who may send one."""
    if row.reminded_on is not None:
        return gettext("on %(day)s") % {"day": row.reminded_on.isoformat()}
    return _("Remind") if row.may_be_reminded else None


_UNVISITED_SHOWN = 12
"""So many of those who wait longest stand on the page at once; the others are folded below them."""

_NOBODY = Empty(_("There are no households here."))
TOWNSHIPS = Table(_("Township"), (_named(_("Township")), *FIGURES), _NOBODY, css="counts")
ORGANISATIONS = Table(_("Body"), (_named(_("Body")), *FIGURES), _NOBODY, css="counts")
TOWNSHIPS_CHART = Chart[VisitFigures](
    name="visits-by-township",
    kind=ChartKind.BARS,
    title=_("By township"),
    unit=_("Per cent of households visited within the rule; visits by anybody count"),
    table=TOWNSHIPS,
    label=lambda row: row.label,
    series=(Series(_("Within the rule"), lambda row: row.per_cent),),
    kind_of_value=PERCENT,
    target=lambda _row: 100,
    target_name=_("the rule: every household"),
)
WEEKS_CHART = Chart[VisitWeek](
    name="visits-by-week",
    kind=ChartKind.LINES,
    title=_("Week by week"),
    unit=_("Per cent of households that had been visited within the rule by the end of each week"),
    table=Table[VisitWeek](
        _("Week by week"),
        (
            Column("week", _("Week until"), lambda row: row.ends_on, DATE, place="lead"),
            Column("within", _("Within the rule"), lambda row: row.within, NUMBER),
            Column("households", _("Households"), lambda row: row.households, NUMBER),
            Column("share", _("Share, per cent"), lambda row: row.per_cent, PERCENT),
        ),
        _NOBODY,
        css="counts",
    ),
    label=lambda row: gettext("week until %(day)s") % {"day": row.ends_on.isoformat()},
    short=lambda row: first_in_month(row.ends_on),
    series=(Series(_("Within the rule"), lambda row: row.per_cent),),
    kind_of_value=PERCENT,
)
UNVISITED = Table[UnvisitedRow](
    _("Households unvisited longest"),
    (
        Column(
            "name",
            _("Household"),
            lambda row: row.household.head.name if row.household.head else row.household.household_no,
            link=lambda row: address_of("staff:household", row.household.pk),
            place="lead",
        ),
        Column("last", _("Last visit"), _last_visit, place="corner"),
        Column("place", _("Location"), lambda row: row.place),
        Column(
            "assigned_helpers",
            _("Who stands beside them"),
            lambda row: row.assigned_helpers or Badge(_("nobody")),
            NAMES,
        ),
        Column(
            "reminder",
            _("Reminder"),
            _reminder,
            link=lambda row: (
                address_of("staff:visit_remind", row.household.pk) if row.may_be_reminded else ""
            ),
        ),
    ),
    _NOBODY,
)

FILE = Table[tuple[str, VisitFigures]](
    _("Visits"),
    (
        Column("kind", _("Kind"), lambda row: row[0]),
        Column("name", _("Name"), lambda row: row[1].label),
        *(column.of(lambda row: row[1]) for column in FIGURES),
    ),
    _NOBODY,
)


@require_GET
def visit_export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The figures of townships and bodies as a file."""
    actor, today = actor_of(request), timezone.localdate()
    shown = visit_board(actor, on=today)
    organisations = list(assigned_organisations(actor, on=today))
    rows = [
        *((gettext("Township"), row) for row in shown.townships),
        *(
            (gettext("Body"), row)
            for row in visits_by_organisation(actor, organisations, shown.rules, on=today)
        ),
    ]
    return table_file(
        [Sheet(FILE, [rows])], file_name(gettext("Visits"), own_place(actor), on=today), file_format
    )


def _longest(actor: Actor, today: date) -> list[UnvisitedRow]:
    households: list[Any] = list(longest_unvisited(actor, on=today))
    assigned_helpers = assigned_helpers_of_many(
        [row.pk for row in households if Part.DUTY in parts_for(actor, row)], on=today
    )
    reminded = latest_reminders([row.pk for row in households])
    return [
        UnvisitedRow(
            row,
            None if row.last_on is None else (today - row.last_on).days,
            [f"{person.name} ({person.role_label})" for person in assigned_helpers.get(row.pk, [])],
            reminded.get(row.pk),
            as_reaching(actor, row).has_any(REMINDERS),
        )
        for row in households
    ]


def _of_organisations(query: ListQuery) -> ResultSet[VisitFigures]:
    found = ResultSet[Any](assigned_organisations(query.actor, on=query.on))
    return found.reading(
        lambda rows: visits_by_organisation(query.actor, rows, query.subject.rules, on=query.on)
    )


def _figures(query: ListQuery) -> dict[str, Any]:
    """What stands around the list: the whole, townships, weeks, and who waits longest."""
    longest = _longest(query.actor, query.on)
    return {
        "board": query.subject,
        "townships": TOWNSHIPS_CHART,
        "week_chart": WEEKS_CHART,
        "weeks": visit_weeks(query.actor, on=query.on),
        "unvisited": UNVISITED,
        "longest": longest[:_UNVISITED_SHOWN],
        "longer": longest[_UNVISITED_SHOWN:],
    }


VISITS = ListPage(
    url="staff:visits",
    title=_("Visits"),
    table=ORGANISATIONS.unsorted("a ranking of bodies"),
    subject=lambda query: visit_board(query.actor, on=query.on),
    rows=_of_organisations,
    counted=lambda n: ngettext("%(number)s body", "%(number)s bodies", n) % {"number": f"{n:,}"},
    page_size=20,
    template="field/board.html",
    context=_figures,
)
