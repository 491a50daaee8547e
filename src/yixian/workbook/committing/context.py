"""入库的环境: who commits what when, and the events that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from yixian.kernel.actors import Actor
from yixian.kernel.ledger import Entry
from yixian.registry.second_person import TwoPersons


@dataclass(slots=True)
class Commit:
    """One commit on its way. ``entries`` are written to the ledger at its end, in the same transaction."""

    batch_id: int
    actor: Actor
    at: datetime
    today: date
    by: TwoPersons | None = None
    entries: list[Entry] = field(default_factory=list)

    def record_event(self, kind: str, subject: str, pk: int, path: str = "", **data: object) -> None:
        """Add an event that names the batch."""
        self.entries.append(Entry(kind, subject, pk, path, {"batch": self.batch_id, **data}))
