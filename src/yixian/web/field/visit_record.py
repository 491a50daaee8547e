"""走访记录单: what was written down about one visit, to read and to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import may_record
from yixian.visits.queries import get_visit
from yixian.web.request_actor import actor_of


@require_GET
def visit_page(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One visit as it stands now. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    household, visit = get_visit(actor, visit_id, on=timezone.localdate(now))
    note_reading(actor, household, gettext_noop("visit"), at=now)
    context = {"household": household, "visit": visit, "may_record": may_record(actor, household)}
    return render(request, "field/visit.html", context)
