"""照片: a photograph of a visit, unsealed for whoever may see it and kept by no cache."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.registry.actions.note_reading import note_reading
from yixian.visits.queries import open_photo
from yixian.web.request_actor import actor_of


@require_GET
def photograph(request: HttpRequest, photo_id: int) -> HttpResponse:
    """The picture, or with ``?small=1`` the small one of the page that names it. Looking at the whole one is noted."""
    actor = actor_of(request)
    small = request.GET.get("small") == "1"
    household, file = open_photo(actor, photo_id, small=small)
    if not small:
        note_reading(actor, household, gettext_noop("visit photograph"), at=timezone.now())
    with file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="visit-{photo_id}.jpg"'
    response["Cache-Control"] = "no-store"
    return response
