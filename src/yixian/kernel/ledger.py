"""台账: the audit log — the one way to append what happened, and that somebody read a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yixian.kernel.actors import Actor
from yixian.kernel.models import Event, RecordRead


@dataclass(frozen=True, slots=True)
class Entry:
    """An event about to be written. ``data`` must be plain JSON without sealed values."""

    kind: str
    subject_kind: str
    subject_id: int
    area_path: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    corrects_id: int | None = None


def record(entry: Entry, *, actor: Actor, at: datetime) -> Event:
    """Write one event. Call it inside the transaction of the change it records."""
    event = _event(entry, actor, at)
    event.save(force_insert=True)
    return event


def record_many(entries: Iterable[Entry], *, actor: Actor, at: datetime) -> None:
    """Write many events of one change in few statements."""
    Event.objects.bulk_create([_event(entry, actor, at) for entry in entries], batch_size=2000)


def record_read(
    household_ids: Iterable[int], what: str, *, actor: Actor, at: datetime, role: str = ""
) -> None:
    """Write down that the actor read these households' personal data."""
    rows = [
        RecordRead(
            at=at,
            household_id=household_id,
            actor_label=actor.label,
            actor_user_id=actor.user_id,
            role=role or ",".join(sorted(actor.roles)),
            what=what,
        )
        for household_id in household_ids
    ]
    RecordRead.objects.bulk_create(rows, batch_size=2000)


def _event(entry: Entry, actor: Actor, at: datetime) -> Event:
    return Event(
        at=at,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
        kind=entry.kind,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        area_path=entry.area_path,
        data=entry.data,
        corrects_id=entry.corrects_id,
    )
