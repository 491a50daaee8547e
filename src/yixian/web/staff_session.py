"""登录的时限: a sign-in of staff ends after half an hour without use, on a machine that others may sit down at.

The session keeps when it was last used, written anew at most every five minutes, so that a page costs no write: it ends after
25 to 30 minutes without one. After eight hours it ends in any case (``SESSION_COOKIE_AGE``).
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone

IDLE_LIMIT = timedelta(minutes=30)
_WRITTEN_EVERY = timedelta(minutes=5)
_USED = "staff_used_at"


def begin(request: HttpRequest) -> None:
    """From now on this session is limited."""
    request.session[_USED] = _now()


def end_if_idle(request: HttpRequest) -> None:
    """Sign somebody out whose session was not used for too long; note its use otherwise.

    Where the machine's clock was put back nobody knows for how long, and the session ends, too.
    """
    used = request.session.get(_USED)
    if used is None:
        return
    idle = _now() - used
    was_put_back = -idle > _WRITTEN_EVERY.total_seconds()
    if was_put_back or idle > IDLE_LIMIT.total_seconds():
        logout(request)
    elif idle > _WRITTEN_EVERY.total_seconds():
        request.session[_USED] = _now()


def _now() -> int:
    return int(timezone.now().timestamp())
