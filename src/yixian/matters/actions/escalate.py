"""升级: tell those above of every clock that was missed, rung by rung, each once. Ordered by due moment, without a cap.

It repeats harmlessly: a rung that was taken is not taken again, and a record that cannot be followed holds up no other.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction

from yixian.domain.procedure import Reading
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.ledger import Entry, record_many
from yixian.matters.choices import Rung
from yixian.matters.following import plain_events, rungs_open, standing_from, standing_of, write_standing
from yixian.matters.models import Matter, MatterEscalation, MatterParty, MatterStanding, MatterSubject
from yixian.matters.procedures import rules_in_use
from yixian.matters.recusal import above
from yixian.matters.routing import first_body, superior_of
from yixian.registry.choices import BodyKind
from yixian.registry.models import Body

_ACTOR = system_actor("clocks")
_LOT = 500
_LOG = logging.getLogger(__name__)


def escalate(*, at: datetime) -> dict[str, int]:
    """Take every rung that is due. Returns how many records failed: how many matters there are is told to nobody here."""
    due = MatterStanding.objects.filter(next_rung_at__lte=at).order_by("next_rung_at", "pk")
    ids, failed = list(due.values_list("pk", flat=True)), 0
    bodies = _Bodies()
    for start in range(0, len(ids), _LOT):
        lot = ids[start : start + _LOT]
        try:
            _take_rungs(lot, bodies, at)
        except Exception:  # noqa: BLE001 - one bad record holds up no other: each by itself
            failed += sum(_failed(pk, bodies, at) for pk in lot)
    return {"failed": failed}


def _failed(pk: int, bodies: _Bodies, at: datetime) -> bool:
    try:
        _take_rungs([pk], bodies, at)
    except Exception as error:  # noqa: BLE001 - whatever it was, the others go on
        _LOG.error("a matter could not be escalated: %s", type(error).__name__)
        return True
    return False


def reindex(*, at: datetime) -> dict[str, int]:  # noqa: ARG001 - every tick is told the moment
    """Work every index row out anew that was worked out by another calendar or edition, or for which a year was not known."""
    rows = MatterStanding.objects.exclude(rules__in=rules_in_use())
    failed = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                reindex_one(Matter.objects.get(pk=pk))
        except (YixianError, LookupError, ValueError) as error:
            failed += 1
            _LOG.error("a matter could not be indexed: %s", type(error).__name__)
    return {"failed": failed}


def reindex_one(matter: Matter) -> MatterStanding:
    """Work one index row out anew from the events."""
    before = MatterStanding.objects.select_for_update().filter(pk=matter.pk).first()
    rows = list(matter.events.order_by("seq"))
    return write_standing(matter, rows, standing_of(matter, at=rows[-1].at, events=rows), before)


@transaction.atomic
def _take_rungs(ids: list[int], bodies: _Bodies, at: datetime) -> None:
    """Take the rungs of these matters, all of them or none."""
    standings = MatterStanding.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    rows = {row.pk: row for row in standings.select_related("matter__area").defer("matter__code")}
    events, taken, about = plain_events(ids), _taken(ids), _about(ids)
    made, entries = [], []
    for pk in ids:
        matter = rows[pk].matter
        now = standing_from(matter, events[pk], at=at)
        later = []
        for reading, after, moment in sorted(rungs_open(now, taken[pk]), key=lambda found: found[2]):
            if moment > at:
                later.append(moment)
                continue
            to = next(one.to for one in reading.clock.ladder if one.after == after)
            body = bodies.told(matter, Rung(to), now.holder_id, about[pk])
            made.append(_escalation(matter, reading, after, to, body, at))
            data = {"clock": reading.clock.id, "to": to}
            entries.append(Entry("matter.escalated", "matter", pk, matter.area_path, data))
        rows[pk].next_rung_at = min(later, default=None)
    MatterEscalation.objects.bulk_create(made)
    parties = {(row.matter_id, row.body_id) for row in made if row.body_id is not None}
    MatterParty.objects.bulk_create(
        [MatterParty(matter_id=matter_id, body_id=body_id) for matter_id, body_id in sorted(parties)],
        ignore_conflicts=True,
    )
    record_many(entries, actor=_ACTOR, at=at)
    MatterStanding.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["matter"], update_fields=["next_rung_at"]
    )


def _escalation(
    matter: Matter, reading: Reading, after: int, to: str, body_id: int, at: datetime
) -> MatterEscalation:
    return MatterEscalation(
        matter=matter,
        clock=reading.clock.id,
        started_at=reading.started_at,
        due_at=reading.due_at,
        after=after,
        to=to,
        body_id=body_id,
        at=at,
    )


def _taken(ids: list[int]) -> dict[int, set[tuple[str, datetime, int]]]:
    found: dict[int, set[tuple[str, datetime, int]]] = defaultdict(set)
    rows = MatterEscalation.objects.filter(matter_id__in=ids)
    for matter_id, clock, started_at, after in rows.values_list("matter_id", "clock", "started_at", "after"):
        found[matter_id].add((clock, started_at, after))
    return found


def _about(ids: list[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for matter_id, body_id in MatterSubject.objects.filter(matter_id__in=ids).values_list(
        "matter_id", "body_id"
    ):
        found[matter_id].add(body_id)
    return defaultdict(frozenset, {pk: frozenset(bodies) for pk, bodies in found.items()})


class _Bodies:
    """Who is told on which rung, asked of the register once for each body."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, Rung], int] = {}
        self._above: dict[int, frozenset[int]] = {}

    def told(self, matter: Matter, rung: Rung, holder_id: int | None, about: frozenset[int]) -> int:
        """The body's own head, the body above, or the county's leadership; never anybody it is about."""
        assert holder_id is not None  # noqa: S101 - an open matter is always in somebody's hands
        key = holder_id, rung
        if key not in self._found:
            self._found[key] = _told(holder_id, rung).pk
        body_id = self._found[key]
        if about:
            above_it = self._above.setdefault(body_id, above([body_id]))
            if above_it & about:
                return first_body(matter.area, [], about).pk
        return body_id


def _told(holder_id: int, rung: Rung) -> Body:
    holder = Body.objects.select_related("parent", "area").get(pk=holder_id)
    if rung == Rung.SUPERIOR:
        return superior_of(holder)
    if rung == Rung.COUNTY:
        leading = Body.objects.filter(kind=BodyKind.COUNTY_LEADERSHIP, valid_until=None)
        return leading.order_by("pk").first() or superior_of(holder)
    return holder
