"""随诉求来的文件: photographs and voice notes that came with a form, read no further than they may be long."""

from __future__ import annotations

from django.http import HttpRequest

from yixian.kernel.received.limits import MAX_PHOTOGRAPHS, MAX_TOTAL_BYTES, MAX_VOICE_NOTES
from yixian.kernel.received.photographs import MAX_BYTES

FIELDS = ("photos", "sounds")
_MAX_READ = MAX_PHOTOGRAPHS + MAX_VOICE_NOTES + 1
"""One more than are ever taken: enough for the refusal to name it."""


def files_of(request: HttpRequest) -> tuple[tuple[str, bytes], ...]:
    """The files of a form as (name, bytes). Of one that is too large, or of too many, no more is read than shows it."""
    found: list[tuple[str, bytes]] = []
    together = 0
    for field in FIELDS:
        for file in request.FILES.getlist(field):
            if len(found) >= _MAX_READ or together > MAX_TOTAL_BYTES:
                return tuple(found)
            content = file.read(MAX_BYTES + 1)
            together += len(content)
            found.append((file.name or "", content))
    return tuple(found)
