"""附件的出示: a photograph or a voice note at its short-lived address. No cache keeps it, and phones may ask for parts of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yixian.kernel.received.voice_notes import CONTENT_TYPE as VOICE_NOTE
from yixian.matters.choices import FileKind
from yixian.matters.shown_files import shown_file
from yixian.web.partial_content import content_asked_for


@require_GET
def matter_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file of a token, or with ``?small=1`` the small picture."""
    row = shown_file(token)
    is_voice_note = row.kind == FileKind.VOICE_NOTE
    field = row.small if request.GET.get("small") == "1" and row.small else row.file
    with field.open("rb") as file:
        content = file.read()
    response = content_asked_for(request, content, VOICE_NOTE if is_voice_note else "image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'inline; filename="{"voice.mp3" if is_voice_note else "photo.jpg"}"'
    return response
