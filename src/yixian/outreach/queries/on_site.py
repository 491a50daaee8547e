"""现场办公查询: sessions and decisions in an actor's reach, those that are its body's, and what everybody may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.duty.models import Leadership
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import matter_scope, organisations_of
from yixian.matters.acting import acting_organisations
from yixian.outreach.access import (
    DECISION_CLOSERS,
    DECISION_OWNERS,
    OBJECTION_READERS,
    SESSION_READERS,
    SESSION_RECORDERS,
    reaches,
)
from yixian.outreach.choices import DecisionState, DecisionStepKind
from yixian.outreach.models import (
    OnSiteCorrection,
    OnSiteDecision,
    OnSiteDecisionStep,
    OnSiteObjection,
    OnSiteSession,
    SessionLeader,
)
from yixian.outreach.on_site_read_models import (
    DecisionView,
    OwnSessionView,
    PublicDecision,
    SessionRow,
    SessionView,
)
from yixian.outreach.queries.on_site_versions import (
    by_version,
    holding_sessions,
    replaced,
    versions_of,
    with_holding,
)
from yixian.registry.access import area_reach, below
from yixian.registry.models import Household, Organisation

_STATES = {
    DecisionStepKind.DONE: DecisionState.DONE,
    DecisionStepKind.NOT_DONE: DecisionState.NOT_DONE,
    DecisionStepKind.CLOSED: DecisionState.CLOSED,
}
_WAITING = Q(latest=None) | Q(latest=DecisionStepKind.SENT_BACK)
_REPORTED = Q(latest__in=(DecisionStepKind.DONE, DecisionStepKind.NOT_DONE))


def session_list(actor: Actor, *, at: datetime, area_path: str = "") -> ResultSet[SessionRow]:
    """Sessions in reach, the latest first: by day or place."""
    rows = _sessions(actor, at).filter(below(area_path)).exclude(pk__in=list(replaced()))
    rows = rows.order_by("-on", "-pk")
    orders = {"on": ("on",), "place": ("area_path", "-on")}
    return ResultSet(rows, orders, lambda found: _session_rows(found, timezone.localdate(at)))


def get_session(actor: Actor, session_id: int, *, at: datetime) -> SessionView:
    """One version of a session whole, with the decisions and objections of all its versions. Raises `NotFound` out of reach."""
    row = _sessions(actor, at).filter(pk=session_id).first()
    if row is None:
        raise NotFound("on_site.not_found", _("There is no such session."))
    versions = versions_of(row.pk)
    last = versions[-1]
    decided = _annotated(OnSiteDecision.objects.filter(session__in=versions))
    decisions = list(decided.order_by("session", "position"))
    raised = list(row.raised.select_related("matter").order_by("position"))
    seen = set(
        matter_scope(actor, at=at)
        .filter(pk__in=[one.matter_id for one in raised if one.matter_id])
        .values_list("number", flat=True)
    )
    objections = list(OnSiteObjection.objects.filter(session__in=versions).order_by("pk"))
    may_know = reaches(actor, row.area_path, OBJECTION_READERS)
    return SessionView(
        session=row,
        leaders=tuple(_leader_words(one) for one in row.leaders.all()),
        participants=tuple(
            ((one.organisation_id, one.organisation.label), one.people)
            for one in row.participants.select_related("organisation").order_by("pk")
        ),
        speakers=tuple(one.name for one in row.speakers.order_by("pk")),
        raised=tuple(
            (one.words, one.settled, one.matter.number if one.matter and one.matter.number in seen else "")
            for one in raised
        ),
        decisions=tuple(_views(decisions, actor, at)),
        denied=len({one.household_id for one in objections if one.never_held}),
        objections=tuple(one.words for one in objections if one.words and may_know),
        holding=last,
        corrections=tuple(
            OnSiteCorrection.objects.filter(new__in=versions)
            .select_related("new__recorded_by", "old")
            .order_by("pk")
        )
        if len(versions) > 1
        else (),
        is_recorder=reaches(actor, row.area_path, SESSION_RECORDERS),
    )


def decision_list(
    actor: Actor, *, at: datetime, tab: str = "", area_path: str = ""
) -> ResultSet[DecisionView]:
    """Decisions in reach, the earliest day first: "ours" wait for the actor's body, "reported" for a leader, "closed", and
    "" all that are open."""
    rows = _decisions(actor, at).filter(below(area_path))
    mine = _own(actor, at)
    conditions = {
        "ours": _WAITING & Q(organisation__in=mine),
        "reported": _REPORTED,
        "closed": Q(latest=DecisionStepKind.CLOSED),
    }
    open_ = Q(latest=None) | ~Q(latest=DecisionStepKind.CLOSED)
    rows = rows.filter(conditions.get(tab, open_)).order_by("until", "pk")
    orders = {"due": ("until",), "organisation": ("organisation__code",), "place": ("area_path",)}
    return ResultSet(rows, orders, lambda found: _views(found, actor, at))


def get_decision(actor: Actor, decision_id: int, *, at: datetime) -> DecisionView:
    """One decision. Raises `NotFound` out of reach."""
    row = _decisions(actor, at).filter(pk=decision_id).first()
    if row is None:
        raise NotFound("on_site.no_decision", _("There is no such decision of a session."))
    return _views([row], actor, at)[0]


def decisions_to_report(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """What the actor's body must carry out and report on (worklist)."""
    if not actor.has_any(DECISION_OWNERS) or not _is_anything_decided():
        return NOTHING
    rows = _annotated(OnSiteDecision.objects.filter(organisation__in=_own(actor, at))).filter(_WAITING)
    return ResultSet(rows.order_by("until", "pk"), read=_pending)


