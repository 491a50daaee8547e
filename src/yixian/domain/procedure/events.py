"""事项的事件: what happened to a matter, in the order in which it happened. Events are never changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Event(NamedTuple):
    """One event. ``at`` knows its offset; ``actor_body`` is empty where the person themself acts.

    ``to_body`` is whom it goes to, ``reason`` and ``clause`` are what it rests on; each may be empty.
    """

    seq: int
    at: datetime
    kind: str
    actor_body: str = ""
    to_body: str = ""
    reason: str = ""
    clause: str = ""
