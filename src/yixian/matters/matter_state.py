"""诉求状态: event sourcing of a matter — its state replayed from its events, and the one way to append a new one.

What a new event may be is asked of the procedure (`yixian.domain.procedure.replay`); nothing else decides it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure import ClockReading, Course, Event, UnknownYear, replay
from yixian.domain.procedure.clocks import OVERDUE, RUNNING
from yixian.domain.procedure.definition import PERSON
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.matters.calendar_versions import calendars_known, current_calendar
from yixian.matters.models import Matter, MatterEscalation, MatterEvent, MatterParty, MatterProjection
from yixian.matters.notifications import notify_event
from yixian.matters.procedures import EffectiveProcedure, MatterState, effective_procedure
from yixian.matters.receipt_digits import without_receipts
from yixian.registry.models import Organisation

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""After every deadline."""

EscalationStep = tuple[str, datetime, int]
"""阶梯的一级: of a clock, by its id and when it started, so many of its days after its last."""

REFUSALS = {
    "order": _("Something else happened meanwhile. Look at the matter again."),
    "unknown": _("The procedure knows no such step."),
    "state": _("This step is not possible as the matter stands."),
    "fixed": _("The superior has fixed who deals with it: it is handed over no more."),
    "offered": _("It is offered to another body already, or that body holds it."),
    "no_offer": _("Nothing was offered that could be answered."),
    "needs_reason": _("Say why."),
    "needs_clause": _("Cite the clause that it rests on."),
    "needs_to_body": _("Name the body that it goes to."),
    "by_holder": _("Only the body that holds the matter may do this."),
    "by_receiver": _("Only the body that was offered the matter may do this."),
    "by_person": _("Only the person may do this."),
    "by_superior": _("Only the common superior may do this."),
    "extension_nothing": _("There is no running limit that could be lengthened."),
    "extension_again": _("The limit was lengthened as often as is allowed."),
    "extension_late": _("The limit had run out before: it is lengthened no more."),
}
UNFOLLOWED = _(
    "The record of this matter cannot be followed: whoever runs the system has to look at it first."
)
"""What the procedure's refusals are in words, by its rule."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be written. Bodies and users are ids; ``actor_organisation`` is None where the person themself acts."""

    kind: str
    actor_organisation: int | None = None
    to_organisation: int | None = None
    reason: str = ""
    clause: str = ""
    assignee: int | None = None


def state_of(matter: Matter, *, at: datetime, events: Iterable[MatterEvent] | None = None) -> MatterState:
    """Where a matter stands at a moment. Deadlines in years that the calendar does not know are left out, never guessed.

    Of a record that cannot be followed (``course.fault``) it is where it stood before the event that cannot be.
    """
    work = effective_procedure(matter.procedure_version_id, matter.kind)
    rows = matter.events.order_by("seq") if events is None else events
    return _replayed(work, _plain(list(rows)), at)


def fault_words(rule: str) -> str:
    """Why a record cannot be followed, in words; "" for a sound one."""
    return str(REFUSALS.get(rule, rule))


def state_from(matter: Matter, events: Iterable[Event], *, at: datetime) -> MatterState:
    """The same from events as the procedure reads them (`plain_events`)."""
    return _replayed(effective_procedure(matter.procedure_version_id, matter.kind), list(events), at)


def plain_events(matters: Collection[int]) -> dict[int, list[Event]]:
    """The events of these matters as the procedure reads them, in one statement. Reasons stay sealed: it asks only for theirs
    being there.
    """
    found: dict[int, list[Event]] = defaultdict(list)
    has_reason = Case(When(reason="", then=Value("")), default=Value("1"))
    rows = MatterEvent.objects.filter(matter_id__in=matters).annotate(has_reason=has_reason)
    columns = (
        "matter_id",
        "seq",
        "at",
        "kind",
        "actor_organisation_id",
        "to_organisation_id",
        "has_reason",
        "clause",
        "calendar_id",
        "to_organisation__kind",
    )
    told = list(rows.order_by("matter_id", "seq").values_list(*columns))
    calendars = calendars_known({row[8] for row in told})
    for matter_id, seq, at, kind, actor, to, reason, clause, calendar, to_kind in told:
        event = Event(
            seq, at, kind, str(actor or ""), str(to or ""), reason, clause, calendars[calendar], to_kind or ""
        )
        found[matter_id].append(event)
    return found