def decisions_to_close(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """What was reported and waits for a leader who answers for the place (worklist)."""
    if not actor.has_any(DECISION_CLOSERS) or not _is_anything_decided():
        return NOTHING
    rows = _annotated(OnSiteDecision.objects.filter(_below(actor, DECISION_CLOSERS))).filter(_REPORTED)
    rows = rows.exclude(organisation__in=_own(actor, at))
    return ResultSet(rows.order_by("until", "pk"), read=_pending)


def late_decisions(actor: Actor, *, at: datetime) -> int:
    """How many decisions at the leader's places are past their day without a word (worklist)."""
    if not actor.has_any(DECISION_CLOSERS) or not _is_anything_decided():
        return 0
    rows = _annotated(OnSiteDecision.objects.filter(_below(actor, DECISION_CLOSERS)))
    return rows.filter(_WAITING, until__lt=timezone.localdate(at)).count()


def public_decisions(*, on: date, search: str = "") -> ResultSet[PublicDecision]:
    """What was decided on the spot, for everybody: place, day, decision, whose it is, by when, and its state."""
    rows = with_holding(_annotated(OnSiteDecision.objects.all())).filter(held_on__lte=on)
    if search.strip():
        rows = rows.filter(
            Q(session__area__name__icontains=search.strip())
            | Q(held_at__icontains=search.strip())
            | Q(words__icontains=search.strip())
            | Q(organisation__name__icontains=search.strip())
        )
    orders = {"on": ("held_on",), "due": ("until",), "place": ("area_path",)}
    rows = rows.order_by("-held_on", "-pk")
    return ResultSet(rows, orders, lambda found: _publics(found, on))


def sessions_of_household(actor: Actor, household: Household, *, on: date) -> list[OwnSessionView]:
    """The sessions at a household's place, the latest first, with what it said of each itself."""
    rows = OnSiteSession.objects.filter(area_path__in=path_chain(household.area_path), on__lte=on)
    rows = rows.exclude(pk__in=list(replaced())).select_related("area").prefetch_related(_leaders())
    found = list(rows.order_by("-on", "-pk")) if reaches_household(actor, household) else []
    versions = by_version(row.pk for row in found)
    held = {row.pk: row for row in found}
    decided, said = defaultdict(list), defaultdict(list)
    decisions = _annotated(OnSiteDecision.objects.filter(session__in=versions))
    for one in decisions.order_by("session", "position"):
        decided[versions[one.session_id]].append(_public(one, on, held[versions[one.session_id]]))
    for objection in OnSiteObjection.objects.filter(household=household, session__in=versions).order_by("pk"):
        said[versions[objection.session_id]].append(objection)
    return [
        OwnSessionView(
            row,
            tuple(_leader_words(one) for one in row.leaders.all()),
            tuple(decided[row.pk]),
            tuple(said[row.pk]),
        )
        for row in found
    ]


def reaches_household(actor: Actor, household: Household) -> bool:
    """Whether the household speaks for itself here."""
    return any(household.pk in grant.household_ids for grant in actor.grants)


def leaders_to_choose(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Leaders of the places in reach on a day and of what they lie in, as (id, words)."""
    paths = area_reach(actor.acting_as(SESSION_RECORDERS))
    rows = (
        Leadership.objects.filter(in_force(on)).select_related("helper__person", "area").order_by("area_path")
    )
    found: dict[int, str] = {}
    for row in rows:
        if any(row.area_path.startswith(path) or path.startswith(row.area_path) for path in paths):
            found.setdefault(row.helper_id, f"{row.helper.person.name} · {row.area.label}")
    return list(found.items())


def owners_to_choose(*, at: datetime) -> list[tuple[int, str]]:
    """Bodies that a decision may belong to: those for which somebody signs in. As (id, name)."""
    rows = Organisation.objects.filter(pk__in=acting_organisations(at=at), valid_until=None)
    return [(row.pk, row.label) for row in rows.order_by("kind", "code")]


@memoised(OnSiteDecision)
def _is_anything_decided() -> bool:
    """Whether anything was ever decided on the spot: where nothing was, nothing needs to be looked for."""
    return OnSiteDecision.objects.exists()


def _own(actor: Actor, at: datetime) -> frozenset[int]:
    return organisations_of(actor, at=at) if actor.has_any(DECISION_OWNERS) else frozenset()


def _below(actor: Actor, roles: frozenset[Any]) -> Q:
    reach = Q(pk__in=())
    for path in area_reach(actor.acting_as(roles)):
        reach |= below(path) if path else ~Q(pk__in=())
    return reach


def _sessions(actor: Actor, at: datetime) -> QuerySet[Any]:
    decided = OnSiteDecision.objects.filter(organisation__in=_own(actor, at)).values_list(
        "session", flat=True
    )
    own = by_version(decided.distinct()) if replaced() else decided
    rows = OnSiteSession.objects.filter(_below(actor, SESSION_READERS) | Q(pk__in=own))
    return rows.select_related("area", "recorded_by").prefetch_related(_leaders())


def _decisions(actor: Actor, at: datetime) -> QuerySet[Any]:
    reach = _below(actor, SESSION_READERS) | Q(organisation__in=_own(actor, at))
    return _annotated(OnSiteDecision.objects.filter(reach))


def _annotated(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Decisions with ``latest``, the kind of the last step, and ``until``, the latest day that was set."""
    steps = OnSiteDecisionStep.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    annotated: QuerySet[Any] = rows.select_related("organisation", "session__area").annotate(
        latest=Subquery(steps.values("kind")[:1]),
        until=Coalesce(Subquery(steps.exclude(due_on=None).values("due_on")[:1]), "due_on"),
    )
    return annotated


def _leaders() -> Prefetch[Any]:
    rows = SessionLeader.objects.select_related("helper__person", "helper__organisation").order_by("pk")
    return Prefetch("leaders", rows)


def _leader_words(row: SessionLeader) -> str:
    names = {"name": row.helper.person.name, "number": row.helper.organisation.label}
    return gettext("%(name)s (%(number)s)") % names


def _state(row: Any, on: date) -> DecisionState:
    if row.latest in _STATES:
        return _STATES[row.latest]
    return DecisionState.OVERDUE if row.until < on else DecisionState.OPEN


def _publics(rows: Sequence[Any], on: date) -> list[PublicDecision]:
    """Decisions as everybody reads them, each with day and place as the version of its session that holds has them."""
    held = holding_sessions(rows)
    return [_public(row, on, held[row.session_id]) for row in rows]


def _public(row: Any, on: date, session: OnSiteSession) -> PublicDecision:
    place = f"{session.area.label} · {session.place}"
    return PublicDecision(session.on, place, row.words, row.organisation.label, row.until, _state(row, on))


def _views(rows: Sequence[Any], actor: Actor, at: datetime) -> list[DecisionView]:
    on, mine, held = timezone.localdate(at), _own(actor, at), holding_sessions(rows)
    steps: dict[int, list[OnSiteDecisionStep]] = {}
    taken = OnSiteDecisionStep.objects.filter(decision__in=[row.pk for row in rows]).select_related("by")
    for step in taken.order_by("pk"):
        steps.setdefault(step.decision_id, []).append(step)
    return [
        DecisionView(
            row,
            held[row.session_id],
            _state(row, on),
            row.until,
            tuple(steps.get(row.pk, ())),
            row.organisation_id in mine,
            row.organisation_id not in mine and reaches(actor, row.area_path, DECISION_CLOSERS),
            on,
        )
        for row in rows
    ]


def _session_rows(rows: Sequence[Any], on: date) -> list[SessionRow]:
    versions = by_version(row.pk for row in rows)
    states: dict[int, list[DecisionState]] = {}
    for one in _annotated(OnSiteDecision.objects.filter(session__in=versions)):
        states.setdefault(versions[one.session_id], []).append(_state(one, on))
    denied: dict[int, set[int]] = {}
    objections = OnSiteObjection.objects.filter(session__in=versions, never_held=True)
    for session, household in objections.values_list("session", "household"):
        denied.setdefault(versions[session], set()).add(household)
    waiting = {DecisionState.OPEN, DecisionState.OVERDUE}
    return [
        SessionRow(
            row,
            tuple(_leader_words(one) for one in row.leaders.all()),
            len(states.get(row.pk, ())),
            sum(state in waiting for state in states.get(row.pk, ())),
            states.get(row.pk, []).count(DecisionState.OVERDUE),
            len(denied.get(row.pk, ())),
        )
        for row in rows
    ]


def _pending(rows: Sequence[Any]) -> list[Pending]:
    held = holding_sessions(rows)
    sessions = [(row, held[row.session_id]) for row in rows]
    return [Pending(row.pk, row.words, one.area.label, one.on, row.until) for row, one in sessions]
