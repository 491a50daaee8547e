"""录音的播放: a recording of a public text, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yixian.kernel.received.voice_notes import CONTENT_TYPE
from yixian.policies.recordings import recording_content
from yixian.web.partial_content import content_asked_for


@require_GET
def recording(request: HttpRequest, recording_id: int) -> HttpResponse:
    """The sound. A withdrawn one is not to stay in a cache."""
    response = content_asked_for(request, recording_content(recording_id), CONTENT_TYPE)
    response["Cache-Control"] = "no-cache"
    response["Content-Disposition"] = f'inline; filename="recording-{recording_id}.mp3"'
    return response
