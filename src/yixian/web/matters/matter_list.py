"""诉求清单: the matters that somebody may see, what is due first at the top; searched, limited, and as a file of no names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.queries import late_tasks
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import HANDLERS, reporting_line_of
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.queries import matter_board, matter_list, with_first_words
from yixian.matters.queries.matter_board import TABS
from yixian.web.matters.several import SEVERAL
from yixian.web.ui.cells import BADGE, CODE, DATE, NUMBER, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Place, Search, Tabs
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where

_DOING = ("mine", "organisation", "offered", "told")
"""Tabs for those who take steps with matters; the others only read."""

_SOON = 4
"""Fewer days left than this are marked."""


def _tabs(actor: Actor) -> Iterator[tuple[str, str]]:
    handles = actor.has_any(HANDLERS)
    return ((tab.name, str(tab.title)) for tab in TABS if handles or tab.name not in _DOING)


def _rows(query: ListQuery) -> ResultSet[MatterRow]:
    return matter_list(
        query.actor,
        at=query.at,
        tab=query["tab"],
        topic=query["topic"],
        channel=query["channel"],
        area_path=query["area"],
        search=query["q"],
        line=query.subject,
    )


def due_badge(row: MatterRow) -> Badge | None:
    """How long it is until the next limit, or since it passed; None where it is closed."""
    if row.fault:
        return Badge(_("cannot be followed"), "bad")
    if row.is_closed:
        return None
    if row.next_due_on is None and row.unknown_year:
        return Badge(gettext("cannot be told for %(year)s yet") % {"year": row.unknown_year}, "warn")
    if row.next_due_on is None:
        return Badge(_("nothing due"))
    if row.is_overdue:
        over = ngettext("%(n)s day overdue", "%(n)s days overdue", row.days_over)
        return Badge(over % {"n": row.days_over}, "bad")
    left = row.days_left or 0
    if not left:
        return Badge(_("due today"), "warn")
    return Badge(
        ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}, "warn" if left < _SOON else ""
    )


def _under_due(row: MatterRow) -> str:
    return "" if row.is_closed or row.next_due_on is None else soft(f"{row.next_clock} · {row.next_due_on}")


def _under_topic(row: MatterRow) -> SafeString:
    words = format_html('<span class="first-words under">{}</span>', row.words) if row.words else ""
    parts = [row.area, row.channel_label]
    if row.joint > 1:
        parts.append(ngettext("%(number)s person", "%(number)s people", row.joint) % {"number": row.joint})
    badge = Badge(_("About somebody in office")) if row.about_official else ""
    return format_html("{}{}{}", words, soft(" · ".join(parts)), badge)


def _under_holder(row: MatterRow) -> SafeString:
    offered = (
        gettext("offered to %(organisation)s") % {"organisation": row.offered_to} if row.offered_to else ""
    )
    return format_html("{}{}", *(soft(text) if text else "" for text in (row.assignee, offered)))


NUMBER_OF_MATTER = Column[MatterRow](
    "number",
    _("Number"),
    lambda row: row.number,
    CODE,
    link=lambda row: reverse("staff:matter", args=[row.number]),
    place="lead",
)
RECEIVED = Column[MatterRow](
    "received", _("Received"), lambda row: timezone.localdate(row.received_at), DATE, place="labelled"
)
STATE = Column[MatterRow]("state", _("Status"), lambda row: row.state_label)

TABLE = Table[MatterRow](
    _("Matters"),
    (
        NUMBER_OF_MATTER,
        Column("topic", _("About"), lambda row: row.topic_label, under=_under_topic),
        Column("channel", _("Came by"), lambda row: row.channel_label, where=Where.FILE),
        Column("place", _("Place"), lambda row: row.area, where=Where.FILE),
        RECEIVED,
        STATE,
        Column("holder", _("Held by"), lambda row: row.holder, under=_under_holder),
        Column("due", _("Due"), due_badge, BADGE, under=_under_due, place="corner", where=Where.PAGE),
        Column(
            "assignee",
            _("Dealt with by"),
            lambda row: row.assignee,
            unsorted="people are no order of matters",
            where=Where.FILE,
        ),
        Column(
            "clock", _("What is due next"), lambda row: row.next_clock, unsorted="as due", where=Where.FILE
        ),
        Column("last", _("Last day"), lambda row: row.next_due_on, DATE, unsorted="as due", where=Where.FILE),
        Column(
            "left", _("Days left"), lambda row: row.days_left, NUMBER, unsorted="as due", where=Where.FILE
        ),
    ),
    Empty(_("No matter fits")),
    css="compact matters",
)

_EMPTY = {
    "mine": Empty(
        _("Nothing is in your own hands"),
        _("Look at what is with your office: what nobody deals with yet, somebody should take."),
    ),
    "organisation": Empty(
        _("Your office holds nothing"),
        _(
            "When somebody comes to the counter, rings or writes, write it down here; they go home with a receipt."
        ),
    ),
    "offered": Empty(
        _("Nothing is offered to you"),
        _("What others offer stands here for five working days; after that it is yours."),
    ),
    "overdue": Empty(_("Nothing is overdue"), _("Every limit that you may see is kept.")),
    "told": Empty(
        _("Nothing was reported to you"),
        _("When a limit is missed below you, it appears here until it is answered."),
    ),
    "open": Empty(
        _("Nothing is open"), _("As soon as a matter is raised here, or comes to you, it appears here.")
    ),
    "closed": Empty(
        _("Nothing is closed yet"), _("Closed is not resolved: whether it is, only the person says.")
    ),
}
_NONE_FITS = Empty(
    _("No matter fits"),
    _("Try fewer words, or take a limit away. Matters that are not yours to see never appear here."),
)


def _empty(query: ListQuery) -> Empty:
    is_limited = any(query[name] for name in ("q", "topic", "channel", "area"))
    return _NONE_FITS if is_limited else _EMPTY[query["tab"]]


def _above(query: ListQuery) -> Mapping[str, Any]:
    return {
        "board": matter_board(query.actor, at=query.at, line=query.subject),
        "handles": query.actor.has_any(HANDLERS),
        "clocks_stopped": any(view.name == "matters.escalate" for view in late_tasks(query.at)),
    }


MATTERS = ListPage(
    url="staff:matters",
    export="staff:matters_export",
    title=_("Matters"),
    lead=_(
        "What people have raised: in whose hands it is, and by when it must be answered. Who raised it stands nowhere here."
    ),
    table=TABLE,
    rows=_rows,
    counted=lambda n: ngettext("%(number)s matter", "%(number)s matters", n) % {"number": f"{n:,}"},
    empty=_empty,
    tabs=Tabs(
        "tab",
        _("Which matters"),
        _tabs,
        first=lambda actor: "organisation" if actor.has_any(HANDLERS) else "open",
    ),
    search=Search(_("Number, or words that were said")),
    filters=(
        Choice("topic", _("What it is about"), Topic.choices),
        Choice("channel", _("Came by"), IntakeChannel.choices),
        Place(),
    ),
    actions=(
        Action("staff:matter_trends", _("Over time"), "budget"),
        Action("staff:matter_metrics", _("Hand-offs and delays"), "budget"),
        Action("staff:matter_new", _("Record a matter"), "pen", is_primary=True),
        Action("staff:matter_list", _("Hotline list"), "imports"),
        Action("staff:supervision_orders", _("Supervision orders"), "good"),
        Action("staff:matter_mails", _("Mails refused"), "imports"),
    ),
    template="matters/list.html",
    subject=lambda query: reporting_line_of(query.actor, at=query.at),
    context=_above,
    adds=lambda query, rows: with_first_words(rows, actor=query.actor, at=query.at, line=query.subject),
    bulk=SEVERAL,
    is_walked=True,
)