def record_event(matter: Matter, new_event: NewEvent, *, actor: Actor, at: datetime) -> MatterEvent:
    """Write that something happened, if the procedure allows it as the matter stands. Call it inside a transaction.

    Raises `Refused` under ``matter.<rule>`` where it does not, ``matter.unfollowed`` where what happened before cannot be
    followed; then nothing is written.
    """
    state = MatterProjection.objects.select_for_update().filter(pk=matter.pk).first()
    rows = list(matter.events.order_by("seq"))
    work = effective_procedure(matter.procedure_version_id, matter.kind)
    row = MatterEvent(
        matter=matter,
        seq=rows[-1].seq + 1 if rows else 1,
        at=max(at, rows[-1].at) if rows else at,
        kind=new_event.kind,
        actor_organisation_id=new_event.actor_organisation,
        to_organisation_id=new_event.to_organisation,
        reason=without_receipts(new_event.reason.strip()),
        clause=new_event.clause.strip(),
        by_id=actor.user_id,
        assignee_id=new_event.assignee,
        calendar=current_calendar(at=at),
    )
    rows.append(row)
    followed = _replayed(work, _plain(rows), row.at)
    fault = followed.course.fault
    if fault is not None and fault.seq != row.seq:
        raise Refused("matter.unfollowed", UNFOLLOWED)
    if fault is not None:
        raise Refused(f"matter.{fault.rule}", REFUSALS[fault.rule], field=_FIELDS.get(fault.rule, ""))
    row.save(force_insert=True)
    write_projection(matter, rows, followed, state)
    entry = Entry(f"matter.{row.kind}", "matter", matter.pk, matter.area_path, {"seq": row.seq})
    record(entry, actor=actor, at=at)
    notify_event(matter, row, actor=actor, at=at)
    return row


_FIELDS = {"needs_reason": "reason", "needs_clause": "clause", "needs_to_body": "to_organisation"}


def write_projection(
    matter: Matter, rows: list[MatterEvent], followed: MatterState, before: MatterProjection | None
) -> MatterProjection:
    """Work the index row of a matter out anew from its events, as of the last of them. One that cannot be followed keeps what
    stood in it before, and says so.
    """
    guarded = matter.about_official or matter.subjects.exists()
    taken = _escalations_made(matter)
    row = projection_row(matter, rows, followed, before, topic=_topic(matter), taken=taken, guarded=guarded)
    fault = followed.course.fault
    if fault is not None:
        row.fault, row.sort_at, row.next_escalation_at = fault.rule, row.received_at, None
    row.save(force_insert=before is None, force_update=before is not None)
    parties = [MatterParty(matter=matter, organisation_id=pk) for pk in sorted(parties_in(rows))]
    MatterParty.objects.bulk_create(parties, ignore_conflicts=True)
    return row


def projection_row(
    matter: Matter,
    rows: list[MatterEvent],
    followed: MatterState,
    before: MatterProjection | None,
    *,
    topic: str,
    taken: Collection[EscalationStep],
    guarded: bool,
) -> MatterProjection:
    """The index row of a matter, not written yet. ``taken`` are the rungs that were taken (clock, its start, days after)."""
    course, last = followed.course, rows[-1]
    pending = followed.effective_procedure.procedure.handover.answer if course.offered_to else ""
    answer = next((one.due_at for one in reversed(course.clocks) if one.clock.id == pending), None)
    due = min(office_clocks(followed), key=lambda one: one.due_at, default=None)
    escalations = [moment for _reading, _after, moment in due_escalations(followed, taken)]
    closed_at = (before.closed_at if before and before.is_closed else None) or last.at
    return MatterProjection(
        matter=matter,
        number=matter.number,
        area_path=matter.area_path,
        received_at=matter.received_at,
        guarded=guarded,
        topic=topic,
        state=course.state,
        is_closed=followed.is_closed,
        holder_id=followed.holder_id,
        offered_to_id=followed.offered_id,
        answer_due_at=answer,
        with_superior=course.with_superior,
        assignee_id=next((row.assignee_id for row in reversed(rows) if _assigns(row)), None),
        next_due_at=due.due_at if due else None,
        sort_at=due.due_at if due else NEVER,
        next_clock=due.clock.id if due else "",
        next_escalation_at=min(escalations, default=None),
        last_seq=last.seq,
        last_at=last.at,
        closed_at=closed_at if followed.is_closed else None,
        rules=followed.effective_procedure.rules,
        unknown_year=followed.unknown_year,
    )


