"""一件事项的全貌: everything about one matter as of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest

from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.domain.procedure import ClockReading
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.user_names import user_names
from yixian.matters.access import matter_scope
from yixian.matters.choices import EscalationLevel, MatterKind, Topic
from yixian.matters.citations import cited_clauses
from yixian.matters.event_words import title_of
from yixian.matters.matter_read_models import (
    ClockView,
    CustodyView,
    DecisionView,
    EscalationView,
    EventView,
    FileView,
    LinkView,
    MatterView,
    MeetingView,
    MessageView,
    VerdictView,
    ladder_of,
)
from yixian.matters.matter_state import fault_words, state_of
from yixian.matters.models import Matter, MatterDecision, MatterEvent
from yixian.matters.pending import open_extension
from yixian.matters.procedures import EffectiveProcedure, MatterState
from yixian.matters.queries.matter_rows import (
    clauses_of,
    decisions_of,
    escalations_of,
    events_of,
    files_of,
    links_of,
    meetings_of,
    messages_of,
    subjects_of,
    verdicts_of,
)
from yixian.matters.remedies import get_remedy
from yixian.matters.remedy_lines import change_words, read, result_words
from yixian.registry.queries import organisation_labels


def matter_view(actor: Actor, matter: Matter, *, at: datetime) -> MatterView:
    """A matter that the caller's actor may see, as it stands at a moment."""
    events = events_of(matter.pk)
    state = state_of(matter, at=at, events=events)
    names = organisation_labels()
    users = user_names(row.assignee_id for row in events)
    course = state.course
    topic = matter.sortings.order_by("-pk").values_list("topic", flat=True).first() or Topic.UNSORTED
    assignee_id = matter.projection.assignee_id if matter.projection.holder_id == state.holder_id else None
    extension = open_extension(matter)
    text, subjects = matter.text, _subjects(matter)
    return MatterView(
        number=matter.number,
        kind_label=str(MatterKind(matter.kind).label),
        procedure=state.effective_procedure.procedure.title(language()),
        topic=topic,
        topic_label=str(Topic(topic).label),
        channel_label=str(matter.get_channel_display()),
        area=matter.area.label,
        received_at=matter.received_at,
        recorded_by=str(matter.recorded_by) if matter.recorded_by else "",
        anonymous=matter.anonymous,
        joint=matter.joint,
        shared=matter.shared,
        about_official=matter.about_official or bool(subjects),
        subjects=subjects,
        words=text.words,
        wanted=text.wanted,
        item_line=text.item_line,
        payment=text.payment,
        subject_words=text.subject_words,
        source_no=text.source_no,
        read_back=text.read_back,
        clauses=cited_clauses((row.pack_id, row.document, row.clause) for row in clauses_of(matter.pk)),
        files=_files(matter),
        state=course.state,
        state_label=state_label(state.effective_procedure, course.state),
        is_closed=state.is_closed,
        holder_id=state.holder_id,
        holder=names.get(state.holder_id or 0, ""),
        offered_to=names.get(state.offered_id or 0, ""),
        with_superior=course.with_superior,
        assignee_id=assignee_id,
        assignee=users.get(assignee_id or 0, ""),
        waiting_for=_waiting(events),
        unknown_year=state.unknown_year,
        fault=fault_words(course.fault.rule) if course.fault else "",
        age_seconds=course.seconds,
        clocks=clock_views(state),
        steps=tuple(_step(row, names, users) for row in events),
        held=tuple(
            CustodyView(
                names.get(int(part.organisation), ""),
                part.since,
                part.until,
                int(((part.until or at) - part.since).total_seconds()),
            )
            for part in course.held
        ),
        messages=_messages(matter),
        decisions=decision_views(matter),
        meetings=_meetings(matter),
        verdicts=_verdicts(matter),
        escalations=_escalations(matter, state.effective_procedure),
        links=_links(actor, matter, at),
        extension_asked=extension.reason if extension else "",
    )


def clock_views(state: MatterState) -> tuple[ClockView, ...]:
    """The clocks of a matter as they are read, in the order in which they began."""
    return tuple(_clock(reading, state.effective_procedure) for reading in state.course.clocks)


def state_label(work: EffectiveProcedure, state: str) -> str:
    """A state in the words of its procedure."""
    titles = work.procedure.states.get(state)
    return "" if titles is None else titles[language() != "zh"]


def decision_views(matter: Matter) -> tuple[DecisionView, ...]:
    """The decisions of a matter, in their order."""
    return tuple(_decision(row) for row in decisions_of(matter.pk))


