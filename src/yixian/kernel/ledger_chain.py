"""台账链: a hash chain over the ledger — whoever changes, removes or slips in an event breaks it from there on.

Every link is an HMAC-SHA-256 over the link before and the event's columns, under the home's index key, which does not stand in
the database: whoever can only write to the database cannot make it whole again. Links are added by a scheduled task, so that
recording an event costs nothing more and writers on PostgreSQL do not wait for each other; an event that was committed late
takes a later place. What was cut off at the end is seen by comparing with a digest that was written down elsewhere.
Source: Haber and Stornetta 1991 (linking); RFC 2104 (HMAC).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from yixian.kernel.crypto import keyring
from yixian.kernel.models import Event, EventSeal

_AT_ONCE = 20_000
_LATE = 100_000
"""Events before the newest sealed one among which those that were committed late are looked for."""

BEGINNING = "0" * 64
"""What stands before the first link."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a verification found: how many links hold, the digest of the last, and the first event that is not as it was."""

    links: int
    head: str
    broken_at: int | None = None
    unsealed: int = 0
    knows: bool = True


def seal_events(*, at: datetime) -> dict[str, int]:  # noqa: ARG001 - a scheduled task is told when it is
    """Add a link for every event that has none."""
    with transaction.atomic():
        last = EventSeal.objects.select_for_update().order_by("-pk").first()
        newest = EventSeal.objects.aggregate(most=Max("event_id"))["most"] or 0
        waiting = _unsealed().filter(pk__gt=newest - _LATE).order_by("pk")[:_AT_ONCE]
        before, links = last.digest if last else BEGINNING, []
        for event in waiting:
            before = _digest(before, event)
            links.append(EventSeal(event_id=event.pk, digest=before))
        EventSeal.objects.bulk_create(links, batch_size=2000)
    return {"sealed": len(links)}


def verify_chain(known: str = "") -> ChainReport:
    """Work every link out again. ``known`` is a digest written down earlier, which must be among them."""
    before, links, found = BEGINNING, 0, known in {"", BEGINNING}
    for seal, event in _sealed():
        digest = _digest(before, event) if event else ""
        if digest != seal.digest:
            return ChainReport(
                links, before, broken_at=seal.event_id, unsealed=_unsealed().count(), knows=found
            )
        before, links, found = digest, links + 1, found or digest == known
    return ChainReport(links, before, unsealed=_unsealed().count(), knows=found)


def _sealed() -> Iterator[tuple[EventSeal, Event | None]]:
    """The links in their order, each with its event as it stands now."""
    start = 0
    while links := list(EventSeal.objects.filter(pk__gt=start).order_by("pk")[:2000]):
        events = Event.objects.in_bulk([link.event_id for link in links])
        yield from ((link, events.get(link.event_id)) for link in links)
        start = links[-1].pk


def _unsealed() -> QuerySet[Event]:
    return Event.objects.filter(~Exists(EventSeal.objects.filter(event_id=OuterRef("pk"))))


def _digest(before: str, event: Event) -> str:
    columns = [
        event.pk,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_label,
        event.actor_user_id,
        event.kind,
        event.subject_kind,
        event.subject_id,
        event.area_path,
        event.data,
        event.corrects_id,
    ]
    text = json.dumps([before, *columns], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return keyring().digest(text, purpose="ledger.chain")