def parties_in(rows: Iterable[MatterEvent]) -> set[int]:
    """Every body that acts in these events, or that the matter comes to by them."""
    return {pk for row in rows for pk in (row.actor_organisation_id, row.to_organisation_id) if pk}


def office_clocks(followed: MatterState) -> Iterator[ClockReading]:
    """The clocks that an office must keep and that run or have run out; not the one whose silence is an answer."""
    silent = followed.effective_procedure.procedure.handover.answer
    for reading in followed.course.clocks:
        is_open = reading.status in {RUNNING, OVERDUE} and not reading.paused
        if is_open and reading.clock.of != PERSON and reading.clock.id != silent:
            yield reading


def escalation_due_at(followed: MatterState, reading: ClockReading, after: int) -> datetime:
    """When a rung of a clock's ladder is due: so many of the clock's own days after its last day, at 24:00."""
    calendar = followed.effective_procedure.known
    if after == 0:
        return reading.due_at
    if reading.clock.working:
        return calendar.end_of(calendar.after(reading.due_day, after, working=True))
    return calendar.end_of(reading.due_day) + timedelta(days=after)


def due_escalations(
    followed: MatterState, taken: Collection[EscalationStep]
) -> list[tuple[ClockReading, int, datetime]]:
    """The rungs not yet taken of clocks that run or have run out: the clock, its days after, and when it is due."""
    found = []
    for reading in office_clocks(followed):
        for step in reading.clock.ladder:
            if (reading.clock.id, reading.started_at, step.after) in taken:
                continue
            try:
                found.append((reading, step.after, escalation_due_at(followed, reading, step.after)))
            except UnknownYear:
                continue
    return found


def _escalations_made(matter: Matter) -> set[EscalationStep]:
    rows = MatterEscalation.objects.filter(matter=matter)
    return set(rows.values_list("clock", "started_at", "after"))


def _replayed(work: EffectiveProcedure, events: list[Event], at: datetime) -> MatterState:
    state = _course_or_cut(work, events, at)
    fault = state.course.fault
    if fault is None:
        return state
    before = _course_or_cut(work, [event for event in events if event.seq < fault.seq], at)
    if before.course.fault is not None:
        return state
    return replace(before, course=replace(before.course, fault=fault))


def _course_or_cut(work: EffectiveProcedure, events: list[Event], at: datetime) -> MatterState:
    try:
        return MatterState(replay(work.procedure, work.known, events, at), work, 0)
    except UnknownYear as error:
        course = replay(work.procedure, work.beyond, events, at)
        known = tuple(one for one in course.clocks if one.due_day <= work.known.last)
        cut = Course(
            course.state,
            course.holder,
            course.offered_to,
            course.with_superior,
            course.held,
            known,
            course.seconds,
            course.fault,
        )
        return MatterState(cut, work, error.year)


def _plain(rows: Collection[MatterEvent]) -> list[Event]:
    """Rows as the procedure reads them: of a reason and a clause it asks only whether they are there."""
    calendars = calendars_known({row.calendar_id for row in rows})
    bodies = {row.to_organisation_id for row in rows if row.to_organisation_id}
    kinds = dict(Organisation.objects.filter(pk__in=bodies).values_list("pk", "kind"))
    return [
        Event(
            row.seq,
            row.at,
            row.kind,
            str(row.actor_organisation_id or ""),
            str(row.to_organisation_id or ""),
            row.reason,
            row.clause,
            calendars[row.calendar_id],
            kinds.get(row.to_organisation_id or 0, ""),
        )
        for row in rows
    ]


def _assigns(row: MatterEvent) -> bool:
    """Whether it says who deals with the matter: somebody, or, on its coming to another body, nobody yet."""
    return row.assignee_id is not None or (row.kind == "handover_accepted")


def _topic(matter: Matter) -> str:
    return matter.sortings.order_by("-pk").values_list("topic", flat=True).first() or ""
