"""政策宣讲会的页面: meetings in a list, one with its sheet to print and to tick, who was told afterwards, what reached whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.outreach.access import MEETING_RECORDERS, reaches
from yixian.outreach.actions.hold_meeting import enter_attendance, hold_meeting, note_reached
from yixian.outreach.choices import MeetingReach
from yixian.outreach.meeting_read_models import DocumentReach, InvitedView, MeetingRow
from yixian.outreach.queries.policy_meetings import document_reach, get_meeting, meeting_list, own_invitation
from yixian.web.outreach.meeting_form import MeetingForm, ReachedForm, SheetForm
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, CODE, DATE, LINES, NUMBER, Badge, soft
from yixian.web.ui.filters import Place
from yixian.web.ui.forms import FormPage, Link, Submission
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {
    MeetingReach.UNKNOWN: "",
    MeetingReach.ATTENDED: "good",
    MeetingReach.REACHED: "river",
    MeetingReach.ABSENT: "warn",
    MeetingReach.DENIED: "bad",
}

MEETINGS = ListPage(
    url="outreach:meetings",
    export="outreach:meetings_export",
    title=_("Policy meetings"),
    lead=_("Where policy was explained, in which languages, who was absent, and who was told afterwards."),
    table=Table[MeetingRow](
        _("Policy meetings"),
        (
            Column(
                "on",
                _("Day"),
                lambda row: row.meeting.on,
                DATE,
                link=lambda row: reverse("outreach:meeting", args=[row.meeting.pk]),
                place="lead",
            ),
            Column(
                "place",
                _("Location"),
                lambda row: row.meeting.area.label,
                under=lambda row: soft(row.meeting.place),
            ),
            Column("topics", _("Documents"), lambda row: row.topics, LINES, unsorted="several in one cell"),
            Column(
                "languages", _("Languages"), lambda row: row.languages, LINES, unsorted="several in one cell"
            ),
            Column(
                "invited", _("Invited"), lambda row: row.invited, NUMBER, unsorted="read for the page shown"
            ),
            Column("attended", _("Were there"), lambda row: row.attended, NUMBER, unsorted="as invited"),
            Column("reached", _("Told afterwards"), lambda row: row.reached, NUMBER, unsorted="as invited"),
            Column("missing", _("Not told yet"), lambda row: row.missing, NUMBER, unsorted="as invited"),
        ),
        Empty(_("No meeting is written down here yet"), _("The township and the bureau write them down.")),
    ),
    rows=lambda query: meeting_list(query.actor, on=query.on, area_path=query["area"]),
    counted=lambda n: ngettext("%(number)s meeting", "%(number)s meetings", n) % {"number": f"{n:,}"},
    filters=(Place(),),
    page_size=25,
    actions=(
        Action("outreach:policy_reach", _("Which documents reached whom")),
        Action("outreach:meeting_new", _("Write down a meeting"), "pen", is_primary=True),
    ),
)

REACH = ListPage(
    url="outreach:policy_reach",
    export="outreach:policy_reach_export",
    title=_("Which documents reached whom"),
    lead=_("By village and document: households that heard of it at a meeting, afterwards, or not yet."),
    table=Table[DocumentReach](
        _("Which documents reached whom"),
        (
            Column("village", _("Village"), lambda row: row.village, place="lead"),
            Column("document", _("Document"), lambda row: row.document),
            Column(
                "households", _("Invited"), lambda row: row.households, NUMBER, unsorted="the village's size"
            ),
            Column("attended", _("Were there"), lambda row: row.attended, NUMBER, unsorted="as invited"),
            Column("reached", _("Told afterwards"), lambda row: row.reached, NUMBER, unsorted="as invited"),
            Column("missing", _("Not told yet"), lambda row: row.missing, NUMBER),
        ),
        Empty(
            _("No document was explained at a meeting yet"),
            _("Meetings are written down under policy meetings."),
        ),
    ),
    rows=lambda query: document_reach(query.actor, on=query.on, area_path=query["area"]),
    counted=lambda n: ngettext("%(number)s row", "%(number)s rows", n) % {"number": f"{n:,}"},
    filters=(Place(),),
    actions=(Action("outreach:meetings", _("Policy meetings")),),
)

INVITED = Table[InvitedView](
    _("Invited households"),
    (
        Column(
            "name",
            _("Head of household"),
            lambda row: row.household.head.name if row.household.head else row.household.household_no,
            place="lead",
            unsorted="as the sheet",
        ),
        Column(
            "no", _("Household number"), lambda row: row.household.household_no, CODE, unsorted="as the sheet"
        ),
        Column("place", _("Location"), lambda row: row.household.area.label, unsorted="as the sheet"),
        Column(
            "reach",
            _("State"),
            lambda row: Badge(row.reach.label, _TONES[row.reach]),
            BADGE,
            place="corner",
            under=lambda row: soft(f"{row.reached_on} {row.reached_by}") if row.reached_on else "",
            unsorted="as the sheet",
        ),
    ),
    Empty(_("Nobody was invited")),
)

NEW = FormPage(
    title=_("Write down a policy meeting"),
    lead=_(
        "Every household of the place counts as invited; its sheet can be printed, and ticked afterwards."
    ),
    form=MeetingForm,
    action=lambda asked: hold_meeting(**asked.given, actor=asked.actor, at=asked.at),
    to=lambda _asked, meeting: reverse("outreach:meeting", args=[meeting.pk]),
    done=_("Written down. Now enter who was absent."),
    button=_("Write it down"),
    back=lambda _asked: (reverse("outreach:meetings"), _("Policy meetings")),
    template="outreach/meeting_new.html",
)


def _meeting_link(asked: Submission) -> Link:
    return reverse("outreach:meeting", args=[asked.kwargs["meeting_id"]]), _("Policy meeting")


SHEET = FormPage(
    title=_("Who was absent"),
    lead=_("Tick those of whom nobody came. Everybody else was there."),
    subject=lambda asked: get_meeting(asked.actor, asked.kwargs["meeting_id"], on=asked.on),
    form=lambda asked: SheetForm(asked.data, asked.subject),
    action=lambda asked: enter_attendance(
        asked.kwargs["meeting_id"],
        asked.given["absent"],
        asked.given.get("why", ""),
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda asked, _sheet: reverse("outreach:meeting", args=[asked.kwargs["meeting_id"]]),
    done=_("Entered. Those beside the absent households find them on their first page."),
    button=_("Enter the attendance"),
    back=_meeting_link,
    template="outreach/meeting_sheet.html",
)

REACHED = FormPage(
    title=_("Told afterwards"),
    lead=lambda asked: (
        f"{_name(asked.subject[1])} · {asked.subject[0].area.label} · {asked.subject[0].place}"
    ),
    subject=lambda asked: own_invitation(
        asked.actor, asked.kwargs["meeting_id"], asked.kwargs["household_id"]
    ),
    form=ReachedForm,
    action=lambda asked: note_reached(
        asked.kwargs["meeting_id"],
        asked.kwargs["household_id"],
        asked.given["on"],
        asked.given["visit"],
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda _asked, _row: reverse("staff:home"),
    done=_("Noted. The household sees it, and can say whether it is so."),
    button=_("It was told"),
    back=lambda asked: (
        reverse("field:household", args=[asked.kwargs["household_id"]]),
        _name(asked.subject[1]),
    ),
)


def _name(household: Any) -> str:
    return str(household.head.name if household.head else household.household_no)


@require_GET
def meeting_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting with everybody who was invited, to read and to print as a sheet."""
    actor = actor_of(request)
    view = get_meeting(actor, meeting_id, on=timezone.localdate())
    may_enter = actor.user_id is not None and reaches(actor, view.row.meeting.area_path, MEETING_RECORDERS)
    context = {"view": view, "meeting": view.row.meeting, "invited": INVITED, "may_enter": may_enter}
    return render(request, "outreach/meeting.html", context)
