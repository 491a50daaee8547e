"""政策宣讲会登记: write down a meeting, enter who was absent, note who was told afterwards, and what a household objects."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.outreach.access import MEETING_RECORDERS, reaches
from yixian.outreach.limits import MAX_NOTE, MAX_OBJECTIONS, MAX_POINTS, MAX_WORDS
from yixian.outreach.models import (
    MeetingAbsence,
    MeetingAttendance,
    MeetingInvitation,
    MeetingLanguage,
    MeetingObjection,
    MeetingQuestion,
    MeetingTopic,
    PolicyMeeting,
    ReachedAfterwards,
)
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import QuestionChannel
from yixian.policies.library import document_on
from yixian.registry.access import below
from yixian.registry.choices import Language
from yixian.registry.models import Area, Household
from yixian.visits.access import pairing_of, require_household, require_recorder
from yixian.visits.models import Visit


@dataclass(frozen=True, slots=True)
class HandsDraft:
    """A question at a meeting: the answer given there ("" hands it to the policy desk), and the hands shown."""

    words: str
    answer: str = ""
    understood: int = 0
    not_understood: int = 0


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as it is typed. ``topics`` are (pack, document) of the library."""

    area_id: int
    on: date
    place: str
    topics: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    questions: tuple[HandsDraft, ...] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def hold_meeting(draft: MeetingDraft, *, actor: Actor, at: datetime) -> PolicyMeeting:
    """Write down a meeting; every household of the place on that day was invited. The same key gives the same meeting.

    Raises `NotFound` for a place out of reach or a document that the library does not hold, `NotPermitted` for other roles,
    `Invalid` naming the field.
    """
    area = Area.objects.filter(pk=draft.area_id).first()
    user_id = _recorder(actor, area.path if area else "")
    assert area is not None  # noqa: S101 - an area that is not there is out of reach
    before = PolicyMeeting.objects.filter(key=draft.key).first()
    if before is not None:
        if (before.area_id, before.recorded_by_id) != (area.pk, user_id):
            raise Refused("meeting.key", _("This form belongs to another meeting. Open the page again."))
        return before
    _require(draft, timezone.localdate(at))
    meeting = PolicyMeeting.objects.create(
        area=area,
        area_path=area.path,
        on=draft.on,
        place=draft.place.strip(),
        recorded_by_id=user_id,
        recorded_at=at,
        key=draft.key,
    )
    MeetingTopic.objects.bulk_create(
        MeetingTopic(meeting=meeting, pack_id=pack_id, document=document)
        for pack_id, document in dict.fromkeys(draft.topics)
    )
    MeetingLanguage.objects.bulk_create(
        MeetingLanguage(meeting=meeting, language=one) for one in dict.fromkeys(draft.languages)
    )
    invited = Household.objects.filter(in_force(draft.on)).filter(below(area.path)).order_by("household_no")
    rows = MeetingInvitation.objects.bulk_create(
        MeetingInvitation(meeting=meeting, household_id=pk) for pk in invited.values_list("pk", flat=True)
    )
    for number, asked in enumerate(draft.questions):
        _ask(meeting, number, asked, draft.key, actor, at)
    data = {"on": draft.on.isoformat(), "households": len(rows), "questions": len(draft.questions)}
    _record("held", meeting, data, actor, at)
    return meeting


@transaction.atomic
def enter_attendance(
    meeting_id: int, absent: Collection[int], why: str, *, actor: Actor, at: datetime
) -> MeetingAttendance:
    """Enter the sheet: who of those invited was absent. A second time it corrects the first, and says why."""
    meeting = PolicyMeeting.objects.select_for_update().filter(pk=meeting_id).first()
    user_id = _recorder(actor, meeting.area_path if meeting else "")
    assert meeting is not None  # noqa: S101 - a meeting that is not there is out of reach
    invited = set(meeting.invitations.values_list("household_id", flat=True))
    if not set(absent) <= invited:
        raise Invalid("meeting.invited", _("Choose among the households that were invited."), field="absent")
    if meeting.attendances.exists() and not why.strip():
        raise Invalid("meeting.why", _("Say why the sheet is corrected."), field="why")
    sheet = MeetingAttendance.objects.create(meeting=meeting, why=why.strip()[:200], by_id=user_id, at=at)
    MeetingAbsence.objects.bulk_create(
        MeetingAbsence(attendance=sheet, household_id=pk) for pk in sorted(set(absent))
    )
    _record("attendance", meeting, {"absent": len(set(absent))}, actor, at)
    return sheet


