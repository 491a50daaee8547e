"""看板的表: coverage by place, and loads and ways by body — as pages show them and files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.duty.duty_read_models import AssignedHelperView, HandoverView
from yixian.duty.queries import CoverageFigures, LoadView
from yixian.duty.queries.over_time import Week
from yixian.web.templatetags.yixian import km
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, DATE, DECIMAL, NUMBER, RIGHT, WHOLE, Badge, Kind, soft
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.tables import Column, Empty, Table, Where


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The figures of a place on a day. ``area_id`` None: the sum of everything in reach."""

    label: str
    area_id: int | None
    on: date
    figures: CoverageFigures


def _alarm(tone: str) -> Kind:
    """A count that is an alarm wherever it is not nought."""
    return replace(NUMBER, html=lambda count: Badge(f"{count:,}", tone).__html__() if count else "0")


COVERAGE = Table[CoverageRow](
    _("Coverage"),
    (
        Column(
            "place",
            _("Location"),
            lambda row: row.label,
            link=lambda row: f"{reverse('staff:duty_area', args=[row.area_id])}?day={row.on}",
            place="lead",
        ),
        Column("day", _("Day"), lambda row: row.on, DATE, where=Where.FILE),
        Column("households", _("Households"), lambda row: row.figures.households, NUMBER),
        Column("cadre", _("With a cadre"), lambda row: row.figures.with_cadre, NUMBER),
        Column("member", _("With a party member"), lambda row: row.figures.with_member, NUMBER),
        Column("both", _("With both"), lambda row: row.figures.both, NUMBER),
        Column(
            "one",
            _("One missing"),
            lambda row: row.figures.one,
            _alarm("warn"),
            file_heading=_("One of the two is missing"),
        ),
        Column(
            "lead",
            _("Lead only"),
            lambda row: row.figures.lead,
            _alarm("warn"),
            file_heading=_("Only the township's lead"),
        ),
        Column(
            "nobody",
            _("Nobody"),
            lambda row: row.figures.nobody,
            _alarm("bad"),
            file_heading=_("Nobody at all"),
        ),
    ),
    Empty(_("No households here.")),
    css="counts",
    sorted_by="places",
)


PLACES_ON_MAP = Table[CoverageRow](
    _("Places"),
    (
        Column(
            "place",
            _("Location"),
            lambda row: row.label,
            WHOLE,
            link=lambda row: f"{reverse('staff:duty_map')}?area={row.area_id}&day={row.on}",
            place="lead",
        ),
        Column("uncovered", _("Lack somebody"), lambda row: row.figures.uncovered, _alarm("warn")),
        Column("nobody", _("Nobody"), lambda row: row.figures.nobody, _alarm("bad")),
        Column("households", _("Households"), lambda row: row.figures.households, NUMBER),
    ),
    Empty(
        _("Nobody is missing"),
        _("Every household here has a cadre and a party member beside it on this day."),
    ),
    css="counts",
    sorted_by="places",
)
"""The places beside a map, each leading on there."""

WEEKS = Table[Week](
    _("Household-days without somebody, week by week"),
    (
        Column("week", _("Week from"), lambda row: row.monday, DATE, place="lead"),
        Column("gap", _("Nobody in some role"), lambda row: row.gap, NUMBER),
        Column("lead", _("Only the township's lead"), lambda row: row.lead, NUMBER),
        Column("days", _("All household-days"), lambda row: row.household_days, NUMBER),
        Column(
            "share", _("Without somebody, per cent"), lambda row: row.gap_percent + row.lead_percent, DECIMAL
        ),
    ),
    Empty(_("No household was or will be without somebody")),
    css="counts",
)

PASSING = Table[Any](
    _("Who would take over"),
    (
        Column(
            "household",
            _("Household"),
            lambda row: household_crumb(row.household)[1],
            under=lambda row: soft(row.household.household_no),
            place="lead",
        ),
        Column("place", _("Location"), lambda row: row.household.area.label),
        Column(
            "to",
            _("Passes to"),
            lambda row: row.helper.person.name,
            under=lambda row: soft(row.helper.organisation.label),
            place="labelled",
        ),
        Column("part", _("As"), lambda row: row.get_part_display()),
        Column("way", _("Distance, km"), lambda row: km(row.cost), RIGHT),
    ),
    Empty(_("No household needs anybody else on these days.")),
    css="",
)

PLACES_SHORT = Table[tuple[Any, int]](
    _("Where"),
    (
        Column(
            "place",
            _("Location"),
            lambda row: row[0].label,
            link=lambda row: reverse("staff:duty_area", args=[row[0].pk]),
            place="lead",
        ),
        Column("short", _("Places short"), lambda row: row[1], NUMBER),
    ),
    Empty(_("No place would be short.")),
    css="counts",
)


