"""升级: tell those above of every clock that was missed, rung by rung, each once. Ordered by due moment, without a cap.

It repeats harmlessly: a rung that was taken is not taken again, and a record that cannot be followed holds up no other.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.ledger import Entry, record
from yixian.matters.choices import Rung
from yixian.matters.following import rungs_open, standing_of, write_standing
from yixian.matters.models import Matter, MatterEscalation, MatterEvent, MatterStanding
from yixian.matters.procedures import rules_in_use
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import first_body, superior_of
from yixian.registry.choices import BodyKind
from yixian.registry.models import Body

_ACTOR = system_actor("clocks")
_LOG = logging.getLogger(__name__)


def escalate(*, at: datetime) -> dict[str, int]:
    """Take every rung that is due. Returns how many records failed: how many matters there are is told to nobody here."""
    failed = 0
    due = MatterStanding.objects.filter(next_rung_at__lte=at).order_by("next_rung_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _escalate_one(pk, at)
        except Exception as error:  # noqa: BLE001 - one bad record holds up no other
            failed += 1
            _LOG.error("a matter could not be escalated: %s", type(error).__name__)
    return {"failed": failed}


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


def _escalate_one(pk: int, at: datetime) -> None:
    matter = Matter.objects.select_related("area").get(pk=pk)
    before = MatterStanding.objects.select_for_update().get(pk=pk)
    rows: list[MatterEvent] = list(matter.events.order_by("seq"))
    now = standing_of(matter, at=at, events=rows)
    for reading, after, moment in sorted(rungs_open(matter, now), key=lambda found: found[2]):
        if moment > at:
            continue
        step = next(one for one in reading.clock.ladder if one.after == after)
        body = _told(matter, Rung(step.to), now.holder_id)
        MatterEscalation.objects.create(
            matter=matter,
            clock=reading.clock.id,
            started_at=reading.started_at,
            due_at=reading.due_at,
            after=after,
            to=step.to,
            body=body,
            at=at,
        )
        data = {"clock": reading.clock.id, "to": step.to}
        record(Entry("matter.escalated", "matter", matter.pk, matter.area_path, data), actor=_ACTOR, at=at)
    write_standing(matter, rows, standing_of(matter, at=rows[-1].at, events=rows), before)


def _told(matter: Matter, rung: Rung, holder_id: int | None) -> Body:
    """Who is told: the body's own head, the body above, or the county's leadership; never anybody it is about."""
    holder = Body.objects.select_related("parent", "area").get(pk=holder_id)
    body = holder
    if rung == Rung.SUPERIOR:
        body = superior_of(holder)
    elif rung == Rung.COUNTY:
        leading = Body.objects.filter(kind=BodyKind.COUNTY_LEADERSHIP, valid_until=None)
        body = leading.order_by("pk").first() or superior_of(holder)
    if keeps_out(matter, body.pk):
        return first_body(matter.area, [], list(matter.subjects.values_list("body_id", flat=True)))
    return body
