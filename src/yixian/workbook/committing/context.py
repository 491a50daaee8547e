"""入库的环境: who commits what when, and the events that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from yixian.kernel.actors import Actor
from yixian.kernel.ledger import Entry
from yixian.registry.second_person import TwoPersons


@dataclass(slots=True)
class Commit:
    """One commit on its way. ``entries`` are written to the ledger at its end, in the same transaction.

    What comes by no batch says in ``grounds`` why, and by which document.
    """

    batch_id: int | None
    actor: Actor
    at: datetime
    today: date
    by: TwoPersons | None = None
    grounds: dict[str, object] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def record_event(self, kind: str, subject: str, pk: int, path: str = "", **data: object) -> None:
        """Add an event that names the batch, or says why."""
        source = self.grounds if self.batch_id is None else {"batch": self.batch_id}
        self.entries.append(Entry(kind, subject, pk, path, {**source, **data}))
