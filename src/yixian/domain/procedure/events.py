"""事项的事件: what happened to a matter, in the order in which it happened. Events are never changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from yixian.domain.procedure.calendar import WorkCalendar


class Event(NamedTuple):
    """One event. ``at`` knows its offset; ``actor_organisation`` is empty where the person themself acts.

    ``to_organisation`` is whom it goes to, ``reason`` and ``clause`` are what it rests on; each may be empty. ``calendar`` is
    the one that was known when the event was recorded, if that is not the one of today: what was lawful by the calendar of
    its day stays so. ``to_kind`` is the kind of the body that it goes to, "" where that is not known.
    """

    seq: int
    at: datetime
    kind: str
    actor_organisation: str = ""
    to_organisation: str = ""
    reason: str = ""
    clause: str = ""
    calendar: WorkCalendar | None = None
    to_kind: str = ""
