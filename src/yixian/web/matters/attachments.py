"""附件: a photograph or a voice note of a matter, unsealed for whoever may see the matter and kept by no cache."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.kernel.received.voice_notes import CONTENT_TYPE as VOICE_NOTE
from yixian.matters.actions.open_identity import note_reading
from yixian.matters.choices import FileKind
from yixian.matters.queries import matter_file
from yixian.web.request_actor import actor_of

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_GET
def attachment(request: HttpRequest, file_id: int) -> HttpResponse:
    """The file, or with ``?small=1`` the small picture of the page that names it. Opening the whole one is noted."""
    actor, now = actor_of(request), timezone.now()
    file = matter_file(actor, file_id, at=now)
    small = request.GET.get("small") == "1"
    if not small:
        note_reading(file.matter, actor=actor, at=now)
    return file_response(request, file, small=small)


def file_response(request: HttpRequest, file: Any, *, small: bool = False) -> HttpResponse:
    """The bytes of an attachment. A part of a recording may be asked for: some phones play nothing otherwise."""
    is_photo = file.kind == FileKind.PHOTO
    with (file.small if small and is_photo else file.file).open() as opened:
        content = opened.read()
    response = _part_of(content, request.headers.get("Range", "")) if not is_photo else HttpResponse(content)
    response["Content-Type"] = "image/jpeg" if is_photo else VOICE_NOTE
    suffix = "jpg" if is_photo else "mp3"
    response["Content-Disposition"] = f'inline; filename="{file.position}.{suffix}"'
    response["Cache-Control"] = "no-store"
    return response


def _part_of(content: bytes, asked: str) -> HttpResponse:
    """The whole, or the one part that a Range header names (RFC 9110, 14.2); what cannot be read as one is not one."""
    found, size = _RANGE.fullmatch(asked.strip()), len(content)
    if found is None or found.groups() == ("", ""):
        whole = HttpResponse(content)
        whole["Accept-Ranges"] = "bytes"
        return whole
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    part = HttpResponse(content[start : end + 1], status=206)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Accept-Ranges"] = "bytes"
    return part
