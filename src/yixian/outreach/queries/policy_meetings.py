"""宣讲会查询: meetings in reach, whom each reached, which households are still to be told, and how far each document has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import HELPER_ROLES, Role
from yixian.outreach.access import MEETING_READERS
from yixian.outreach.choices import MeetingReach
from yixian.outreach.meeting_read_models import (
    DocumentReach,
    InvitedView,
    MeetingRow,
    MeetingView,
    OwnMeeting,
)
from yixian.outreach.models import (
    MeetingAbsence,
    MeetingAttendance,
    MeetingInvitation,
    MeetingObjection,
    PolicyMeeting,
    ReachedAfterwards,
)
from yixian.policies.library import document_on, documents_on
from yixian.registry.access import area_reach, below, household_scope
from yixian.registry.models import Area, Household


def meeting_list(actor: Actor, *, on: date, area_path: str = "") -> ResultSet[MeetingRow]:
    """Meetings in reach, the latest first: by day or place."""
    rows = _meetings(actor).filter(below(area_path)).order_by("-on", "-pk")
    orders = {"on": ("on",), "place": ("area_path", "-on")}
    return ResultSet(rows, orders, lambda found: _rows(found, on))


def get_meeting(actor: Actor, meeting_id: int, *, on: date) -> MeetingView:
    """One meeting with every invited household that the actor reaches. Raises `NotFound` out of reach."""
    row = _meetings(actor).filter(pk=meeting_id).first()
    if row is None:
        raise NotFound("meeting.not_found", _("There is no such meeting."))
    found = _reaches([row.pk])[row.pk]
    rows = household_scope(actor.acting_as(MEETING_READERS)).filter(pk__in=found)
    rows = rows.select_related("area", "head").defer(
        "phone", "bank_account", "head__id_number", "head__phone"
    )
    told = {one.household_id: one for one in row.reached.select_related("helper__person", "by")}
    households = tuple(
        _invited(one, found[one.pk], told.get(one.pk)) for one in rows.order_by("area_path", "household_no")
    )
    questions = tuple(row.questions.select_related("policy_question").order_by("position"))
    return MeetingView(_row(row, found, on), households, questions)


def households_to_tell(actor: Actor) -> ResultSet[Pending]:
    """The actor's own households that were absent from a meeting and not told since (worklist)."""
    if not actor.has_any(HELPER_ROLES):
        return NOTHING
    mine = household_scope(actor.acting_as(HELPER_ROLES))
    rows = (
        _to_tell()
        .filter(household__in=mine.values("pk"))
        .select_related("household__head", "household__area", "meeting__area")
    )
    return ResultSet(rows.order_by("meeting__on", "pk"), read=_pending)


def own_invitation(actor: Actor, meeting_id: int, household_id: int) -> tuple[PolicyMeeting, Household]:
    """A meeting with an invited household in reach. Raises `NotFound`."""
    row = MeetingInvitation.objects.filter(
        meeting=meeting_id, household=household_id, household__in=household_scope(actor).values("pk")
    ).select_related("meeting__area", "household__head", "household__area")
    found = row.first()
    if found is None:
        raise NotFound("meeting.not_found", _("There is no such meeting."))
    return found.meeting, found.household


def meetings_of_household(actor: Actor, household: Household, *, on: date) -> list[OwnMeeting]:
    """The meetings to which a household that speaks for itself was invited, the latest first."""
    if not any(household.pk in one.household_ids for one in actor.grants if one.role == Role.HOUSEHOLD):
        return []
    rows = PolicyMeeting.objects.filter(invitations__household=household, on__lte=on)
    meetings = list(rows.select_related("area").prefetch_related("topics").order_by("-on", "-pk"))
    ids = [row.pk for row in meetings]
    reach = _reaches(ids, household.pk)
    noted = ReachedAfterwards.objects.filter(meeting__in=ids, household=household)
    told = {one.meeting_id: one for one in noted.select_related("helper__person", "by")}
    return [
        OwnMeeting(
            row,
            tuple(_topics(row, on)),
            reach[row.pk][household.pk],
            told[row.pk].on if row.pk in told else None,
            _by(told.get(row.pk)),
        )
        for row in meetings
    ]


def document_reach(actor: Actor, *, on: date, area_path: str = "") -> ResultSet[DocumentReach]:
    """By village and document, how many households a meeting about it reached; a household counts once, as the best says."""
    best: dict[tuple[str, str, str], dict[int, MeetingReach]] = defaultdict(dict)
    meetings = list(
        _meetings(actor)
        .filter(below(area_path), on__lte=on)
        .prefetch_related(None)
        .prefetch_related("topics")
    )
    reach = _reaches([row.pk for row in meetings])
    ids = {pk for states in reach.values() for pk in states}
    paths = dict(Household.objects.filter(pk__in=ids).values_list("pk", "area_path"))
    for row in meetings:
        for topic in row.topics.all():
            for pk, state in reach[row.pk].items():
                known = best[path_at(paths[pk], AreaLevel.VILLAGE), topic.pack_id, topic.document]
                known[pk] = min(known.get(pk, state), state, key=_RANK.index)
    labels = {area.path: area.label for area in Area.objects.filter(path__in={key[0] for key in best})}
    return ResultSet(
        [
            _document_row(labels.get(village, ""), _title(pack_id, document, on), list(states.values()))
            for (village, pack_id, document), states in sorted(best.items())
        ],
        {"village": ("village",), "missing": ("missing",), "document": ("document",)},
    )


