"""随诉求来的文件: photographs and voice notes that came with a form, read no further than they may be long."""

from __future__ import annotations

from django.http import HttpRequest

from yixian.kernel.received.limits import MOST_BYTES_IN_ALL, MOST_PHOTOGRAPHS, MOST_SOUNDS
from yixian.kernel.received.photographs import MOST_BYTES

FIELDS = ("photos", "sounds")
_MOST_READ = MOST_PHOTOGRAPHS + MOST_SOUNDS + 1
"""One more than are ever taken: enough for the refusal to name it."""


def files_of(request: HttpRequest) -> tuple[tuple[str, bytes], ...]:
    """The files of a form as (name, bytes). Of one that is too large, or of too many, no more is read than shows it."""
    found: list[tuple[str, bytes]] = []
    together = 0
    for field in FIELDS:
        for file in request.FILES.getlist(field):
            if len(found) >= _MOST_READ or together > MOST_BYTES_IN_ALL:
                return tuple(found)
            content = file.read(MOST_BYTES + 1)
            together += len(content)
            found.append((file.name or "", content))
    return tuple(found)
