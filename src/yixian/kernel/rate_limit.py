"""限频: rate limit by source for what is public. Kept in memory only: nothing is written anywhere.

Every place has a number of goes at once, and gets new ones steadily (a token bucket). What is kept is a keyed digest of
the place and two numbers, for as many places as asked last.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from yixian.kernel.crypto import keyring

MAX_SOURCES = 10_000


class RateLimit:
    """``at_once`` goes, and a new one each ``every``; for one process of the server."""

    def __init__(self, *, at_once: int, every: timedelta, most_places: int = MAX_SOURCES) -> None:
        self._at_once = at_once
        self._every = every.total_seconds()
        self._most = most_places
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, place: str, *, at: datetime) -> int:
        """Take one go; 0 if there was one, else the seconds until there is (and nothing is taken)."""
        key = keyring().digest(place, purpose="pace")
        with self._lock:
            left, since = self._left.pop(key, (float(self._at_once), at))
            gained = max(0.0, (at - since).total_seconds()) / self._every
            left = min(float(self._at_once), left + gained)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, at)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) * self._every))
