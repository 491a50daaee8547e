"""清单: households that lack somebody, hand-overs, and the households of a shortage — to search, sort and take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from yixian.duty.duty_read_models import ShortHousehold, UncoveredView
from yixian.duty.queries import (
    get_absence,
    get_shortage,
    handover_counts,
    handover_list,
    loads,
    shortage_households,
    uncovered_list,
)
from yixian.duty.queries.handovers import DONE, LATE, OFF, OPEN
from yixian.duty.queries.loads import LoadView
from yixian.kernel.actors import Actor
from yixian.kernel.result_sets import ResultSet
from yixian.registry.actions.note_reading import note_reading_many
from yixian.web.duty.board_tables import HANDOVERS, LOADS, STATES, helper_names
from yixian.web.duty.place_and_day import DAY, area_of, day_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, NAMES, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Options, Place
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where


def _noted(query: ListQuery, rows: Sequence[Any]) -> None:
    """Everybody in a file is noted as read."""
    ids = [getattr(row, "household_id", None) or row.pk for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list export"), at=query.at)


def _households(count: int) -> str:
    return ngettext("%(number)s household", "%(number)s households", count) % {"number": f"{count:,}"}


def _assign_link(row: UncoveredView | ShortHousehold) -> str:
    """The way to choose somebody for the household, for whoever may."""
    if not (row.lacks and row.may_assign):
        return ""
    return format_html(
        '<a class="btn btn-quiet no-print" href="{}">{}</a>',
        reverse("staff:duty_assign", args=[row.pk]),
        gettext("Assign"),
    )


UNCOVERED = ListPage(
    url="staff:duty_uncovered",
    export="staff:duty_uncovered_export",
    title=_("Households that lack somebody"),
    lead=_("On the day shown they lack a cadre, a party member, or both."),
    table=Table[UncoveredView](
        _("Households that lack somebody"),
        (
            Column(
                "name",
                _("Household"),
                lambda row: row.head_name or row.household_no,
                link=lambda row: address_of("staff:household", row.pk),
                under=lambda row: soft(row.household_no),
                place="lead",
            ),
            Column("no", _("Household number"), lambda row: row.household_no, CODE, where=Where.FILE),
            Column("place", _("Location"), lambda row: row.place),
            Column(
                "lacks",
                _("Lacks"),
                lambda row: row.lacks,
                NAMES,
                under=_assign_link,
                unsorted="one of two roles, or both",
            ),
            Column(
                "assigned_helpers",
                _("Beside them"),
                lambda row: helper_names(row.assigned_helpers) or Badge(_("Nobody at all"), "bad"),
                NAMES,
                unsorted="several people",
            ),
        ),
        Empty(_("Everybody has both beside them")),
    ),
    rows=lambda query: uncovered_list(query.actor, on=day_of(query), area_path=query["area"]),
    counted=_households,
    filters=(Place(), DAY),
    noted=_noted,
    template="duty/list_page.html",
)


def _states(actor: Actor) -> Options:
    counts = handover_counts(actor, on=timezone.localdate())
    words = {state: str(STATES[state].label) for state in (LATE, OPEN, DONE, OFF)}
    return [
        (
            state,
            gettext("%(name)s (%(note)s)") % {"name": word, "note": counts[state]}
            if state in counts
            else word,
        )
        for state, word in words.items()
    ]


HANDOVER_LIST = ListPage(
    url="staff:duty_handovers",
    export="staff:duty_handovers_export",
    title=_("Hand-overs"),
    lead=_("A hand-over is done when the new helper has accepted and the household has acknowledged."),
    table=HANDOVERS,
    rows=lambda query: handover_list(query.actor, on=query.on, area_path=query["area"], state=query["state"]),
    counted=lambda n: ngettext("%(number)s hand-over", "%(number)s hand-overs", n) % {"number": f"{n:,}"},
    filters=(Choice("state", _("State"), _states), Place()),
    noted=_noted,
    template="duty/list_page.html",
)


HANDOVERS_OF_ABSENCE = ListPage(
    url="staff:duty_absence",
    export="staff:duty_absence_export",
    title=_("Hand-overs"),
    table=replace(
        HANDOVERS, empty=Empty(_("No hand-over here"), _("No household passes to anybody because of it."))
    ),
    subject=lambda query: get_absence(query.actor, query.kwargs["absence_id"], at=query.at),
    rows=lambda query: handover_list(query.actor, on=query.on, absence_id=query.subject.absence_id),
    counted=HANDOVER_LIST.counted,
    page_size=50,
    noted=_noted,
    template="duty/absences/page.html",
)


def _loads(query: ListQuery) -> list[LoadView]:
    """Both kinds over all bodies, then each body."""
    return loads(query.actor, on=day_of(query), area_path=query["area"])


LOAD_LIST = ListPage(
    url="staff:duty_loads",
    export="staff:duty_loads_export",
    title=_("Workload and distance"),
    lead=_("How many households the people of each body stand beside, and how far the way to them is."),
    table=LOADS.unsorted("a ranking of bodies"),
    subject=_loads,
    rows=lambda query: ResultSet(query.subject[2:]),
    counted=lambda n: ngettext("%(number)s body", "%(number)s bodies", n) % {"number": f"{n:,}"},
    around=(Place(), DAY),
    page_size=50,
    template="duty/loads.html",
    context=lambda query: {"area": area_of(query), "load_table": LOADS, "both": query.subject[:2]},
)

SHORTAGE = ListPage(
    url="staff:duty_shortage",
    export="staff:duty_shortage_export",
    title=_("Where people are short"),
    table=Table[ShortHousehold](
        _("Households that go without"),
        (
            Column(
                "name",
                _("Household"),
                lambda row: row.head_name or row.household_no,
                link=lambda row: address_of("staff:household", row.pk),
                under=lambda row: soft(row.household_no),
                place="lead",
                file_heading=_("Head of household"),
            ),
            Column("no", _("Household number"), lambda row: row.household_no, CODE, where=Where.FILE),
            Column("place", _("Location"), lambda row: row.place),
            Column(
                "lacks",
                _("Lacks"),
                lambda row: row.lacks or Badge(_("somebody since"), "good"),
                under=_assign_link,
                unsorted="the same for all",
            ),
        ),
        Empty(_("No households here.")),
    ),
    rows=lambda query: shortage_households(query.actor, query.kwargs["shortage_id"], on=query.on),
    counted=_households,
    page_size=50,
    noted=_noted,
    template="duty/shortage.html",
    context=lambda query: {"gap": get_shortage(query.actor, query.kwargs["shortage_id"])},
)
