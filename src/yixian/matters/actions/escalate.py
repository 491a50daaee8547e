"""升级: tell those above of every clock that was missed, rung by rung, each once. Ordered by due moment, without a cap.

It repeats harmlessly: a rung that was taken is not taken again, and a record that cannot be followed holds up no other. Such a
record is counted and named every time, until somebody has mended what it cannot be followed by.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yixian.domain.procedure import ClockReading
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.ledger import Entry, record_many
from yixian.matters.acting import acting_organisations
from yixian.matters.choices import EscalationLevel
from yixian.matters.matter_state import due_escalations, plain_events, state_from, state_of, write_projection
from yixian.matters.models import Matter, MatterEscalation, MatterParty, MatterProjection, MatterSubject
from yixian.matters.procedures import rules_in_use
from yixian.matters.recusal import above
from yixian.matters.routing import acting_superior, first_organisation
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation

_ACTOR = system_actor("clocks")
_BATCH = 500
_LOG = logging.getLogger(__name__)


def escalate(*, at: datetime) -> dict[str, int]:
    """Take every rung that is due. Returns how many records failed, also those that cannot be followed at all: how many
    matters there are is told to nobody here.
    """
    due = MatterProjection.objects.filter(next_escalation_at__lte=at).order_by("next_escalation_at", "pk")
    ids, failed = list(due.values_list("pk", flat=True)), 0
    organisations = _Organisations(at)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        try:
            _escalate_due(batch, organisations, at)
        except Exception:  # noqa: BLE001 - one bad record holds up no other: each by itself
            failed += sum(_failed(pk, organisations, at) for pk in batch)
    return {"failed": failed + unfollowed().filter(is_closed=False).count()}


def _failed(pk: int, organisations: _Organisations, at: datetime) -> bool:
    try:
        _escalate_due([pk], organisations, at)
    except Exception as error:  # noqa: BLE001 - whatever it was, the others go on
        _LOG.error("matter %s could not be escalated: %s", _number(pk), type(error).__name__)
        return True
    return False


def unfollowed() -> QuerySet[MatterProjection]:
    """The matters whose events cannot be followed to the end."""
    return MatterProjection.objects.exclude(fault="")


def reindex(*, at: datetime) -> dict[str, int]:  # noqa: ARG001 - every tick is told the moment
    """Work every index row out anew that was worked out by another calendar or edition, or for which a year was not known, and
    those that could not be followed. Returns how many still cannot.
    """
    rows = MatterProjection.objects.exclude(rules__in=rules_in_use()) | unfollowed()
    failed = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                fault = reindex_one(Matter.objects.get(pk=pk)).fault
        except (YixianError, LookupError, ValueError) as error:
            fault = type(error).__name__
        if fault:
            failed += 1
            _LOG.error("matter %s cannot be followed: %s", _number(pk), fault)
    return {"failed": failed}


def _number(pk: int) -> str:
    """What whoever looks for it finds it by; nothing can be told from it."""
    return str(MatterProjection.objects.filter(pk=pk).values_list("number", flat=True).first())


def reindex_one(matter: Matter) -> MatterProjection:
    """Work one index row out anew from the events."""
    before = MatterProjection.objects.select_for_update().filter(pk=matter.pk).first()
    rows = list(matter.events.order_by("seq"))
    return write_projection(matter, rows, state_of(matter, at=rows[-1].at, events=rows), before)


@transaction.atomic
def _escalate_due(ids: list[int], organisations: _Organisations, at: datetime) -> None:
    """Take the rungs of these matters, all of them or none."""
    projections = MatterProjection.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    rows = {row.pk: row for row in projections.select_related("matter__area").defer("matter__code")}
    events, taken, about = plain_events(ids), _taken(ids), _about(ids)
    made, entries = [], []
    for pk in ids:
        matter = rows[pk].matter
        now = state_from(matter, events[pk], at=at)
        if now.course.fault is not None:
            raise LookupError(now.course.fault.rule)
        later = []
        for reading, after, moment in sorted(due_escalations(now, taken[pk]), key=lambda found: found[2]):
            if moment > at:
                later.append(moment)
                continue
            to = next(one.to for one in reading.clock.ladder if one.after == after)
            organisation = organisations.organisation_to_notify(
                matter, EscalationLevel(to), now.holder_id, about[pk]
            )
            made.append(_escalation(matter, reading, after, to, organisation, at))
            data = {"clock": reading.clock.id, "to": to}
            entries.append(Entry("matter.escalated", "matter", pk, matter.area_path, data))
        rows[pk].next_escalation_at = min(later, default=None)
    MatterEscalation.objects.bulk_create(made)
    parties = {(row.matter_id, row.organisation_id) for row in made if row.organisation_id is not None}
    MatterParty.objects.bulk_create(
        [
            MatterParty(matter_id=matter_id, organisation_id=organisation_id)
            for matter_id, organisation_id in sorted(parties)
        ],
        ignore_conflicts=True,
    )
    record_many(entries, actor=_ACTOR, at=at)
    MatterProjection.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["matter"], update_fields=["next_escalation_at"]
    )


def _escalation(
    matter: Matter, reading: ClockReading, after: int, to: str, organisation_id: int, at: datetime
) -> MatterEscalation:
    return MatterEscalation(
        matter=matter,
        clock=reading.clock.id,
        started_at=reading.started_at,
        due_at=reading.due_at,
        after=after,
        to=to,
        organisation_id=organisation_id,
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
    for matter_id, organisation_id in MatterSubject.objects.filter(matter_id__in=ids).values_list(
        "matter_id", "organisation_id"
    ):
        found[matter_id].add(organisation_id)
    return defaultdict(frozenset, {pk: frozenset(organisations) for pk, organisations in found.items()})


class _Organisations:
    """Who is told on which rung, asked of the register once for each body."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._acting = acting_organisations(at=at)
        self._found: dict[tuple[int, EscalationLevel], int] = {}
        self._above: dict[int, frozenset[int]] = {}

    def organisation_to_notify(
        self, matter: Matter, level: EscalationLevel, holder_id: int | None, about: frozenset[int]
    ) -> int:
        """The body's own head, the body above, or the county's leadership; never anybody it is about."""
        assert holder_id is not None  # noqa: S101 - an open matter is always in somebody's hands
        key = holder_id, level
        if key not in self._found:
            self._found[key] = _organisation_to_notify(holder_id, level, self._acting).pk
        organisation_id = self._found[key]
        if about:
            above_it = self._above.setdefault(organisation_id, above([organisation_id]))
            if above_it & about:
                return first_organisation(matter.area, [], about, at=self._at).pk
        return organisation_id


def _organisation_to_notify(holder_id: int, level: EscalationLevel, acting: frozenset[int]) -> Organisation:
    holder = Organisation.objects.select_related("parent", "area").get(pk=holder_id)
    if level == EscalationLevel.SUPERIOR:
        return acting_superior(holder, acting)
    if level == EscalationLevel.COUNTY:
        leading = Organisation.objects.filter(kind=OrganisationKind.COUNTY_LEADERSHIP, valid_until=None)
        return leading.order_by("pk").first() or acting_superior(holder, acting)
    return holder