@transaction.atomic
def note_reached(
    meeting_id: int, household_id: int, on: date, visit_id: int | None, *, actor: Actor, at: datetime
) -> ReachedAfterwards:
    """Note that an absent household was told afterwards, by whoever stands beside it or leads there.

    Raises `NotFound` out of reach or for a visit elsewhere, `Refused` where it was there or was told already.
    """
    household, user_id = require_recorder(actor, household_id)
    meeting = PolicyMeeting.objects.select_for_update().filter(pk=meeting_id).first()
    if meeting is None or not meeting.invitations.filter(household=household).exists():
        raise NotFound("meeting.not_found", _("There is no such meeting."))
    sheet = meeting.attendances.order_by("-pk").first()
    if sheet is None or not sheet.absences.filter(household=household).exists():
        raise Refused("meeting.not_absent", _("This household was not absent, as the sheet says."))
    if meeting.reached.filter(household=household).exists():
        raise Refused("meeting.reached", _("It is noted already that this household was told."))
    today = timezone.localdate(at)
    if not meeting.on <= on <= today:
        raise Invalid("meeting.day", _("The day lies between the meeting and today."), field="on")
    if visit_id is not None and not Visit.objects.filter(pk=visit_id, household=household).exists():
        raise NotFound("visit.not_found", _("There is no such visit."))
    pairing = pairing_of(actor, household, on=today)
    row = ReachedAfterwards.objects.create(
        meeting=meeting,
        household=household,
        on=on,
        helper_id=pairing.helper_id if pairing else None,
        visit_id=visit_id,
        by_id=user_id,
        at=at,
    )
    data = {"meeting": meeting.pk, "on": on.isoformat()}
    record(Entry("meeting.reached", "household", household.pk, household.area_path, data), actor=actor, at=at)
    return row


@transaction.atomic
def object_to_meeting(
    meeting_id: int, words: str, *, never_reached: bool, actor: Actor, household_id: int, at: datetime
) -> MeetingObjection:
    """A household that was invited says that it was not so. Nothing else follows than that it does not count as reached."""
    household = require_household(actor, household_id)
    meeting = PolicyMeeting.objects.select_for_update().filter(pk=meeting_id).first()
    if meeting is None or not meeting.invitations.filter(household=household).exists():
        raise NotFound("meeting.not_found", _("There is no such meeting."))
    if not words.strip() and not never_reached:
        raise Invalid("visit.objection", _("Please say what was not so."), field="words")
    if len(words) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="words")
    own = meeting.objections.filter(household=household).order_by("-pk")
    latest = own.first()
    if latest is not None and (latest.words, latest.never_reached) == (words.strip(), never_reached):
        return latest
    if own.count() >= MAX_OBJECTIONS:
        raise Refused(
            "visit.objections", _("You have written this ten times: please ring the township instead.")
        )
    row = MeetingObjection.objects.create(
        meeting=meeting, household=household, never_reached=never_reached, words=words.strip(), at=at
    )
    data = {"meeting": meeting.pk, "never_reached": never_reached}
    record(
        Entry("meeting.objected", "household", household.pk, household.area_path, data), actor=actor, at=at
    )
    return row


def _recorder(actor: Actor, area_path: str) -> int:
    user_id = require_person(actor, MEETING_RECORDERS)
    if not area_path or not reaches(actor, area_path, MEETING_RECORDERS):
        raise NotFound("area.not_found", _("There is no such area."))
    return user_id


def _require(draft: MeetingDraft, today: date) -> None:
    if draft.on > today:
        raise Invalid("explanation.future", _("The day lies in the future."), field="on")
    if not draft.place.strip():
        raise Invalid("on_site.place", _("Say where it was."), field="place")
    if not draft.topics:
        raise Invalid("meeting.topics", _("Say which documents were explained."), field="topics")
    for pack_id, document in draft.topics:
        document_on(pack_id, document, draft.on)
    if not draft.languages or not set(draft.languages) <= set(Language.values):
        raise Invalid("meeting.languages", _("Say in which languages."), field="languages")
    if len(draft.questions) > MAX_POINTS:
        raise Invalid("meeting.questions", _("Six questions at most."))
    for number, asked in enumerate(draft.questions):
        if len(asked.words) > MAX_WORDS or len(asked.answer) > 500:
            raise Invalid("explanation.long", _("This is too long."), field=f"asked_{number}")


def _ask(
    meeting: PolicyMeeting, number: int, asked: HandsDraft, key: uuid.UUID, actor: Actor, at: datetime
) -> None:
    """A question as it was answered there; what nobody could answer goes to the policy desk, with its day."""
    row = MeetingQuestion(
        meeting=meeting,
        position=number,
        words=asked.words.strip(),
        answer=asked.answer.strip(),
        understood=asked.understood,
        not_understood=asked.not_understood,
    )
    if not row.answer:
        once = uuid.uuid5(key, str(number)).hex
        handed = submit_question(row.words, once, QuestionChannel.STAFF, actor=actor, at=at)
        row.policy_question_id = handed.question_id
    row.save(force_insert=True)


def _record(kind: str, meeting: PolicyMeeting, data: dict[str, object], actor: Actor, at: datetime) -> None:
    entry = Entry(f"meeting.{kind}", "policy_meeting", meeting.pk, meeting.area_path, data)
    record(entry, actor=actor, at=at)
