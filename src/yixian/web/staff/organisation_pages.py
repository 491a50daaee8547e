"""机构与帮扶人页: bodies, their people and how many households each stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from yixian.duty.queries import helper_household_list, helper_loads, load_order, stationings_of_organisation
from yixian.kernel.result_sets import ResultSet
from yixian.registry.choices import Language, OrganisationKind
from yixian.registry.queries import get_helper, get_organisation, organisation_helper_list, organisation_list
from yixian.registry.register_read_models import HelperRow
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, NAMES, NUMBER
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.filters import Choice, ListQuery, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table
from yixian.workbook.editable_rows import keeps

ORGANISATIONS = ListPage(
    url="staff:organisations",
    export="staff:organisations_export",
    title=_("Bodies and people"),
    lead=_("Who is responsible where: leading bodies, departments, committees and their people."),
    table=Table[Any](
        _("Bodies"),
        (
            Column(
                "name",
                _("Name of the body"),
                lambda organisation: organisation.label,
                link=lambda organisation: address_of("staff:organisation", organisation.pk),
                place="lead",
            ),
            Column("kind", _("Kind"), lambda organisation: organisation.get_kind_display()),
            Column("place", _("Location"), lambda organisation: organisation.area.label),
            Column("code", _("Number"), lambda organisation: organisation.code, CODE),
        ),
        Empty(_("No body fits"), filtered=_("Try a shorter name.")),
        css="",
    ),
    rows=lambda query: organisation_list(query.actor, search=query["q"], kind=query["kind"]),
    counted=lambda n: ngettext("%(number)s body", "%(number)s bodies", n) % {"number": f"{n:,}"},
    search=Search(_("Name or number of a body")),
    filters=(Choice("kind", _("Kind"), OrganisationKind.choices, _("All kinds")),),
    page_size=50,
)


@dataclass(frozen=True, slots=True)
class LoadedHelper:
    """One of a body's people, and how many households they stand beside."""

    helper: HelperRow
    load: int


def _people(query: ListQuery) -> ResultSet[LoadedHelper]:
    organisation = get_organisation(query.actor, query.kwargs["organisation_id"])
    loads = helper_loads(query.actor, organisation, on=query.on)
    found = organisation_helper_list(query.actor, organisation, on=query.on).offering(
        load=load_order(on=query.on)
    )
    return found.reading(lambda rows: [LoadedHelper(row, loads.get(row.pk, 0)) for row in rows])


def _organisation(query: ListQuery) -> Mapping[str, Any]:
    organisation = get_organisation(query.actor, query.kwargs["organisation_id"])
    return {
        "organisation": organisation,
        "may_edit": keeps(query.actor, organisation.area.path),
        "stationings": stationings_of_organisation(organisation, on=query.on),
    }


ORGANISATION = ListPage(
    url="staff:organisation",
    title=_("Its people"),
    table=Table[LoadedHelper](
        _("Its people"),
        (
            Column(
                "name",
                _("Name"),
                lambda row: row.helper.name,
                link=lambda row: address_of("staff:helper", row.helper.pk),
                place="lead",
            ),
            Column(
                "post", _("Post"), lambda row: row.helper.posts, NAMES, unsorted="several posts in one cell"
            ),
            Column("kind", _("Kind"), lambda row: row.helper.kind_label),
            Column("load", _("Households beside them"), lambda row: row.load, NUMBER),
            Column(
                "places",
                pgettext_lazy("how many households a helper can take", "Places"),
                lambda row: row.helper.places,
                NUMBER,
            ),
        ),
        Empty(_("Nobody is in service here today.")),
        css="",
    ),
    rows=_people,
    counted=lambda n: ngettext("%(number)s person", "%(number)s people", n) % {"number": f"{n:,}"},
    page_size=50,
    template="staff/organisations/page.html",
    context=_organisation,
)


def _helper(query: ListQuery) -> Mapping[str, Any]:
    """The helper, and how many places of theirs are free today."""
    helper = get_helper(query.actor, query.kwargs["helper_id"])
    load = helper_loads(query.actor, helper.organisation, on=query.on).get(helper.pk, 0)
    spoken = [str(Language(code).label) for code in helper.languages.split(",") if code in Language.values]
    return {
        "helper": helper,
        "free": max(0, helper.places - load),
        "languages": pgettext("between items of a list", ", ").join(spoken),
        "may_edit": keeps(query.actor, helper.organisation.area.path),
    }


HELPER = ListPage(
    url="staff:helper",
    title=_("Households beside them"),
    table=Table[Any](
        _("Households beside them"),
        (
            Column(
                "name",
                _("Head of household"),
                lambda household: household_crumb(household)[1],
                link=lambda household: household_crumb(household)[0],
                place="lead",
            ),
            Column("no", _("Household number"), lambda household: household.household_no, CODE),
            Column("place", _("Location"), lambda household: household.area.label),
        ),
        Empty(_("None that your work reaches.")),
    ),
    rows=lambda query: helper_household_list(query.actor, query.kwargs["helper_id"], on=query.on),
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    template="staff/organisations/helper.html",
    context=_helper,
)
