"""一件事项的经过: what one matter's record says about the offices that had it in hand.

Worked out from its events by the same procedure that its clocks are read by. Matters about somebody in office are left out of
every figure: a figure that changed by one would tell them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, QuerySet

from yixian.domain.procedure import ClockReading, Custody, Event
from yixian.domain.procedure.clocks import MET, MISSED, OVERDUE
from yixian.domain.procedure.definition import PERSON
from yixian.kernel.errors import YixianError
from yixian.matters.choices import NotificationChannel
from yixian.matters.matter_state import plain_events, state_from
from yixian.matters.models import Matter, MatterMessage, MatterSubject
from yixian.matters.procedures import MatterState

_LOG = logging.getLogger(__name__)
_BATCH = 1000
_IN_PERSON = frozenset(
    {
        NotificationChannel.CALL,
        NotificationChannel.VISIT,
        NotificationChannel.LETTER,
        NotificationChannel.SMS,
        NotificationChannel.EMAIL,
    }
)


@dataclass(frozen=True, slots=True)
class Returned:
    """退回: a body gave back what another had offered it."""

    by: int
    to: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """期限的结果: a clock of a procedure, who answered for it when it ended, and whether it was kept; None while it runs.

    ``overdue``: it was missed, and nobody has acted yet.
    """

    procedure: str
    id: str
    organisation: int
    kept: bool | None
    ended_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """停表: a body stopped the clock on a ground, until when (None: still)."""

    organisation: int
    ground: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """办结: a body closed it, and whether anybody had spoken with the person."""

    organisation: int
    at: datetime
    with_contact: bool


@dataclass(frozen=True, slots=True)
class MatterHistory:
    """经过: everything that figures are made of. Bodies are ids."""

    matter_id: int
    received_at: datetime
    topic: str
    is_closed: bool
    first: int
    first_kept: bool
    offers: tuple[tuple[int, int, datetime], ...]
    returned: tuple[Returned, ...]
    back_again: tuple[tuple[int, int], ...]
    held: tuple[Custody, ...]
    limits: tuple[Limit, ...]
    pauses: tuple[Paused, ...]
    extended: tuple[tuple[int, datetime], ...]
    reopened: tuple[tuple[int, datetime], ...]
    closed: tuple[Closed, ...]
    decided: tuple[tuple[int, datetime], ...]
    answered: tuple[int, datetime] | None


def countable(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those of these matters that figures may count: none about somebody in office."""
    named = Exists(MatterSubject.objects.filter(matter=OuterRef("pk")))
    return rows.filter(~named, about_official=False)


def histories_of(
    rows: QuerySet[Matter], *, at: datetime, unfollowed: list[str] | None = None
) -> Iterator[MatterHistory]:
    """The facts of each of these matters, a thousand at a time. What cannot be followed is left out, its number added to
    ``unfollowed``: it stops nobody's figures.
    """
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        events = plain_events(batch)
        spoken = _spoken(batch)
        found = Matter.objects.filter(pk__in=batch).select_related("projection").defer("code").order_by("pk")
        for matter in found:
            own = [row for row in events[matter.pk] if row.at <= at]
            if not own:
                continue
            state = _state(matter, own, at)
            if state is not None:
                yield _history(matter, own, spoken.get(matter.pk, []), state)
            else:
                _LOG.error("matter %s cannot be followed: it is in no figure", matter.number)
                if unfollowed is not None:
                    unfollowed.append(matter.number)


def _state(matter: Matter, events: Sequence[Event], at: datetime) -> MatterState | None:
    """Where it stands; None where that cannot be said."""
    try:
        state = state_from(matter, events, at=at)
    except (YixianError, LookupError, ValueError):
        return None
    return state if state.course.fault is None and state.course.held else None


def _history(
    matter: Matter, events: Sequence[Event], spoken: list[datetime], state: MatterState
) -> MatterHistory:
    held = state.course.held
    offers = tuple(
        (int(row.actor_organisation), int(row.to_organisation), row.at)
        for row in events
        if row.kind in state.effective_procedure.procedure.handover.offers
        and row.actor_organisation
        and row.to_organisation
    )
    first = int(held[0].organisation)
    return MatterHistory(
        matter_id=matter.pk,
        received_at=matter.received_at,
        topic=matter.projection.topic,
        is_closed=state.is_closed,
        first=first,
        first_kept=not any(sender == first for sender, _to, _at in offers),
        offers=offers,
        returned=tuple(_returned(events, state)),
        back_again=tuple(_back_again(held)),
        held=held,
        limits=tuple(_limits(state)),
        pauses=tuple(_pauses(events, held)),
        extended=_by_holder(events, held, "extension_approved"),
        reopened=_by_last_holder(events, held, "reopened"),
        closed=tuple(_closed(events, held, spoken)),
        decided=_by_holder(events, held, "decided"),
        answered=next(iter(_by_holder(events, held, "accepted", "not_accepted", "told", "registered")), None),
    )


