"""附件的出示: a photograph or a voice note at its short-lived address. No cache keeps it, and phones may ask for parts of it."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yixian.kernel.received.voice_notes import CONTENT_TYPE as VOICE_NOTE
from yixian.matters.choices import FileKind
from yixian.matters.shown_files import shown_file

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@require_GET
def matter_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file of a token, or with ``?small=1`` the small picture."""
    row = shown_file(token)
    is_voice_note = row.kind == FileKind.VOICE_NOTE
    field = row.small if request.GET.get("small") == "1" and row.small else row.file
    with field.open("rb") as file:
        content = file.read()
    response = _part(request, content, VOICE_NOTE if is_voice_note else "image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'inline; filename="{"voice.mp3" if is_voice_note else "photo.jpg"}"'
    return response


def _part(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """The content, or the part of it that was asked for: some phones play no sound that they cannot ask for in parts."""
    size = len(content)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    response = HttpResponse(content, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    if asked is None or asked.groups() == ("", "") or len(asked[0]) > 40:
        return response
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = HttpResponse(content[start : end + 1], status=206, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response
