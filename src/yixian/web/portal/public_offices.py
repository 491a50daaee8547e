"""电话和地址: how everybody reaches the county's bodies, and what a paper or a caller must never ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.kernel.result_sets import ResultSet
from yixian.registry.choices import OrganisationKind
from yixian.registry.queries.public_offices import PublicOffice, public_offices
from yixian.web.portal.any_code import AnyCodeForm
from yixian.web.ui.cells import PHONE, soft
from yixian.web.ui.filters import Choice, ListQuery, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table


def _offices(query: ListQuery) -> ResultSet[PublicOffice]:
    wanted = query["q"].casefold()
    rows = [
        row
        for row in public_offices()
        if (not query["kind"] or row.kind == query["kind"])
        and (not wanted or any(wanted in text.casefold() for text in (row.label, row.place, row.phone)))
    ]
    return ResultSet[PublicOffice](rows)


def _kind(row: PublicOffice) -> str:
    return str(OrganisationKind(row.kind).label)


def _under(row: PublicOffice) -> str:
    """Where it is and when it is open, below its name; left out where the register does not say."""
    where = " · ".join(filter(None, (row.address, row.hours)))
    return soft(where) if where else ""


OFFICES = ListPage(
    url="portal:offices",
    export="portal:offices_export",
    title=_("Telephone numbers and addresses"),
    table=Table[PublicOffice](
        _("Telephone numbers and addresses"),
        (
            Column(
                "name", _("Office"), lambda row: row.label, under=_under, place="lead", unsorted="fixed order"
            ),
            Column(
                "phone",
                _("Telephone"),
                lambda row: row.phone,
                PHONE,
                place="corner",
                unsorted="a number to call",
            ),
            Column("kind", _("Kind"), _kind, unsorted="the filter does it"),
            Column(
                "place", _("Location"), lambda row: row.place, place="labelled", unsorted="by place already"
            ),
        ),
        Empty(_("No office fits"), filtered=_("Try a shorter word.")),
    ),
    rows=_offices,
    counted=lambda n: ngettext("%(number)s office", "%(number)s offices", n) % {"number": f"{n:,}"},
    search=Search(_("Office or place")),
    filters=(Choice("kind", _("Kind"), OrganisationKind.choices, _("All kinds")),),
    page_size=50,
    template="portal/offices.html",
)


@require_GET
def genuine(request: HttpRequest) -> HttpResponse:
    """How one sees whether a paper or a caller is genuine."""
    return render(request, "portal/genuine.html", {"code_form": AnyCodeForm()})
