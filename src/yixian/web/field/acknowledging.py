"""户里确认的页面: the household reads what was written down, and confirms it with its PIN or its name — or does not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import NotFound, NotPermitted, YixianError
from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import require_recorder
from yixian.visits.actions.acknowledge import AcknowledgementInput, acknowledge
from yixian.visits.choices import AcknowledgementWay
from yixian.visits.queries import get_visit
from yixian.web.request_actor import actor_of


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Three ways, each a form of its own."""
    actor, now = actor_of(request), timezone.now()
    household, visit = get_visit(actor, visit_id, on=timezone.localdate(now))
    require_recorder(actor, household.pk)
    if visit.is_confirmed:
        return redirect("field:visit", visit.pk)
    fault, way = "", request.POST.get("way", "")
    if request.method == "POST":
        confirming = AcknowledgementInput(
            way,
            pin=request.POST.get("pin", ""),
            source=request.META.get("REMOTE_ADDR", ""),
            strokes=request.POST.get("strokes", ""),
            why_not=request.POST.get("why_not", ""),
        )
        try:
            acknowledge(visit.pk, confirming, actor=actor, at=now)
        except (NotFound, NotPermitted):
            raise
        except YixianError as error:
            fault = error.sentence
        else:
            messages.success(request, _confirmed(way))
            return redirect("field:household", household.pk)
    else:
        note_reading(actor, household, gettext_noop("visit"), at=now)
    context = {
        "household": household,
        "visit": visit,
        "fault": fault,
        "way": way,
        "why_not": request.POST.get("why_not", ""),
        "Acknowledged": AcknowledgementWay,
    }
    return render(request, "field/acknowledge.html", context, status=422 if fault else 200)


def _confirmed(way: str) -> str:
    if way == AcknowledgementWay.NONE:
        return _("Noted. The household can still confirm it later.")
    return _("Confirmed by the household.")