def topics_to_choose(on: date) -> list[tuple[str, str]]:
    """The documents of the library in force on a day, as (pack|document, title)."""
    lang = language()
    return [
        (f"{pack_id}|{document_id}", one.document.title(lang))
        for one in documents_on(on)
        for pack_id, document_id in [one.key]
        if one.force.binds
    ]


_RANK = (
    MeetingReach.ATTENDED,
    MeetingReach.REACHED,
    MeetingReach.UNKNOWN,
    MeetingReach.ABSENT,
    MeetingReach.DENIED,
)
"""The best first."""


def _meetings(actor: Actor) -> QuerySet[PolicyMeeting]:
    reach = Q(pk__in=())
    for path in area_reach(actor.acting_as(MEETING_READERS)):
        reach |= below(path) if path else ~Q(pk__in=())
    return (
        PolicyMeeting.objects.filter(reach)
        .select_related("area", "recorded_by")
        .prefetch_related("topics", "languages")
    )


def _to_tell() -> QuerySet[MeetingInvitation]:
    """Invitations of households that were absent, as the latest sheet says, and not told since; or that deny having been."""
    later = MeetingAttendance.objects.filter(
        meeting=OuterRef("attendance__meeting"), pk__gt=OuterRef("attendance")
    )
    absent = MeetingAbsence.objects.filter(
        ~Exists(later), attendance__meeting=OuterRef("meeting"), household=OuterRef("household")
    )
    told = ReachedAfterwards.objects.filter(meeting=OuterRef("meeting"), household=OuterRef("household"))
    return MeetingInvitation.objects.filter(Exists(absent), ~Exists(told))


_Reaches = dict[int, dict[int, MeetingReach]]


def _reaches(meeting_ids: Collection[int], household_id: int | None = None) -> _Reaches:
    """By meeting, whether it reached each invited household (or one of them). Five statements at most."""
    only: dict[str, Any] = {"meeting__in": meeting_ids}
    if household_id is not None:
        only["household"] = household_id
    invited = MeetingInvitation.objects.filter(**only).values_list("meeting_id", "household_id")
    denied = set(
        MeetingObjection.objects.filter(**only, never_reached=True).values_list("meeting_id", "household_id")
    )
    noted = set(ReachedAfterwards.objects.filter(**only).values_list("meeting_id", "household_id"))
    sheets = dict(
        MeetingAttendance.objects.filter(meeting__in=meeting_ids)
        .order_by("pk")
        .values_list("meeting_id", "pk")
    )
    absent = set(
        MeetingAbsence.objects.filter(attendance__in=sheets.values()).values_list(
            "attendance__meeting_id", "household_id"
        )
    )

    def of(key: tuple[int, int]) -> MeetingReach:
        if key in denied:
            return MeetingReach.DENIED
        if key[0] not in sheets:
            return MeetingReach.UNKNOWN
        if key not in absent:
            return MeetingReach.ATTENDED
        return MeetingReach.REACHED if key in noted else MeetingReach.ABSENT

    found: _Reaches = {pk: {} for pk in meeting_ids}
    for key in invited:
        found[key[0]][key[1]] = of(key)
    return found


def _rows(meetings: Sequence[PolicyMeeting], on: date) -> list[MeetingRow]:
    reach = _reaches([row.pk for row in meetings])
    return [_row(row, reach[row.pk], on) for row in meetings]


def _row(row: PolicyMeeting, reach: dict[int, MeetingReach], on: date) -> MeetingRow:
    states = list(reach.values())
    return MeetingRow(
        row,
        tuple(_topics(row, on)),
        tuple(str(one.get_language_display()) for one in row.languages.all()),
        len(states),
        states.count(MeetingReach.ATTENDED),
        states.count(MeetingReach.REACHED),
        states.count(MeetingReach.ABSENT) + states.count(MeetingReach.DENIED),
        MeetingReach.UNKNOWN not in states,
    )


def _topics(row: PolicyMeeting, on: date) -> list[str]:
    return [_title(one.pack_id, one.document, on) for one in row.topics.all()]


def _title(pack_id: str, document: str, on: date) -> str:
    return document_on(pack_id, document, on).document.title(language())


def _invited(household: Any, reach: MeetingReach, told: Any) -> InvitedView:
    return InvitedView(household, reach, told.on if told else None, _by(told))


def _by(told: Any) -> str:
    if told is None:
        return ""
    return told.helper.person.name if told.helper else str(told.by)


def _document_row(village: str, document: str, states: list[MeetingReach]) -> DocumentReach:
    attended, reached = states.count(MeetingReach.ATTENDED), states.count(MeetingReach.REACHED)
    return DocumentReach(village, document, len(states), attended, reached, len(states) - attended - reached)


def _pending(rows: Sequence[Any]) -> list[Pending]:
    return [
        Pending(
            f"{row.meeting_id}/reached/{row.household_id}",
            row.household.head.name if row.household.head else row.household.household_no,
            f"{row.meeting.area.label} · {row.meeting.place}",
            row.meeting.on,
        )
        for row in rows
    ]
