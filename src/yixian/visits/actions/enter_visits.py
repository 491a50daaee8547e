"""补录走访: visits that were kept elsewhere, many at once, each through the checks that every visit goes through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor, covers_day
from yixian.kernel.errors import NotFound
from yixian.kernel.ledger import Entry, record_many
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role
from yixian.registry.access import household_scope
from yixian.registry.models import Household, HouseholdMember
from yixian.visits.actions.record_visit import promise_event_data, promises_of, visit_event_data
from yixian.visits.choices import AcknowledgementWay, PromiseResult, SaidBy
from yixian.visits.models import Promise, PromiseOutcome, Visit, VisitAcknowledgement, VisitPresence
from yixian.visits.promising.decided import DecidedFacts
from yixian.visits.strokes import path_of
from yixian.visits.visit_draft import VisitDraft, require_promises, require_valid

_BATCH = 2000
_A_DAY = timedelta(days=1)

ENTERERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""Who may enter what helpers brought on paper."""

_Members = dict[int, list[tuple[int, date, date | None]]]


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """What one side said of the promise with this number, so many days after the visit."""

    promise: int
    outcome: PromiseResult
    said_by: SaidBy
    after_days: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperVisit:
    """A visit as it stands on paper: to which household, by which helper, from when on they stood there, and what followed."""

    household_id: int
    helper_id: int
    since: date
    draft: VisitDraft
    signed: str = ""
    became: tuple[PaperOutcome, ...] = ()


@transaction.atomic
def enter_visits(papers: Iterable[PaperVisit], *, actor: Actor, at: datetime) -> int:
    """Enter these visits, all of them or none; how many there are.

    Raises `NotPermitted` for who keeps no register, `NotFound` if a household is out of reach, `Invalid` as `record_visit`
    does for the first that breaks a rule. Photographs are not entered so.
    """
    person = require_person(actor, ENTERERS)
    papers = list(papers)
    households = {row.pk: row for row in household_scope(actor).defer("phone", "bank_account")}
    if any(paper.household_id not in households for paper in papers):
        raise NotFound("household.not_found", _("There is no such household."))
    visits = _write_visits(papers, households, person, actor, at)
    promises = _write_promises(papers, visits, households, actor, at)
    _write_outcomes(papers, promises, actor)
    return len(visits)


def _write_visits(
    papers: list[PaperVisit], households: dict[int, Household], person: int, actor: Actor, at: datetime
) -> list[Visit]:
    today, members = timezone.localdate(at), _members(households)
    for paper in papers:
        household = households[paper.household_id]
        there = _members_of(members, paper.household_id, paper.draft.on)
        earliest = max(paper.since, household.valid_from)
        require_valid(paper.draft, earliest=earliest, today=today, members=there)
    visits = [_visit(paper, households[paper.household_id], actor, at) for paper in papers]
    Visit.objects.bulk_create(visits, batch_size=_BATCH)
    presences = [
        VisitPresence(visit=visit, person_id=person)
        for visit, paper in zip(visits, papers, strict=True)
        for person in sorted(paper.draft.present)
    ]
    VisitPresence.objects.bulk_create(presences, batch_size=_BATCH)
    signed = [
        VisitAcknowledgement(
            visit=visit, way=AcknowledgementWay.SIGNATURE, strokes=path_of(paper.signed), by_id=person, at=at
        )
        for visit, paper in zip(visits, papers, strict=True)
        if paper.signed
    ]
    VisitAcknowledgement.objects.bulk_create(signed, batch_size=_BATCH)
    entries = [
        visit_event_data(visit, len(paper.draft.promises), 0)
        for visit, paper in zip(visits, papers, strict=True)
    ]
    entries += [
        Entry(
            "visit.confirmed",
            "household",
            row.visit.household_id,
            row.visit.area_path,
            {"visit": row.visit_id, "way": row.way},
        )
        for row in signed
    ]
    record_many(entries, actor=actor, at=at)
    return visits


def _write_promises(
    papers: list[PaperVisit],
    visits: list[Visit],
    households: dict[int, Household],
    actor: Actor,
    at: datetime,
) -> list[list[Promise]]:
    written = []
    for paper, visit in zip(papers, visits, strict=True):
        decided = DecidedFacts(visit.area_path, visit.on)
        cited = require_promises(paper.draft, households[paper.household_id], decided)
        written.append(promises_of(visit, paper.draft.promises, cited, decided))
    every = [promise for promises in written for promise in promises]
    Promise.objects.bulk_create(every, batch_size=_BATCH)
    record_many([promise_event_data(promise) for promise in every], actor=actor, at=at)
    return written


def _write_outcomes(papers: list[PaperVisit], promises: list[list[Promise]], actor: Actor) -> None:
    rows = [
        _outcome(became, made[became.promise], actor)
        for paper, made in zip(papers, promises, strict=True)
        for became in paper.became
    ]
    PromiseOutcome.objects.bulk_create(rows, batch_size=_BATCH)
    by_day: dict[datetime, list[Entry]] = defaultdict(list)
    for row in rows:
        data = {
            "promise": row.promise_id,
            "outcome": row.outcome,
            "said_by": row.said_by,
            "on": row.on.isoformat(),
        }
        kind = f"promise.{row.outcome}_{row.said_by}"
        by_day[row.at].append(Entry(kind, "household", row.promise.household_id, row.promise.area_path, data))
    for at, entries in sorted(by_day.items()):
        record_many(entries, actor=actor, at=at)


def _outcome(became: PaperOutcome, promise: Promise, actor: Actor) -> PromiseOutcome:
    on = promise.made_on + became.after_days * _A_DAY
    noon = timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001 - made aware at once
    return PromiseOutcome(
        promise=promise,
        outcome=became.outcome,
        said_by=became.said_by,
        on=on,
        note=became.note,
        by_id=actor.user_id if became.said_by == SaidBy.HELPER else None,
        at=noon,
    )


def _visit(paper: PaperVisit, household: Household, actor: Actor, at: datetime) -> Visit:
    draft = paper.draft
    return Visit(
        household=household,
        area_path=household.area_path,
        helper_id=paper.helper_id,
        recorded_by_id=actor.user_id or 0,
        recorded_at=at,
        key=draft.key,
        on=draft.on,
        begun=draft.begun,
        kind=draft.kind,
        others=draft.others.strip(),
        said=draft.said.strip(),
    )


def _members(households: dict[int, Household]) -> _Members:
    found: _Members = defaultdict(list)
    rows = HouseholdMember.objects.values_list("household_id", "person_id", "valid_from", "valid_until")
    for household_id, person_id, begin, end in rows.iterator():
        if household_id in households:
            found[household_id].append((person_id, begin, end))
    return found


def _members_of(members: _Members, household_id: int, on: date) -> frozenset[int]:
    return frozenset(person for person, begin, end in members[household_id] if covers_day(begin, end, on))