def _decision(row: MatterDecision) -> DecisionView:
    done = getattr(row, "done", None)
    kind = get_remedy(row.remedy) if row.remedy else None
    lines = read(row.remedy, row.remedy_values).lines if row.remedy else ()
    made = done.result.get("changes", []) if done else []
    return DecisionView(
        pk=row.pk,
        stage=row.stage,
        stage_label=str(row.get_stage_display()),
        organisation=row.organisation.label,
        by=str(row.by) if row.by else "",
        at=row.at,
        asked=row.asked,
        facts=row.facts,
        reasons=row.reasons,
        basis=cited_clauses(tuple(key) for key in row.basis),
        basis_words=row.basis_words,
        outcome=row.outcome,
        outcome_label=str(row.get_outcome_display()),
        remedy=row.remedy,
        remedy_label=str(kind.title) if kind else str(_("Several corrections")) if lines else "",
        remedy_done_at=done.at if done else None,
        changes=tuple(change_words(line, now) for line, now in zip_longest(lines, made)),
        remedy_result=result_words(done.result) if done else "",
    )


def _clock(reading: ClockReading, work: EffectiveProcedure) -> ClockView:
    clock, lang = reading.clock, language()
    document = work.pack.documents[clock.document]
    clause = document.clauses[clock.clause]
    day = date.fromordinal(reading.due_day)
    return ClockView(
        id=clock.id,
        title=clock.title(lang),
        document=document.title(lang),
        clause=clock.clause,
        plain=clause.plain(lang),
        started_at=reading.started_at,
        due_on=day,
        stopped_at=reading.stopped_at,
        status=reading.status,
        days_left=reading.days_left,
        working=clock.working,
        paused=reading.paused,
        provisional=work.is_provisional(day.year) and reading.stopped_at is None,
        of=clock.of,
        ladder=ladder_of(clock, work.procedure),
    )


def _step(row: MatterEvent, names: dict[int, str], users: dict[int, str]) -> EventView:
    return EventView(
        kind=row.kind,
        title=title_of(row.kind, to_organisation=row.to_organisation_id is not None),
        at=row.at,
        organisation=names.get(row.actor_organisation_id or 0, ""),
        to_organisation=names.get(row.to_organisation_id or 0, ""),
        reason=row.reason,
        clause=row.clause,
        by=str(row.by) if row.by else "",
        assignee=users.get(row.assignee_id or 0, ""),
        by_person=row.actor_organisation_id is None and row.by_id is None,
    )


def _subjects(matter: Matter) -> tuple[str, ...]:
    return tuple(
        f"{row.helper.person.name} · {row.organisation.label}" if row.helper else row.organisation.label
        for row in subjects_of(matter.pk)
    )


def _files(matter: Matter) -> tuple[FileView, ...]:
    return tuple(
        FileView(row.pk, row.kind, row.width, row.height, row.seconds, row.by_person)
        for row in files_of(matter.pk)
    )


def _waiting(events: Iterable[MatterEvent]) -> str:
    """What the person has been asked for and has not answered yet."""
    asked = ""
    for row in events:
        if row.kind == "waiting_person":
            asked = row.reason or row.clause
        elif row.kind in {"person_answered", "decided"}:
            asked = ""
    return asked


def _messages(matter: Matter) -> tuple[MessageView, ...]:
    return tuple(
        MessageView(
            row.at,
            row.by_person,
            row.internal,
            str(row.by) if row.by else "",
            row.organisation.label if row.organisation else "",
            row.words,
            str(row.get_notified_by_display()) if row.notified_by else "",
        )
        for row in messages_of(matter.pk)
    )


def _meetings(matter: Matter) -> tuple[MeetingView, ...]:
    return tuple(
        MeetingView(
            str(row.get_kind_display()),
            row.on,
            row.place,
            row.present,
            row.words,
            row.agreed,
            row.organisation.label,
            str(row.by),
        )
        for row in meetings_of(matter.pk)
    )


def _verdicts(matter: Matter) -> tuple[VerdictView, ...]:
    return tuple(
        VerdictView(
            row.verdict,
            str(row.get_verdict_display()),
            row.satisfied,
            row.words,
            row.at,
            str(row.by) if row.by else "",
        )
        for row in verdicts_of(matter.pk)
    )


def _escalations(matter: Matter, work: EffectiveProcedure) -> tuple[EscalationView, ...]:
    titles = {clock.id: clock.title(language()) for clock in work.procedure.clocks}
    return tuple(
        EscalationView(
            titles.get(row.clock, row.clock),
            str(EscalationLevel(row.to).label),
            row.organisation.label if row.organisation else "",
            timezone.localdate(row.due_at) - timedelta(days=1),
            row.at,
        )
        for row in escalations_of(matter.pk)
    )


def _links(actor: Actor, matter: Matter, at: datetime) -> tuple[LinkView, ...]:
    """Links to matters that the actor may see too: of any other not even the number is told."""
    rows = links_of(matter.pk)
    if not rows:
        return ()
    linked = matter_scope(actor, at=at).filter(pk__in=[row.other_id for row in rows])
    seen = set(linked.values_list("pk", flat=True))
    return tuple(
        LinkView(row.other.number, row.kind, str(row.get_kind_display()))
        for row in rows
        if row.other_id in seen
    )
