"""来访: from showing the card until leaving — a fresh session that ends after fifteen minutes without a touch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY, household_actor
from yixian.kernel.errors import NotFound
from yixian.registry.access import get_household
from yixian.web.request_actor import actor_of

IDLE_LIMIT = timedelta(minutes=15)
"""How long a page may lie open untouched, on a phone that may be somebody else's."""

MAX_SESSION = timedelta(hours=2)
"""After this the card is asked for again, so that a card that was replaced meanwhile opens nothing."""

_CLOCK_SLACK = timedelta(minutes=5)

BEGAN = "portal_began_at"
"""Where the session keeps since when the card is shown."""

_TOUCHED = "portal_touched_at"


def begin(request: HttpRequest, household_id: int) -> None:
    """Open a session that holds this household and nothing of what was in the browser before."""
    request.session.flush()
    request.session.cycle_key()
    request.session[HOUSEHOLD_SESSION_KEY] = household_id
    request.session[BEGAN] = _now()
    _touch(request)


def end(request: HttpRequest) -> None:
    """Forget everything: the session's row and its cookie."""
    request.session.flush()


def shown(request: HttpRequest) -> Any | None:
    """The household whose card is shown here, on a page that is open to everybody; None where none is, or too long ago.

    Reading the page is a touch, as on the household's own pages.
    """
    household_id = request.session.get(HOUSEHOLD_SESSION_KEY)
    if not household_id or _is_over(request):
        return None
    try:
        household = get_household(household_actor(int(household_id)), int(household_id))
    except NotFound:
        return None
    _touch(request)
    return household


def household_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the household that has shown its card; it gets the household, and the fifteen minutes begin again."""

    @wraps(view)
    def visited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_over(request):
            end(request)
            return redirect("portal:card")
        _touch(request)
        household = get_household(actor_of(request), int(request.session[HOUSEHOLD_SESSION_KEY]))
        return view(request, household, *args, **kwargs)

    return visited


def _is_over(request: HttpRequest) -> bool:
    """Whether the card was shown too long ago, or the machine's clock was put back, so that nobody knows how long."""
    began, touched = int(request.session.get(BEGAN, 0)), int(request.session.get(_TOUCHED, 0))
    was_put_back = touched - _now() > _CLOCK_SLACK.total_seconds()
    return was_put_back or _now() - began > MAX_SESSION.total_seconds()


def _touch(request: HttpRequest) -> None:
    request.session[_TOUCHED] = _now()
    request.session.set_expiry(int(IDLE_LIMIT.total_seconds()))


def _now() -> int:
    return int(timezone.now().timestamp())
