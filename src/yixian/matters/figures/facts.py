"""一件事项的经过: what one matter's record says about the offices that had it in hand.

Worked out from its events by the same procedure that its clocks are read by. Matters about somebody in office are left out of
every figure: a figure that changed by one would tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, QuerySet

from yixian.domain.procedure import Event, Held, Reading
from yixian.domain.procedure.clocks import MET, MISSED, OVERDUE
from yixian.domain.procedure.definition import PERSON
from yixian.matters.choices import Told
from yixian.matters.following import Standing, plain_events, standing_from
from yixian.matters.models import Matter, MatterMessage, MatterSubject

_LOT = 1000
_IN_PERSON = frozenset({Told.CALL, Told.VISIT, Told.LETTER, Told.SMS, Told.EMAIL})


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
    body: int
    kept: bool | None
    ended_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """停表: a body stopped the clock on a ground, until when (None: still)."""

    body: int
    ground: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """办结: a body closed it, and whether anybody had spoken with the person."""

    body: int
    at: datetime
    with_contact: bool


@dataclass(frozen=True, slots=True)
class Facts:
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
    held: tuple[Held, ...]
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


def facts_of(rows: QuerySet[Matter], *, at: datetime) -> Iterator[Facts]:
    """The facts of each of these matters, a thousand at a time; what cannot be followed is left out."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _LOT):
        lot = ids[start : start + _LOT]
        events = plain_events(lot)
        spoken = _spoken(lot)
        found = Matter.objects.filter(pk__in=lot).select_related("standing").defer("code").order_by("pk")
        for matter in found:
            own = [row for row in events[matter.pk] if row.at <= at]
            if own:
                yield _facts(matter, own, spoken.get(matter.pk, []), at)


def _facts(matter: Matter, events: Sequence[Event], spoken: list[datetime], at: datetime) -> Facts:
    standing = standing_from(matter, events, at=at)
    held = standing.course.held
    offers = tuple(
        (int(row.actor_body), int(row.to_body), row.at)
        for row in events
        if row.kind in standing.clockwork.procedure.handover.offers and row.actor_body and row.to_body
    )
    first = int(held[0].body)
    return Facts(
        matter_id=matter.pk,
        received_at=matter.received_at,
        topic=matter.standing.topic,
        is_closed=standing.is_closed,
        first=first,
        first_kept=not any(sender == first for sender, _to, _at in offers),
        offers=offers,
        returned=tuple(_returned(events, standing)),
        back_again=tuple(_back_again(held)),
        held=held,
        limits=tuple(_limits(standing)),
        pauses=tuple(_pauses(events, held)),
        extended=_by_holder(events, held, "extension_approved"),
        reopened=_by_last_holder(events, held, "reopened"),
        closed=tuple(_closed(events, held, spoken)),
        decided=_by_holder(events, held, "decided"),
        answered=next(iter(_by_holder(events, held, "accepted", "not_accepted", "told", "registered")), None),
    )


def holder_at(held: Sequence[Held], moment: datetime) -> int:
    """Who held it at a moment, or last before it."""
    found = held[0]
    for part in held:
        if part.since <= moment:
            found = part
    return int(found.body)


def _holder_before(held: Sequence[Held], moment: datetime) -> int:
    """Who held it just before a moment: whoever let a limit pass that ended then."""
    found = held[0]
    for part in held:
        if part.since < moment:
            found = part
    return int(found.body)


def _returned(events: Iterable[Event], standing: Standing) -> Iterator[Returned]:
    offered_by = 0
    handover = standing.clockwork.procedure.handover
    for row in events:
        if row.kind in handover.offers:
            offered_by = int(row.actor_body or 0)
        elif row.kind in handover.returns and row.actor_body and offered_by:
            yield Returned(int(row.actor_body), offered_by, row.at)


def _back_again(held: Sequence[Held]) -> Iterator[tuple[int, int]]:
    """A held it, then B, then A again: the two."""
    for (one, two), (_two, three) in pairwise(pairwise(held)):
        if one.body == three.body and one.body != two.body:
            yield int(one.body), int(two.body)


def _limits(standing: Standing) -> Iterator[Limit]:
    held, silent = standing.course.held, standing.clockwork.procedure.handover.answer
    for reading in standing.course.clocks:
        if reading.clock.of == PERSON or reading.clock.id == silent:
            continue
        yield _limit(reading, held, standing.clockwork.procedure.id)


def _limit(reading: Reading, held: Sequence[Held], procedure: str) -> Limit:
    if reading.status == MET:
        ended = reading.stopped_at
        body = _holder_before(held, ended or reading.due_at)
        return Limit(procedure, reading.clock.id, body, kept=True, ended_at=ended, overdue=False)
    if reading.status in {MISSED, OVERDUE}:
        body = _holder_before(held, reading.due_at)
        late = reading.status == OVERDUE
        return Limit(procedure, reading.clock.id, body, kept=False, ended_at=reading.due_at, overdue=late)
    body = int(held[-1].body)
    return Limit(procedure, reading.clock.id, body, kept=None, ended_at=None, overdue=False)


def _pauses(events: Iterable[Event], held: Sequence[Held]) -> Iterator[Paused]:
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
    events: Iterable[Event], held: Sequence[Held], *kinds: str
) -> tuple[tuple[int, datetime], ...]:
    return tuple(
        (int(row.actor_body or holder_at(held, row.at)), row.at) for row in events if row.kind in kinds
    )


def _by_last_holder(
    events: Iterable[Event], held: Sequence[Held], kind: str
) -> tuple[tuple[int, datetime], ...]:
    return tuple((_holder_before(held, row.at), row.at) for row in events if row.kind == kind)


def _closed(events: Iterable[Event], held: Sequence[Held], spoken: list[datetime]) -> Iterator[Closed]:
    for row in events:
        if row.kind == "closed":
            body = int(row.actor_body or _holder_before(held, row.at))
            yield Closed(body, row.at, any(moment <= row.at for moment in spoken))


def _spoken(matters: list[int]) -> dict[int, list[datetime]]:
    """When somebody spoke with the person, or the person wrote: per matter."""
    rows = MatterMessage.objects.filter(matter_id__in=matters, internal=False)
    found: dict[int, list[datetime]] = {}
    for matter_id, by_person, told, moment in rows.values_list("matter_id", "by_person", "told", "at"):
        if by_person or told in _IN_PERSON:
            found.setdefault(matter_id, []).append(moment)
    return found
