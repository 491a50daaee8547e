"""麦克风: pages into which a voice note may be spoken."""

from __future__ import annotations

from django.http import HttpResponse

_WITH_MICROPHONE = "geolocation=(), microphone=(self), camera=(self)"
"""Where a voice note may be spoken into the page itself; the browser still asks before it listens."""


def microphone_here(response: HttpResponse) -> HttpResponse:
    """The same answer, on a page into which a voice note may be spoken."""
    response["Permissions-Policy"] = _WITH_MICROPHONE
    return response