def holder_at(held: Sequence[Custody], moment: datetime) -> int:
    """Who held it at a moment, or last before it."""
    found = held[0]
    for part in held:
        if part.since <= moment:
            found = part
    return int(found.organisation)


def _holder_before(held: Sequence[Custody], moment: datetime) -> int:
    """Who held it just before a moment: whoever let a limit pass that ended then."""
    found = held[0]
    for part in held:
        if part.since < moment:
            found = part
    return int(found.organisation)


def _returned(events: Iterable[Event], state: MatterState) -> Iterator[Returned]:
    offered_by = 0
    handover = state.effective_procedure.procedure.handover
    for row in events:
        if row.kind in handover.offers:
            offered_by = int(row.actor_organisation or 0)
        elif row.kind in handover.returns and row.actor_organisation and offered_by:
            yield Returned(int(row.actor_organisation), offered_by, row.at)


def _back_again(held: Sequence[Custody]) -> Iterator[tuple[int, int]]:
    """A held it, then B, then A again: the two."""
    for (one, two), (_two, three) in pairwise(pairwise(held)):
        if one.organisation == three.organisation and one.organisation != two.organisation:
            yield int(one.organisation), int(two.organisation)


def _limits(state: MatterState) -> Iterator[Limit]:
    held, silent = state.course.held, state.effective_procedure.procedure.handover.answer
    for reading in state.course.clocks:
        if reading.clock.of == PERSON or reading.clock.id == silent:
            continue
        yield _limit(reading, held, state.effective_procedure.procedure.id)


def _limit(reading: ClockReading, held: Sequence[Custody], procedure: str) -> Limit:
    if reading.status == MET:
        ended = reading.stopped_at
        organisation = _holder_before(held, ended or reading.due_at)
        return Limit(procedure, reading.clock.id, organisation, kept=True, ended_at=ended, overdue=False)
    if reading.status in {MISSED, OVERDUE}:
        organisation = _holder_before(held, reading.due_at)
        late = reading.status == OVERDUE
        return Limit(
            procedure, reading.clock.id, organisation, kept=False, ended_at=reading.due_at, overdue=late
        )
    organisation = int(held[-1].organisation)
    return Limit(procedure, reading.clock.id, organisation, kept=None, ended_at=None, overdue=False)


def _pauses(events: Iterable[Event], held: Sequence[Custody]) -> Iterator[Paused]:
    waiting: Event | None = None
    for row in events:
        if row.kind == "waiting_person":
            waiting = row
        elif waiting is not None and row.kind in {"person_answered", "decided"}:
            yield Paused(holder_at(held, waiting.at), waiting.clause, waiting.at, row.at)
            waiting = None
    if waiting is not None:
        yield Paused(holder_at(held, waiting.at), waiting.clause, waiting.at, None)


def _by_holder(
    events: Iterable[Event], held: Sequence[Custody], *kinds: str
) -> tuple[tuple[int, datetime], ...]:
    return tuple(
        (int(row.actor_organisation or holder_at(held, row.at)), row.at)
        for row in events
        if row.kind in kinds
    )


def _by_last_holder(
    events: Iterable[Event], held: Sequence[Custody], kind: str
) -> tuple[tuple[int, datetime], ...]:
    return tuple((_holder_before(held, row.at), row.at) for row in events if row.kind == kind)


def _closed(events: Iterable[Event], held: Sequence[Custody], spoken: list[datetime]) -> Iterator[Closed]:
    for row in events:
        if row.kind == "closed":
            organisation = int(row.actor_organisation or _holder_before(held, row.at))
            yield Closed(organisation, row.at, any(moment <= row.at for moment in spoken))


def _spoken(matters: list[int]) -> dict[int, list[datetime]]:
    """When somebody spoke with the person, or the person wrote: per matter."""
    rows = MatterMessage.objects.filter(matter_id__in=matters, internal=False)
    found: dict[int, list[datetime]] = {}
    for matter_id, by_person, told, moment in rows.values_list("matter_id", "by_person", "notified_by", "at"):
        if by_person or told in _IN_PERSON:
            found.setdefault(matter_id, []).append(moment)
    return found
