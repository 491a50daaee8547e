"""村里的公示: what hangs in the villages, for everybody: a household's number, the family name of its head, and its lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.domain.procedure.posting import CLOSED, CONFIRMED, HANGING, HUNG
from yixian.kernel.result_sets import ResultSet
from yixian.posting.choices import PostedList
from yixian.posting.public_lists import PublicLine, public_lines, public_posting, public_postings
from yixian.posting.queries import PostingView
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, CODE, DATE, DECIMAL, NUMBER, Badge
from yixian.web.ui.filters import Choice, ListQuery, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_STATES = {
    HANGING: Badge(_("Hangs now"), "good"),
    HUNG: Badge(_("Has hung")),
    CLOSED: Badge(_("Has hung")),
    CONFIRMED: Badge(_("List locked"), "river"),
}

POSTED = ListPage[PostingView](
    url="portal:posted",
    title=_("What hangs in the villages"),
    lead=_(
        "What each household has hangs in its village before money is reckoned from it. Look whether yours is right."
    ),
    table=Table(
        _("What hangs in the villages"),
        (
            Column(
                "village",
                _("Village"),
                lambda row: row.posting.area.label,
                link=lambda row: address_of("portal:posted_list", row.posting.pk),
                place="lead",
                unsorted="what comes down first stands first",
            ),
            Column(
                "state",
                _("State"),
                lambda row: _STATES[row.course.state],
                BADGE,
                place="corner",
                unsorted="it follows from the days",
            ),
            Column(
                "list", _("List"), lambda row: row.posting.get_list_display(), unsorted="the filter does it"
            ),
            Column("round", _("Round"), lambda row: row.posting.round, NUMBER, unsorted="of each list anew"),
            Column(
                "until",
                _("Hangs through"),
                lambda row: row.last_date,
                DATE,
                place="labelled",
                unsorted="it stands so",
            ),
        ),
        Empty(
            _("Nothing hangs yet"),
            _("As soon as a list is put up in a village, it stands here, too."),
            filtered=_("Try a shorter word, or another list."),
        ),
    ),
    rows=lambda query: ResultSet(public_postings(query["q"], query["list"], at=query.at)),
    counted=lambda n: ngettext("%(number)s list", "%(number)s lists", n) % {"number": f"{n:,}"},
    search=Search(_("Village or township")),
    filters=(Choice("list", _("List"), PostedList.choices),),
    template="portal/decided.html",
)


def _head(query: ListQuery) -> Mapping[str, Any]:
    view: PostingView = query.subject
    return {"posting": view.posting, "state": _STATES[view.course.state], "last_day": view.last_date}


POSTED_LIST = ListPage[PublicLine](
    url="portal:posted_list",
    title=_("A list that hangs"),
    titled=lambda query: f"{query.subject.posting.area.label} · {query.subject.posting.get_list_display()}",
    table=Table(
        _("What stands on the list"),
        (
            Column(
                "household",
                _("Number of the household"),
                lambda row: row.household_no,
                CODE,
                place="lead",
                unsorted="by household already",
            ),
            Column(
                "head",
                _("Head of household"),
                lambda row: row.head,
                place="corner",
                unsorted="a family name says little",
            ),
            Column(
                "item", _("Item"), lambda row: row.item, place="labelled", unsorted="by household already"
            ),
            Column(
                "quantity", _("Quantity"), lambda row: row.quantity, DECIMAL, unsorted="of different units"
            ),
            Column("unit", _("Unit"), lambda row: row.unit, unsorted="of different items"),
            Column(
                "gone",
                _("Remark"),
                lambda row: Badge(_("No longer"), "warn") if row.is_gone else None,
                BADGE,
                unsorted="seldom there",
            ),
        ),
        Empty(
            _("Nothing has changed"),
            _("No line changed since the round before."),
            filtered=_("No household here has such a number."),
        ),
    ),
    rows=lambda query: ResultSet(public_lines(query.subject.posting, query["q"])),
    counted=lambda n: ngettext("%(number)s line", "%(number)s lines", n) % {"number": f"{n:,}"},
    search=Search(_("Your household's number, or its last digits")),
    subject=lambda query: public_posting(query.kwargs["posting_id"], at=query.at),
    context=_head,
    page_size=50,
    template="portal/posted_list.html",
)
