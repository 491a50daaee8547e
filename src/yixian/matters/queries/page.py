"""一件事项的全貌: everything about one matter as of a moment, and which steps its reader may take."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from yixian.domain.procedure import Reading
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.matters.access import HANDLERS, HEADS, IDENTITY_OPENERS, bodies_of, matter_scope
from yixian.matters.actions.decide import EVENT_OF_STATE, REMEDIERS, open_remedy
from yixian.matters.actions.extend import open_extension
from yixian.matters.actions.hand_over import SUPERIORS
from yixian.matters.actions.say_verdict import may_note_verdict
from yixian.matters.choices import MatterKind, Rung, Topic
from yixian.matters.citing import cited_clauses
from yixian.matters.event_words import title_of
from yixian.matters.following import Standing, standing_of
from yixian.matters.models import Matter, MatterDecision, MatterEvent
from yixian.matters.procedures import Clockwork
from yixian.matters.remedies import get_remedy
from yixian.matters.rows import (
    ClockView,
    DecisionView,
    EscalationView,
    FileView,
    HeldView,
    LinkView,
    MatterView,
    MeetingView,
    MessageView,
    StepView,
    VerdictView,
    ladder_of,
)
from yixian.registry.models import Body


def matter_view(actor: Actor, matter: Matter, *, at: datetime) -> MatterView:
    """A matter that the caller's actor may see, as it stands at a moment."""
    events = list(matter.events.order_by("seq").select_related("by"))
    standing = standing_of(matter, at=at, events=events)
    names = _bodies(events, standing)
    users = _users(events)
    course = standing.course
    topic = matter.sortings.order_by("-pk").values_list("topic", flat=True).first() or Topic.UNSORTED
    assignee_id = matter.standing.assignee_id if matter.standing.holder_id == standing.holder_id else None
    extension = open_extension(matter)
    text = matter.text
    return MatterView(
        number=matter.number,
        kind_label=str(MatterKind(matter.kind).label),
        procedure=standing.clockwork.procedure.title(language()),
        topic=topic,
        topic_label=str(Topic(topic).label),
        channel_label=str(matter.get_channel_display()),
        area=matter.area.label,
        received_at=matter.received_at,
        recorded_by=str(matter.recorded_by) if matter.recorded_by else "",
        anonymous=matter.anonymous,
        joint=matter.joint,
        shared=matter.shared,
        about_official=matter.about_official or matter.subjects.exists(),
        subjects=_subjects(matter),
        words=text.words,
        wanted=text.wanted,
        item_line=text.item_line,
        payment=text.payment,
        subject_words=text.subject_words,
        source_no=text.source_no,
        read_back=text.read_back,
        clauses=cited_clauses(
            (row.pack_id, row.document, row.clause) for row in matter.clauses.order_by("pk")
        ),
        files=_files(matter),
        state=course.state,
        state_label=state_label(standing.clockwork, course.state),
        is_closed=standing.is_closed,
        holder_id=standing.holder_id,
        holder=names.get(standing.holder_id or 0, ""),
        offered_to=names.get(standing.offered_id or 0, ""),
        with_superior=course.with_superior,
        assignee_id=assignee_id,
        assignee=users.get(assignee_id or 0, ""),
        waiting_for=_waiting(events),
        unknown_year=standing.unknown_year,
        age_seconds=course.seconds,
        clocks=clock_views(standing),
        steps=tuple(_step(row, names, users) for row in events),
        held=tuple(
            HeldView(
                names.get(int(part.body), ""),
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
        escalations=_escalations(matter, standing.clockwork),
        links=_links(actor, matter, at),
        extension_asked=extension.reason if extension else "",
    )


def steps_for(actor: Actor, matter: Matter, *, at: datetime) -> frozenset[str]:
    """The steps that an actor may take with a matter now, by the names of the pages that take them."""
    standing = standing_of(matter, at=at)
    mine = bodies_of(actor, at=at)
    if actor.user_id is None or actor.roles.isdisjoint(HANDLERS):
        return frozenset({"verdict"}) if may_note_verdict(actor, matter) else frozenset()
    course, found = standing.course, set[str]()
    holds, asked = standing.holder_id in mine, standing.offered_id in mine
    if holds and not standing.is_closed:
        found |= {"write", "note", "sort", "link", "minutes"}
        if standing.offered_id is None and not course.with_superior:
            found |= {name for name in ("register", "accept", "refuse") if _may(standing, name)}
            found |= {"forward"} if actor.has_any(*_FORWARDERS) and _may(standing, "forward") else set()
        found |= {
            name
            for name in ("offer", "assign", "wait", "answered", "hearing", "hearing_end", "extend", "close")
            if _may(standing, name)
        }
        found -= _out_of_turn(matter)
        found -= {"offer", "forward"} if standing.offered_id is not None or course.with_superior else set()
        if _may(standing, "decide"):
            found.add("decide")
        if not matter.anonymous and not actor.roles.isdisjoint(IDENTITY_OPENERS):
            found.add("identity")
    if asked:
        found |= {"take_over", "return"} | {name for name in ("accept", "refuse") if _may(standing, name)}
    return frozenset(found | _approvals(actor, matter, standing, mine, holds=holds))


def _out_of_turn(matter: Matter) -> set[str]:
    """Of what opens and ends — a wait for the person, a hearing — the one that has no sense now."""
    told = ("waiting_person", "person_answered", "hearing_opened", "hearing_closed")
    kinds = list(matter.events.filter(kind__in=told).order_by("seq").values_list("kind", flat=True))
    waits = [kind for kind in kinds if kind in {"waiting_person", "person_answered"}][-1:]
    hearings = [kind for kind in kinds if kind.startswith("hearing")][-1:]
    return {
        "wait" if waits == ["waiting_person"] else "answered",
        "hearing" if hearings == ["hearing_opened"] else "hearing_end",
    }


_FORWARDERS = (Role.PETITION_OFFICER,)
_NAMERS = (Role.PETITION_OFFICER, Role.AUDITOR)

_EVENT_OF_STEP = {
    "register": "registered",
    "forward": "forwarded",
    "accept": "accepted",
    "refuse": "not_accepted",
    "offer": "handover_offered",
    "assign": "assigned",
    "wait": "waiting_person",
    "answered": "person_answered",
    "hearing": "hearing_opened",
    "hearing_end": "hearing_closed",
    "extend": "extension_approved",
    "close": "closed",
}


def _may(standing: Standing, step: str) -> bool:
    if step == "decide":
        found = EVENT_OF_STATE.get(standing.course.state)
        return found is not None and standing.may_happen(found[0])
    return standing.may_happen(_EVENT_OF_STEP[step])


def _approvals(
    actor: Actor, matter: Matter, standing: Standing, mine: frozenset[int], *, holds: bool
) -> set[str]:
    """What only a head, a superior or the keepers of the register may do."""
    found = set[str]()
    asked = open_extension(matter)
    if holds and asked and asked.asked_by_id != actor.user_id and not actor.roles.isdisjoint(HEADS):
        found.add("approve_extension")
    if standing.course.with_superior and not actor.roles.isdisjoint(SUPERIORS):
        row = matter.events.filter(kind="commented", to_body__isnull=False).order_by("-seq").first()
        found |= {"fix"} if row is not None and row.to_body_id in mine else set()
    remedy = open_remedy(matter)
    if remedy is not None:
        found |= {"ask_remedy"} if holds else set()
        if remedy.by_id != actor.user_id and not actor.roles.isdisjoint(REMEDIERS):
            found.add("carry_out")
        found.discard("close")
    if standing.is_closed and not actor.roles.isdisjoint(HEADS) and standing.may_happen("reopened"):
        found.add("reopen")
    if actor.has_any(*_NAMERS):
        found.add("subject")
    return found


def clock_views(standing: Standing) -> tuple[ClockView, ...]:
    """The clocks of a matter as they are read, in the order in which they began."""
    return tuple(_clock(reading, standing.clockwork) for reading in standing.course.clocks)


def state_label(work: Clockwork, state: str) -> str:
    """A state in the words of its procedure."""
    titles = work.procedure.states.get(state)
    return "" if titles is None else titles[language() != "zh"]


def decision_views(matter: Matter) -> tuple[DecisionView, ...]:
    """The decisions of a matter, in their order."""
    rows = matter.decisions.select_related("body", "by", "done").order_by("pk")
    return tuple(_decision(row) for row in rows)


def _decision(row: MatterDecision) -> DecisionView:
    done = getattr(row, "done", None)
    kind = get_remedy(row.remedy) if row.remedy else None
    return DecisionView(
        pk=row.pk,
        stage=row.stage,
        stage_label=str(row.get_stage_display()),
        body=row.body.label,
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
        remedy_label=str(kind.title) if kind else row.remedy,
        remedy_done_at=done.at if done else None,
        remedy_told={str(key): str(value) for key, value in done.told.items()} if done else {},
    )


def _clock(reading: Reading, work: Clockwork) -> ClockView:
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


def _step(row: MatterEvent, names: dict[int, str], users: dict[int, str]) -> StepView:
    return StepView(
        kind=row.kind,
        title=title_of(row.kind, to_body=row.to_body_id is not None),
        at=row.at,
        body=names.get(row.actor_body_id or 0, ""),
        to_body=names.get(row.to_body_id or 0, ""),
        reason=row.reason,
        clause=row.clause,
        by=str(row.by) if row.by else "",
        assignee=users.get(row.assignee_id or 0, ""),
        by_person=row.actor_body_id is None and row.by_id is None,
    )


def _bodies(events: Iterable[MatterEvent], standing: Standing) -> dict[int, str]:
    ids = {pk for row in events for pk in (row.actor_body_id, row.to_body_id) if pk}
    ids |= {int(part.body) for part in standing.course.held}
    return {body.pk: body.label for body in Body.objects.filter(pk__in=ids)}


def _users(events: Collection[MatterEvent]) -> dict[int, str]:
    ids = {row.assignee_id for row in events if row.assignee_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def _subjects(matter: Matter) -> tuple[str, ...]:
    rows = matter.subjects.select_related("helper__person", "body").order_by("pk")
    return tuple(
        f"{row.helper.person.name} · {row.body.label}" if row.helper else row.body.label for row in rows
    )


def _files(matter: Matter) -> tuple[FileView, ...]:
    return tuple(
        FileView(row.pk, row.kind, row.width, row.height, row.seconds, row.by_person)
        for row in matter.files.order_by("position")
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
            row.body.label if row.body else "",
            row.words,
            str(row.get_told_display()) if row.told else "",
        )
        for row in matter.messages.select_related("by", "body").order_by("at", "pk")
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
            row.body.label,
            str(row.by),
        )
        for row in matter.meetings.select_related("by", "body").order_by("on", "pk")
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
        for row in matter.verdicts.select_related("by").order_by("pk")
    )


def _escalations(matter: Matter, work: Clockwork) -> tuple[EscalationView, ...]:
    titles = {clock.id: clock.title(language()) for clock in work.procedure.clocks}
    return tuple(
        EscalationView(
            titles.get(row.clock, row.clock),
            str(Rung(row.to).label),
            row.body.label if row.body else "",
            timezone.localtime(row.due_at).date() - timedelta(days=1),
            row.at,
        )
        for row in matter.escalations.select_related("body").order_by("at", "pk")
    )


def _links(actor: Actor, matter: Matter, at: datetime) -> tuple[LinkView, ...]:
    """Links to matters that the actor may see too: of any other not even the number is told."""
    rows = matter.links.filter(other__in=matter_scope(actor, at=at)).select_related("other").order_by("pk")
    return tuple(LinkView(row.other.number, row.kind, str(row.get_kind_display())) for row in rows)
