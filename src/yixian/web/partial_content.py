"""部分内容: a sound or a picture, or the part of it that a phone asks for (RFC 9110, Range requests)."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_MAX_RANGE = 40


def content_asked_for(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """The content, or the part of it that was asked for: some phones play no sound that they cannot ask for in parts."""
    size = len(content)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    response = HttpResponse(content, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    if asked is None or asked.groups() == ("", "") or len(asked[0]) > _MAX_RANGE:
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