def _filling(row: LoadView) -> SafeString | str:
    if row.utilisation is None:
        return ""
    share = f"{row.utilisation}%"
    return format_html(" {}", Badge(share, "bad")) if row.utilisation > 100 else soft(share)


def _count(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"


LOADS = Table[LoadView](
    _("Workload and distance"),
    (
        Column(
            "organisation",
            _("Body"),
            lambda row: row.organisation.label if row.organisation else gettext("All bodies"),
            link=lambda row: (
                reverse("staff:duty_organisation", args=[row.organisation.pk]) if row.organisation else ""
            ),
            under=lambda row: soft(row.kind_label),
            place="lead",
        ),
        Column("kind", _("Kind"), lambda row: row.kind_label, where=Where.FILE),
        Column("helpers", _("Helpers"), lambda row: row.helpers, NUMBER),
        Column(
            "taken",
            _("Households of places"),
            lambda row: f"{row.households:,} / {row.places:,}",
            RIGHT,
            under=_filling,
            where=Where.PAGE,
        ),
        Column(
            "load",
            _("Load"),
            lambda row: " · ".join(_count(one) for one in (row.load.p50, row.load.p90, row.load.most)),
            RIGHT,
            where=Where.PAGE,
        ),
        Column(
            "way",
            _("Distance, km"),
            lambda row: " · ".join(km(one) for one in (row.way.p50, row.way.p90, row.way.most)),
            RIGHT,
            where=Where.PAGE,
        ),
        Column("gini", _("Inequality"), lambda row: row.gini, DECIMAL, where=Where.PAGE),
        Column(
            "households", _("Households beside them"), lambda row: row.households, NUMBER, where=Where.FILE
        ),
        Column("places", _("Places in all"), lambda row: row.places, NUMBER, where=Where.FILE),
        Column("load50", _("Load, half have at most"), lambda row: row.load.p50, NUMBER, where=Where.FILE),
        Column(
            "load90", _("Load, nine in ten have at most"), lambda row: row.load.p90, NUMBER, where=Where.FILE
        ),
        Column("load100", _("Load, the most"), lambda row: row.load.most, NUMBER, where=Where.FILE),
        Column(
            "way50", _("Way in metres, half are at most"), lambda row: row.way.p50, NUMBER, where=Where.FILE
        ),
        Column(
            "way90",
            _("Way in metres, nine in ten are at most"),
            lambda row: row.way.p90,
            NUMBER,
            where=Where.FILE,
        ),
        Column("way100", _("Way in metres, the longest"), lambda row: row.way.most, NUMBER, where=Where.FILE),
    ),
    Empty(_("Nobody works here on this day.")),
    css="counts",
)


def _helper_note(person: AssignedHelperView) -> str:
    if person.is_away:
        return f"{person.role_label} · {gettext('away')}"
    return f"{person.role_label} · {person.part_label}" if person.part != "first" else person.role_label


def helper_names(people: Sequence[AssignedHelperView]) -> list[str]:
    """Those beside a household with their role, and whether they are away or stand in."""
    return [
        gettext("%(name)s (%(note)s)") % {"name": person.name, "note": _helper_note(person)}
        for person in people
    ]


STATES = {
    "late": Badge(_("Late"), "bad"),
    "open": Badge(_("To come"), "warn"),
    "done": Badge(_("Done"), "good"),
    "off": Badge(_("Called off or over")),
}

HANDOVERS = Table[HandoverView](
    _("Hand-overs"),
    (
        Column(
            "household",
            _("Household"),
            lambda row: row.head_name or row.household_no,
            link=lambda row: address_of("staff:duty_handover", row.handover_id),
            under=lambda row: soft(row.household_no),
            place="lead",
        ),
        Column("no", _("Household number"), lambda row: row.household_no, CODE, where=Where.FILE),
        Column("day", _("Takes effect"), lambda row: row.effective_on, DATE, place="labelled"),
        Column("from", _("From whom"), lambda row: row.from_name, place="labelled"),
        Column(
            "to",
            _("To whom"),
            lambda row: row.to_name,
            under=lambda row: soft(row.role_label),
            place="labelled",
        ),
        Column(
            "steps",
            _("Steps"),
            lambda row: gettext(", ").join(f"{step.label} {step.on:%m-%d}" for step in row.steps),
            unsorted="several steps",
        ),
        Column(
            "state",
            _("State"),
            lambda row: STATES[row.state],
            place="corner",
            unsorted="worked out for the day",
        ),
    ),
    Empty(
        _("No hand-over here"),
        _("When a leaving is announced, every household that passes to somebody else is listed here."),
    ),
)
