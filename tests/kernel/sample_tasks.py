"""Ticks for the tests: one that does its work, and all the ways in which one may not."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from datetime import datetime
from typing import Any
from uuid import uuid4

from yixian.kernel.models import Heartbeat

done: list[datetime] = []
"""The moments at which work was done in this process."""

WORDS = "赵䶮, 13800138000"
"""What nobody may read in a log or on a board."""

_lock = threading.Lock()


def well(*, at: datetime) -> dict[str, int]:
    """Does its work."""
    with _lock:
        done.append(at)
    return {"done": 1}


def failing(*, at: datetime) -> dict[str, int]:
    """Fails, with somebody's name in the words of the error."""
    raise sqlite3.DataError(WORDS)


def talking(*, at: datetime) -> dict[str, Any]:
    """Says something that is no count."""
    return {"who": WORDS}


def overtaken(*, at: datetime) -> dict[str, int]:
    """Takes so long that another process takes it up meanwhile."""
    Heartbeat.objects.filter(name="test.overtaken").update(held_by=uuid4(), last_started_at=at, failures=7)
    return {"done": 1}


def dying(*, at: datetime) -> dict[str, int]:
    """Has its process killed, unless it was told to live."""
    if "LIVE" not in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"done": 1}
