"""事项的事件: what happened to a matter, in the order in which it happened. Events are never changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Event(NamedTuple):
    """One event. ``at`` knows its offset; ``actor_organisation`` is empty where the person themself acts.

    ``to_organisation`` is whom it goes to, ``reason`` and ``clause`` are what it rests on; each may be empty.
    """

    seq: int
    at: datetime
    kind: str
    actor_organisation: str = ""
    to_organisation: str = ""
    reason: str = ""
    clause: str = ""
